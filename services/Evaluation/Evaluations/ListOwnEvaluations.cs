using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Evaluation.OnlineTests;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>A run somebody attended, as he sees it: whether he has said how it was, his last test, 0–100, or −1 without one, and whether he can take one now.</summary>
public record OwnEvaluation(Guid RunId, string CourseCode, DateTimeOffset EndedAt, bool Completed, bool Answered, decimal LastScore, bool Passed, TestState Test);

static class ListOwnEvaluations
{
    internal static async Task<Ok<Page<OwnEvaluation>>> Handle(Guid employeeId, Caller caller, IQuerySession query, TimeProvider clock, CancellationToken ct)
    {
        var id = new EmployeeId(employeeId);
        var runs = await query.Query<RunEvaluation>().Where(run => run.MatchesSql('^', "d.data -> 'attendees' ? ^", employeeId.ToString())).ToListAsync(ct);
        var estates = await query.Estates(runs.Select(run => run.Attendees[id].EstateId), ct);
        if (!caller.ReachesAll && !caller.IsSelf(employeeId))
            runs = [.. runs.Where(run => caller.Reaches(run.Attendees[id].EstateId.Value, estates[run.Attendees[id].EstateId].Region))];

        var banks = (await query.LoadManyAsync<QuestionBank>(ct, [.. runs.Select(run => QuestionBank.IdOf(run.CourseId)).Distinct()])).Select(bank => bank.CourseId).ToHashSet();
        var answered = (await query.LoadManyAsync<Participation>(ct, [.. runs.Select(run => run.Id)])).Where(one => one.Answered.Contains(id)).Select(one => one.Id).ToHashSet();
        OwnEvaluation[] own = [.. runs.Where(run => run.CalledOffBecause == "").OrderByDescending(run => run.OpenedAt).Select(run => new OwnEvaluation(
            run.RunId.Value, run.CourseCode, run.OpenedAt, run.Attendees[id].Completed, answered.Contains(run.Id),
            run.LastScoreOf(id), run.Passed.Contains(id),
            banks.Contains(run.CourseId) ? TestStates.Of(run, id, estates[run.Attendees[id].EstateId].DayOf(clock.GetUtcNow())) : TestState.NoQuestions))];
        return TypedResults.Ok(new Page<OwnEvaluation>(own, own.Length));
    }
}
