using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

public record EnrolLearner(Learner Learner, string Method, DateTimeOffset At);

public static class EnrolLearnerHandler
{
    public static IRunFact[] Decide(CourseRun run, EnrolLearner command)
    {
        var employee = command.Learner.EmployeeId;
        if (run.Enrolled(employee) is not null || run.Waits(employee) is not null) return [];
        if (!run.IsOpen) throw new RuleBroken("run-closed", $"Nobody can join a run that is {run.State}.");
        return run.Learners.Length < run.Capacity && run.Waitlist.IsEmpty
            ? [new LearnerEnrolled(command.Learner, command.Method, command.At)]
            : [new LearnerWaitlisted(command.Learner, "All seats are taken.", command.At)];
    }

    /// <summary>A seat, or a place in the line: 1 is next.</summary>
    public record Answer(string State, int Place);

    internal static async Task<Ok<Answer>> Handle(
        Guid runId, Guid employeeId, Caller caller, Bookings bookings, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachLearner(session, employeeId, ct);
        var known = await session.Must<KnownEmployee>(employeeId, ct);
        if (!known.Active) throw new RuleBroken("has-left", $"Employee {employeeId} does not work here.");
        var learner = new Learner(new(employeeId), new(known.EstateId), default);
        var command = new EnrolLearner(learner, caller.Roles.Order(StringComparer.Ordinal).FirstOrDefault() ?? "", clock.GetUtcNow());

        var facts = await bookings.Desk.Change<CourseRun>(runId, run => Decide(run, command), ct);
        var after = await bookings.Desk.Must<CourseRun>(runId, ct);
        if (facts is [LearnerEnrolled])
        {
            await bookings.MustBeInOrder(after with { Learners = [learner] }, ct);
            await bookings.Join(after, learner, command.At, ct);
        }
        else if (facts is [LearnerWaitlisted]) await bookings.MustBeBefore(after with { Learners = [learner] }, ct);
        await bookings.Desk.Commit(ct);
        return TypedResults.Ok(after.Waits(learner.EmployeeId) is { } waiting ? new Answer("Waitlisted", after.Waitlist.IndexOf(waiting) + 1) : new Answer("Enrolled", 0));
    }
}

static class Seats
{
    /// <summary>Takes somebody's time for all sessions to come; refused when a post, a rest or another session forbids it.</summary>
    internal static async Task Join(this Bookings bookings, CourseRun run, Learner learner, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var placed in run.ToCome.Where(session => session.To > at))
        {
            await bookings.Book(placed.SessionId, new(placed.From, placed.To), await bookings.Venue(run.VenueOf(placed), ct), [new(learner.EmployeeId, learner.EstateId)], ct);
            await bookings.Desk.Change<Session>(placed.SessionId.Value,
                session => session.Learners.Contains(learner.EmployeeId) ? [] : [new LearnerJoined(learner.EmployeeId, at)], ct);
        }
    }

    internal static async Task Leave(this Bookings bookings, CourseRun run, Learner learner, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var placed in run.ToCome.Where(session => session.To > at))
        {
            await bookings.Release(placed.SessionId, new(placed.From, placed.To), [new(learner.EmployeeId, learner.EstateId)], ct);
            await bookings.Desk.Change<Session>(placed.SessionId.Value,
                session => session.Learners.Contains(learner.EmployeeId) ? [new LearnerLeft(learner.EmployeeId, at)] : [], ct);
        }
    }
}
