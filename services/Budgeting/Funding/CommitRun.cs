using Marten;
using MassTransit;
using Training.Budgeting.Lines;
using Training.Contracts.Scheduling.V1;

namespace Training.Budgeting.Funding;

public record CommitRun(RunId RunId, DateTimeOffset At);

public static class CommitRunHandler
{
    public static ILineFact[] Decide(BudgetLine line, CommitRun command) =>
        line.HoldOf(command.RunId).Reserved is { Amount: > 0 } reserved ? [new FundsCommitted(command.RunId, reserved, command.At)] : [];
}

/// <summary>A confirmed run turns its reservation into a commitment.</summary>
sealed class CourseRunConfirmedConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<CourseRunConfirmed>
{
    public Task Consume(ConsumeContext<CourseRunConfirmed> context)
    {
        var command = new CommitRun(new(context.Message.RunId), clock.GetUtcNow());
        return session.OnLineOf(command.RunId, line => CommitRunHandler.Decide(line, command), context.CancellationToken);
    }
}
