using Marten;
using MassTransit;
using Training.Budgeting.Lines;
using Training.Contracts.Scheduling.V1;
using Training.Foundation;

namespace Training.Budgeting.Funding;

public record ReleaseRun(RunId RunId, string Reason, DateTimeOffset At);

public static class ReleaseRunHandler
{
    public static IFundingFact[] Withdraw(RunFunding? funding, ReleaseRun command) =>
        funding is null ? [new RunFundingWithdrawn(command.RunId, command.Reason, command.At)] : [];

    public static ILineFact[] Decide(BudgetLine line, ReleaseRun command) =>
        line.HoldOf(command.RunId).Total is { Amount: > 0 } held ? [new FundsReleased(command.RunId, held, command.Reason, command.At)] : [];
}

/// <summary>Gives back what a parked or cancelled run still holds.</summary>
sealed class RunStoppedConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<CourseRunParked>, IConsumer<CourseRunCancelled>
{
    public Task Consume(ConsumeContext<CourseRunParked> context) => Release(context.Message.RunId, context.Message.Code, context.CancellationToken);
    public Task Consume(ConsumeContext<CourseRunCancelled> context) => Release(context.Message.RunId, context.Message.Reason, context.CancellationToken);

    async Task Release(Guid runId, string reason, CancellationToken ct)
    {
        var command = new ReleaseRun(new(runId), reason, clock.GetUtcNow());
        await session.Start<RunFunding>(RunFunding.IdOf(command.RunId), funding => ReleaseRunHandler.Withdraw(funding, command), ct);
        await session.OnLineOf(command.RunId, line => ReleaseRunHandler.Decide(line, command), ct);
    }
}
