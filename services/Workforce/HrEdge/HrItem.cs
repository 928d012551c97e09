using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>Bytes that came in for a tenant. What is replayed belongs to the trace of whoever replays it.</summary>
public record HrDelivery(byte[] Body, string Tenant, string TraceParent, bool Replayed = false);

public record Refusal(string Code, string Reason, ImmutableArray<string> WaitsFor);

/// <summary>One message on its way through the door, and what became of it.</summary>
sealed class HrItem(HrDelivery delivery, Guid releasedFrom = default)
{
    public HrDelivery Delivery => delivery;

    /// <summary>The quarantine entry it leaves; empty for a message that came in just now.</summary>
    public Guid ReleasedFrom => releasedFrom;
    public HrMessage? Message { get; private set; }
    public HrWork? Work { get; private set; }
    public Refusal? Refusal { get; private set; }
    public bool Duplicate { get; set; }
    public Activity? Span { get; private set; }

    public Guid QuarantineId => Message is { } message
        ? DerivedId.Of("quarantine", delivery.Tenant, message.Source, message.Id)
        : DerivedId.Of("quarantine", delivery.Tenant, Convert.ToHexString(SHA256.HashData(delivery.Body)));

    /// <summary>Starts from the bytes, as if nothing had been tried yet.</summary>
    public void Read(IReadOnlyDictionary<string, IHrConsumer> consumers)
    {
        Span?.Dispose();
        (Message, Work, Refusal, Duplicate, Span) = (null, null, null, false, null);
        Try(() =>
        {
            Message = HrMessage.Parse(delivery.Body, delivery.Tenant);
            Work = consumers.TryGetValue(Message.Type, out var consumer) ? consumer.Read(Message)
                : throw new RuleBroken("unknown-type", $"Type {Message.Type} is none of {string.Join(", ", consumers.Keys.Order())}.");
        });
    }

    /// <summary>Does it, or keeps why it was refused.</summary>
    public void Try(Action action)
    {
        try { action(); }
        catch (RuleBroken broken) { Refuse(broken.Code, broken.Message); }
        catch (NotKnownYet missing) { Refusal = new(missing.Code, missing.Message, missing.WaitsFor); }
    }

    public void Refuse(string code, string reason) => Refusal = new(code, reason, []);

    /// <summary>Continues the sender's trace, or begins one that points to it.</summary>
    public string Trace()
    {
        var told = Message?.TraceParent is { Length: > 0 } inside ? inside : delivery.TraceParent;
        ActivityContext.TryParse(delivery.Replayed ? delivery.TraceParent : told, null, out var parent);
        ActivityLink[] links = delivery.Replayed && ActivityContext.TryParse(told, null, out var original) ? [new(original)] : [];

        // Without a parent a span would continue whatever runs at the moment.
        Activity.Current = null;
        Span = HrInbox.Source.StartActivity("hr inbound", ActivityKind.Consumer, parent, null, links);
        Span?.SetTag("tp.tenant", delivery.Tenant).SetTag("tp.correlation_id", Message?.CorrelationId)
            .SetTag("cloudevents.event_id", Message?.Id).SetTag("cloudevents.event_source", Message?.Source).SetTag("cloudevents.event_type", Message?.Type);
        Activity.Current = null;
        return Span?.Id ?? told;
    }
}
