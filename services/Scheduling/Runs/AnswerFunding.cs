using Marten;
using MassTransit;
using Training.Contracts.Budgeting.V1;
using Training.Scheduling.Calendars;

namespace Training.Scheduling.Runs;

public record ReceiveFunds(DateTimeOffset At);
public record ReceiveRefusal(string Code, string Reason, DateTimeOffset At);

public static class AnswerFundingHandler
{
    /// <summary>A run that gave up waiting gets its money back through the budget, not through a late answer.</summary>
    public static IRunFact[] Decide(CourseRun run, ReceiveFunds command) => run.State == RunState.Planned ? [new RunFunded(new(run.Id), command.At)] : [];

    public static IRunFact[] Decide(CourseRun run, ReceiveRefusal command) =>
        run.State == RunState.Planned ? [new RunDeclined(new(run.Id), command.Code, command.Reason, command.At)] : [];
}

sealed class FundingAnswerConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<FundsReserved>, IConsumer<FundsDeclined>
{
    public Task Consume(ConsumeContext<FundsReserved> context) =>
        Decide(context.Message.RunId, run => AnswerFundingHandler.Decide(run, new ReceiveFunds(clock.GetUtcNow())), context.CancellationToken);

    public Task Consume(ConsumeContext<FundsDeclined> context) => Decide(context.Message.RunId,
        run => AnswerFundingHandler.Decide(run, new ReceiveRefusal(context.Message.Code, context.Message.Reason, clock.GetUtcNow())), context.CancellationToken);

    async Task Decide(Guid id, Func<CourseRun, IRunFact[]> decide, CancellationToken ct)
    {
        var desk = new Desk(session);
        await desk.Follow(new(id), run => decide(run ?? throw new Foundation.Missing("Course run", id)), ct);
        desk.Append();
    }
}
