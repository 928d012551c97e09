using System.Diagnostics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Training.Foundation;

/// <summary>
/// The event log is the outbox: committed facts are translated and published, at least once. Streams go out side by side, the facts of one
/// stream in order. A fact that can't be translated stops the outbox; a broker that can't be reached is waited for.
/// </summary>
public sealed class Outbox(IBusControl bus, Func<IEvent, object?> translate, TimeProvider clock, ILogger<Outbox> log) : SubscriptionBase
{
    public const string ShardName = "outbox";
    public static readonly ActivitySource Source = new("Training.Outbox");
    public static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(15);

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1), Delayed = TimeSpan.FromSeconds(60);

    bool began;

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        // The queues of this service are bound before its first fact goes out.
        if (!began) await bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken);
        began = true;

        var outgoing = page.Events.Select(stored => (stored, message: Translate(stored))).Where(pair => pair.message is not null).ToList();
        await Task.WhenAll(outgoing.GroupBy(pair => pair.stored.StreamId).Select(async stream =>
        {
            foreach (var (stored, message) in stream) await Publish(stored, message!, cancellationToken);
        }));
        return NullChangeListener.Instance;
    }

    object? Translate(IEvent stored)
    {
        try { return translate(stored); }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{stored.EventTypeName} {stored.Id}, version {stored.Version} of {stored.StreamId}, can't be translated: {exception.Message}", exception);
        }
    }

    async Task Publish(IEvent stored, object message, CancellationToken ct)
    {
        using var span = Span(stored);
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await Limited(limit => bus.Publish(message, context => Address(stored, context), limit), ct);
                return;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(exception, "Publishing {Fact} {Id} failed; trying again in {Pause}", stored.EventTypeName, stored.Id, pause);
                await Task.Delay(pause, ct);
            }
        }
    }

    /// <summary>Gives a publish up at its limit, also where the client doesn't look at its token.</summary>
    internal static async Task Limited(Func<CancellationToken, Task> publish, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(PublishLimit);
        await publish(limit.Token).WaitAsync(limit.Token);
    }

    /// <summary>Goes on with the trace of the fact; what comes late, or whose trace is not known, begins one of its own, with a link.</summary>
    Activity? Span(IEvent stored)
    {
        var known = ActivityContext.TryParse(stored.GetHeader(Header.TraceParent)?.ToString(), null, isRemote: true, out var origin);
        var late = !known || clock.GetUtcNow() - stored.Timestamp > Delayed;
        // Without a parent a span would hang below the daemon's.
        if (late) Activity.Current = null;
        var span = Source.StartActivity("outbox publish", ActivityKind.Producer, late ? default : origin, links: late && known ? [new(origin)] : null);
        return span?.SetTag("tp.tenant", stored.TenantId).SetTag("tp.stream", stored.StreamId).SetTag("tp.version", stored.Version)
            .SetTag("tp.message_id", stored.Id).SetTag("tp.correlation_id", stored.CorrelationId);
    }

    static void Address(IEvent stored, PublishContext context)
    {
        context.MessageId = stored.Id;
        context.Headers.Set(Header.Tenant, stored.TenantId);
        context.Headers.Set(Header.Stream, stored.StreamId.ToString());
        context.Headers.Set(Header.Version, stored.Version);
        context.Headers.Set(Header.CorrelationId, stored.CorrelationId);
        // A message no queue takes comes back as a fault instead of vanishing.
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    }
}
