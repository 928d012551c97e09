using System.Diagnostics;
using System.Globalization;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Training.Foundation;

namespace Training.Demo;

/// <summary>One event of the HR system. The same key gives the same event id, so that sending it again changes nothing.</summary>
public sealed record HrEvent(string Type, string Subject, string Key, object Data);

/// <summary>Plays the group's HR system: CloudEvents into the exchange that integrators use, confirmed by the broker.</summary>
public sealed class HrFeed(string broker, string tenant, TimeProvider clock)
{
    const string Exchange = "hr.inbound", System = "demo-hr";
    const int Window = 200;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    static readonly CloudEventAttribute Sequence = Text("sequence"), PartitionKey = Text("partitionkey"), Correlation = Text("correlationid"), TraceParent = Text("traceparent");

    readonly JsonEventFormatter formatter = new(new(global::System.Text.Json.JsonSerializerDefaults.Web), default);
    int sent;

    /// <summary>Sends the events in order; returns when the broker holds them all.</summary>
    public async Task Send(IEnumerable<HrEvent> events, CancellationToken ct)
    {
        var bodies = events.Select(Body).ToList();
        for (var watch = Stopwatch.StartNew(); ;)
            try
            {
                await Publish(bodies, ct);
                return;
            }
            catch (Exception exception) when (exception is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException && watch.Elapsed < Patience)
            {
                await Task.Delay(500, ct);
            }
    }

    async Task Publish(List<(string Key, ReadOnlyMemory<byte> Body)> bodies, CancellationToken ct)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker), ClientProvidedName = "demo HR system" }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, new ThrottlingRateLimiter(2 * Window)), ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: ct);
        var properties = new BasicProperties { ContentType = "application/cloudevents+json", Persistent = true };

        foreach (var window in bodies.Chunk(Window))
        {
            List<Task> confirmed = [.. window.Select(item => channel.BasicPublishAsync(Exchange, item.Key, mandatory: true, properties, item.Body, ct).AsTask())];
            await Task.WhenAll(confirmed);
        }
    }

    (string, ReadOnlyMemory<byte>) Body(HrEvent hr)
    {
        var type = $"hr.{hr.Type}.v1";
        var cloud = new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = DerivedId.Of("demo-hr", tenant, hr.Type, hr.Key).ToString(),
            Source = new Uri($"/hr/{System}/{tenant}", UriKind.Relative),
            Type = $"cn.trainingplatform.{type}",
            Subject = hr.Subject,
            Time = clock.GetUtcNow(),
            DataContentType = "application/json",
            Data = hr.Data,
            [PartitionKey] = hr.Subject,
            [Sequence] = (++sent).ToString("D12", CultureInfo.InvariantCulture),
            [Correlation] = Activity.Current?.TraceId.ToString() ?? hr.Key,
        };
        if (Activity.Current?.Id is { } trace) cloud[TraceParent] = trace;
        return ($"{type}.{tenant}", formatter.EncodeStructuredModeMessage(cloud, out _));
    }

    static CloudEventAttribute Text(string name) => CloudEventAttribute.CreateExtension(name, CloudEventAttributeType.String);
}
