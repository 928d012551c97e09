using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>
/// Level 2 of everyone from one estate (F7, F8), suppressed below five people (F23); then the scores are 0 and <c>Suppressed</c> is set. Level 1
/// has no estates: answers are kept without the person.
/// </summary>
public record EstateResult(Guid EstateId, int Attendees, int Completed, bool Suppressed, TestScore Tests)
{
    const int Fewest = 5;
    static readonly TestScore None = TestScore.Of([]);

    public static IReadOnlyList<EstateResult> Of(IEnumerable<RunEvaluation> runs) =>
    [
        .. from run in runs
           from attendee in run.Attendees.Values
           group (Run: run, Attendee: attendee) by attendee.EstateId.Value into estate
           orderby estate.Key
           let results = estate.SelectMany(one => one.Run.Results.Where(result => result.EmployeeId == one.Attendee.EmployeeId)).ToList()
           let tested = results.Select(result => result.EmployeeId).Distinct().Count()
           select new EstateResult(estate.Key, estate.Count(), estate.Count(one => one.Attendee.Completed), tested < Fewest, tested < Fewest ? None : TestScore.Of(results)),
    ];
}

static class ListResultsByEstate
{
    internal static async Task<Ok<Page<EstateResult>>> Handle(string? courseCode, IQuerySession query, CancellationToken ct)
    {
        var runs = query.Query<RunEvaluation>().Where(run => run.CalledOffBecause == "");
        if (courseCode is not null) runs = runs.Where(run => run.CourseCode == courseCode);
        var estates = EstateResult.Of(await runs.ToListAsync(ct));
        return TypedResults.Ok(new Page<EstateResult>(estates, estates.Count));
    }
}
