using Marten;
using MassTransit;
using Training.Budgeting.Lines;
using Training.Contracts.Scheduling.V1;
using Training.Foundation;

namespace Training.Budgeting.Funding;

public record SettleSession(RunId RunId, Guid SessionId, Money Actual, bool LastOfRun, DateTimeOffset At);

public static class SettleSessionHandler
{
    /// <summary>
    /// Posts what the session cost against the run's hold. What exceeds the hold comes from the line; what a stop line can't bear is
    /// recorded as overspent. After the last session the rest of the hold is free again.
    /// </summary>
    public static ILineFact[] Decide(BudgetLine line, SettleSession command)
    {
        if (line.Postings.Contains(command.SessionId)) return [];
        var held = line.HoldOf(command.RunId).Total;
        var bearable = line.OnOverrun == OnOverrun.Warn ? command.Actual : Least(command.Actual, held + line.Available);

        List<ILineFact> facts = [new RunActualPosted(command.RunId, command.SessionId, bearable, command.At)];
        if (bearable < command.Actual) facts.Add(new RunOverspent(command.RunId, command.SessionId, command.Actual - bearable, command.At));
        if (command.LastOfRun && held > bearable) facts.Add(new FundsReleased(command.RunId, held - bearable, "run-finished", command.At));
        facts.AddRange(line.Warn(command.LastOfRun || bearable > held ? bearable - held : line.None, command.At));
        return [.. facts];
    }

    static Money Least(Money left, Money right) => left < right ? left : right;
}

sealed class SessionHeldConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<SessionHeld>
{
    public Task Consume(ConsumeContext<SessionHeld> context)
    {
        var message = context.Message;
        var command = new SettleSession(new(message.RunId), message.SessionId, new(message.ActualAmount, message.Currency), message.LastOfRun, clock.GetUtcNow());
        return session.OnLineOf(command.RunId, line => SettleSessionHandler.Decide(line, command), context.CancellationToken);
    }
}
