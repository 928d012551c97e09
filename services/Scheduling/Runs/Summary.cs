using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

/// <summary>Scheduling in numbers. Enrolled counts seats of runs that are not parked or cancelled; attended and no-shows count people per session held.</summary>
public record Summary(IReadOnlyDictionary<RunState, int> Runs, IReadOnlyDictionary<SessionState, int> Sessions, int Enrolled, int Waitlisted, int Attended, int NoShows)
{
    public static Summary Of(IReadOnlyCollection<CourseRun> runs, IReadOnlyCollection<Session> sessions)
    {
        var live = runs.Where(run => run.State is not (RunState.Parked or RunState.Cancelled)).ToList();
        var held = sessions.Where(session => session.State == SessionState.Held).ToList();
        var present = held.Sum(HoldSessionHandler.PresentIn);
        return new(
            Enum.GetValues<RunState>().ToDictionary(state => state, state => runs.Count(run => run.State == state)),
            Enum.GetValues<SessionState>().ToDictionary(state => state, state => sessions.Count(session => session.State == state)),
            live.Sum(run => run.Learners.Length), live.Sum(run => run.Waitlist.Length), present, held.Sum(session => session.Learners.Length) - present);
    }
}

static class GetSummary
{
    internal static async Task<Ok<Summary>> Handle(IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(Summary.Of([.. await query.Query<CourseRun>().ToListAsync(ct)], [.. await query.Query<Session>().ToListAsync(ct)]));
}
