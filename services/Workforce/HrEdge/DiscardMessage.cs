using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

public record DiscardMessage(string By, string Reason, DateTimeOffset At);

public static class DiscardMessageHandler
{
    public static IQuarantineFact[] Decide(QuarantinedMessage entry, DiscardMessage command)
    {
        if (entry.State == QuarantineState.Discarded) return [];
        if (entry.State == QuarantineState.Redriven) throw new RuleBroken("already-redriven", "The message got through; there is nothing to discard.");
        if (string.IsNullOrWhiteSpace(command.Reason)) throw new RuleBroken("no-reason", "Say why the message is discarded.");
        return [new MessageDiscarded(command.By, command.Reason, command.At)];
    }

    public record Body(string Reason);

    internal static async Task<NoContent> Handle(Guid id, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new DiscardMessage(caller.Subject, body.Reason, clock.GetUtcNow());
        await session.Change<QuarantinedMessage>(id, entry => Decide(entry, command), ct);
        return TypedResults.NoContent();
    }
}
