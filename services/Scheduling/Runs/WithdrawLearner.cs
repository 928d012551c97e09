using Marten;
using Marten.Linq.MatchesSql;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

public record WithdrawLearner(EmployeeId EmployeeId, string Reason, DateTimeOffset At);
public record PromoteLearner(EmployeeId EmployeeId, DateTimeOffset At);

public static class WithdrawLearnerHandler
{
    public static IRunFact[] Decide(CourseRun run, WithdrawLearner command)
    {
        if (run.Enrolled(command.EmployeeId) is null && run.Waits(command.EmployeeId) is null) return [];
        if (!run.IsOpen) throw new RuleBroken("run-closed", $"Nobody can leave a run that is {run.State}.");
        return [new LearnerWithdrawn(command.EmployeeId, command.Reason, command.At)];
    }

    public static IRunFact[] Decide(CourseRun run, PromoteLearner command) =>
        run.IsOpen && run.Learners.Length < run.Capacity && run.Waits(command.EmployeeId) is not null ? [new LearnerPromoted(command.EmployeeId, command.At)] : [];

    internal static async Task<NoContent> Handle(
        Guid runId, Guid employeeId, string? reason, Caller caller, Bookings bookings, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachLearner(session, employeeId, ct);
        await bookings.Withdraw(new(runId), new(new(employeeId), reason ?? "", clock.GetUtcNow()), ct);
        await bookings.Desk.Commit(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Frees the seat and gives it to the first in line who can be there.</summary>
    internal static async Task Withdraw(this Bookings bookings, RunId id, WithdrawLearner command, CancellationToken ct)
    {
        var before = await bookings.Desk.Must<CourseRun>(id.Value, ct);
        if (await bookings.Desk.Change<CourseRun>(id.Value, run => Decide(run, command), ct) is []) return;
        if (before.Enrolled(command.EmployeeId) is not { } learner) return;

        await bookings.Leave(before, learner, command.At, ct);
        (SessionId, Known.Span, VenueId)[] toCome =
            [.. before.ToCome.Where(session => session.To > command.At).Select(session => (session.SessionId, new Known.Span(session.From, session.To), before.VenueOf(session)))];
        foreach (var waiting in before.Waitlist)
            if (await bookings.CanAttend(toCome, new(waiting.Learner.EmployeeId, waiting.Learner.EstateId), ct) && await bookings.IsInOrder(before, waiting.Learner, ct))
            {
                await bookings.Desk.Change<CourseRun>(id.Value, run => Decide(run, new PromoteLearner(waiting.Learner.EmployeeId, command.At)), ct);
                await bookings.Join(before, waiting.Learner, command.At, ct);
                return;
            }
    }
}

/// <summary>Who leaves the company frees the seats of sessions to come.</summary>
sealed class LeaverConsumer(IDocumentSession session, Bookings bookings, TimeProvider clock) : IConsumer<EmployeeLeft>
{
    public async Task Consume(ConsumeContext<EmployeeLeft> context)
    {
        var (id, ct) = (context.Message.EmployeeId, context.CancellationToken);
        var runs = await session.Query<CourseRun>().Where(run => run.MatchesSql("(d.data -> 'learners' @> ?::jsonb or d.data -> 'waitlist' @> ?::jsonb)",
            $$"""[{ "employeeId": "{{id}}" }]""", $$"""[{ "learner": { "employeeId": "{{id}}" } }]""")).ToListAsync(ct);
        // Since the query a run may have ended; whoever is on it keeps the seat.
        foreach (var run in runs.Where(run => run.IsOpen))
            if ((await bookings.Desk.Must<CourseRun>(run.Id, ct)).IsOpen) await bookings.Withdraw(new(run.Id), new(new(id), "left-the-company", clock.GetUtcNow()), ct);
        bookings.Desk.Append();
    }
}
