using System.Diagnostics;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

public record RedriveMessage(string By, bool Corrected, DateTimeOffset At);

public static class RedriveMessageHandler
{
    public static IQuarantineFact[] Decide(QuarantinedMessage entry, RedriveMessage command) => entry.State switch
    {
        QuarantineState.Waiting => [new MessageRedriven(command.By, command.Corrected, command.At)],
        QuarantineState.Redriven => [],
        _ => throw new RuleBroken("already-discarded", "The message was discarded."),
    };

    /// <summary>An empty request sends the message as it came; otherwise the request is the corrected CloudEvent. What is refused again stays.</summary>
    internal static async Task<NoContent> Handle(
        Guid id, HttpRequest request, Caller caller, Origin origin, IDocumentSession session, HrInbox inbox, TimeProvider clock, CancellationToken ct)
    {
        using var corrected = new MemoryStream();
        await request.Body.CopyToAsync(corrected, ct);
        var command = new RedriveMessage(caller.Subject, corrected.Length > 0, clock.GetUtcNow());

        IQuarantineFact[] facts = [];
        await session.Amend<QuarantinedMessage>(id, entry => facts = Decide(entry, command), ct);
        if (facts.Length == 0) return TypedResults.NoContent();

        var kept = await session.LoadAsync<QuarantinedBody>(id, ct) ?? throw new Missing("Body of message", id);
        var delivery = new HrDelivery(command.Corrected ? corrected.ToArray() : kept.Body, origin.Tenant, Activity.Current?.Id ?? "");
        await inbox.Accept(session, delivery, ct);
        return TypedResults.NoContent();
    }
}
