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
public sealed class Outbox(IBus bus, Func<IEvent, object?> translate, ILogger<Outbox> log) : SubscriptionBase
{
    public static readonly ActivitySource Source = new("Training.Outbox");

    static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromSeconds(5);
    const int Lanes = 64;

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        var outgoing = page.Events.Select(stored => (stored, message: translate(stored))).Where(pair => pair.message is not null);
        var lanes = outgoing.GroupBy(pair => (uint)pair.stored.StreamId.GetHashCode() % Lanes);

        await Task.WhenAll(lanes.Select(async lane =>
        {
            foreach (var (stored, message) in lane) await Publish(stored, message!, cancellationToken);
        }));
        return NullChangeListener.Instance;
    }

    async Task Publish(IEvent stored, object message, CancellationToken ct)
    {
        ActivityContext.TryParse(stored.GetHeader(Header.TraceParent)?.ToString(), null, out var parent);
        using var span = Source.StartActivity("outbox publish", ActivityKind.Producer, parent);
        span?.SetTag("tp.tenant", stored.TenantId).SetTag("tp.stream", stored.StreamId).SetTag("tp.correlation_id", stored.CorrelationId);

        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(PublishLimit);
            try
            {
                await bus.Publish(message, context => Address(stored, context), limit.Token);
                return;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(exception, "Publishing {Fact} {Id} failed; trying again in {Pause}", stored.EventTypeName, stored.Id, pause);
                await Task.Delay(pause, ct);
            }
        }
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
