using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

public record CancelRun(string Reason, DateTimeOffset At);

public static class CancelRunHandler
{
    public static IRunFact[] Decide(CourseRun run, CancelRun command)
    {
        if (command.Reason.Trim() == "") throw new RuleBroken("reason-missing", "Say why the run is cancelled.");
        return run.State switch
        {
            RunState.Cancelled => [],
            RunState.Held => throw new RuleBroken("already-held", "All sessions of the run have been held."),
            RunState.Parked => throw new RuleBroken("already-parked", $"The run is parked: {run.Reason}"),
            _ => [new RunCancelled(new(run.Id), command.Reason, command.At)],
        };
    }

    public static ISessionFact[] Decide(Session session, CancelRun command) =>
        session.State == SessionState.Scheduled ? [new SessionCancelled(new(session.Id), command.Reason, command.At)] : [];

    public record Body(string Reason);

    /// <summary>What was held stays, with its hours and its money; what was to come frees everybody's time.</summary>
    internal static async Task<NoContent> Handle(Guid runId, Body body, Caller caller, Bookings bookings, TimeProvider clock, CancellationToken ct)
    {
        var (command, run) = (new CancelRun(body.Reason, clock.GetUtcNow()), await bookings.Desk.Must<CourseRun>(runId, ct));
        caller.MustReach(Guid.Empty, run.Offer.Region);
        if (await bookings.Desk.Change<CourseRun>(runId, state => Decide(state, command), ct) is { Length: > 0 })
            foreach (var placed in run.ToCome)
            {
                await bookings.Desk.Change<Session>(placed.SessionId.Value, session => Decide(session, command), ct);
                await bookings.Release(placed.SessionId, run.TrainerOf(placed), run.VenueOf(placed), placed.From.DayIn(run.Offer.TimeZone), ct);
                await bookings.Release(placed.SessionId, new(placed.From, placed.To),
                    [.. run.Learners.Select(learner => new Staff(learner.EmployeeId, learner.EstateId)), .. await bookings.StaffOf(run.TrainerOf(placed), ct)], ct);
            }
        await bookings.Desk.Commit(ct);
        return TypedResults.NoContent();
    }
}
