using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>A run somebody attended, as he sees it: whether he has said how it was, and his last test, 0–100; −1 without one.</summary>
public record OwnEvaluation(Guid RunId, string CourseCode, DateTimeOffset EndedAt, bool Completed, bool Answered, decimal LastScore, bool Passed);

static class ListOwnEvaluations
{
    internal static async Task<Ok<Page<OwnEvaluation>>> Handle(Guid employeeId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var id = new EmployeeId(employeeId);
        var runs = await query.Query<RunEvaluation>().Where(run => run.MatchesSql("jsonb_exists(d.data -> 'attendees', ?)", employeeId.ToString())).ToListAsync(ct);
        if (!caller.ReachesAll && !caller.IsSelf(employeeId))
        {
            var estates = await query.Estates(runs.Select(run => run.Attendees[id].EstateId), ct);
            runs = [.. runs.Where(run => caller.Reaches(run.Attendees[id].EstateId.Value, estates[run.Attendees[id].EstateId].Region))];
        }

        var answered = (await query.LoadManyAsync<Participation>(ct, [.. runs.Select(run => run.Id)])).Where(one => one.Answered.Contains(id)).Select(one => one.Id).ToHashSet();
        OwnEvaluation[] own = [.. runs.Where(run => run.CalledOffBecause == "").OrderByDescending(run => run.OpenedAt).Select(run => new OwnEvaluation(
            run.RunId.Value, run.CourseCode, run.OpenedAt, run.Attendees[id].Completed, answered.Contains(run.Id),
            run.Results.Where(result => result.EmployeeId == id).OrderBy(result => result.TakenAt).LastOrDefault()?.Post ?? -1, run.Passed.Contains(id)))];
        return TypedResults.Ok(new Page<OwnEvaluation>(own, own.Length));
    }
}
