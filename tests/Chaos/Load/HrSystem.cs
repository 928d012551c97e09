using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Training.Chaos.Ground;

namespace Training.Chaos.Load;

/// <summary>The HR system of one group: CloudEvents over AMQP. The broker's confirm is the acknowledgement; until then a message is sent again.</summary>
sealed class HrSystem(Broker broker, ClientLog log, string tenant, Random random) : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300), ConfirmLimit = TimeSpan.FromSeconds(5);

    IConnection? connection;
    IChannel? channel;
    int sequence;

    public string Tenant => tenant;

    /// <summary>Messages that hold members this version does not know.</summary>
    public int FromNewerVersion { get; private set; }

    public async Task<Order> Send(Order order, string type, Dictionary<string, object> data, CancellationToken ct)
    {
        log.Note(order);
        data["tenantId"] = tenant;
        if (random.Next(5) == 0)
        {
            FromNewerVersion++;
            data["addedLater"] = new { costCentre = "4711", tags = new[] { "a", "b" } };
        }
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["specversion"] = "1.0", ["id"] = order.Id, ["source"] = $"/hr/chaos/{tenant}", ["type"] = $"cn.trainingplatform.hr.{type}.v1", ["time"] = "2029-06-01T01:30:00Z",
            ["sequence"] = (++sequence).ToString("D12", CultureInfo.InvariantCulture), ["correlationid"] = order.Id, ["data"] = data,
        });
        await Deliver(order, $"hr.{type}.v1.{tenant}", body, ct);
        if (random.Next(10) == 0)
        {
            order.Repeated = true;
            await Deliver(order, $"hr.{type}.v1.{tenant}", body, ct);
        }
        return order;
    }

    public async ValueTask DisposeAsync()
    {
        if (channel is not null) await channel.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    async Task Deliver(Order order, string key, byte[] body, CancellationToken ct)
    {
        while (true)
        {
            order.Attempts++;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(ConfirmLimit);
            try
            {
                await (await Channel(limit.Token)).BasicPublishAsync("hr.inbound", key, mandatory: true,
                    new BasicProperties { ContentType = "application/cloudevents+json", Persistent = true }, body, limit.Token);
                order.Reply = Reply.Acknowledged;
                return;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested
                && exception is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                order.Unknown++;
                await Reset();
                await Task.Delay(Pause, ct);
            }
        }
    }

    async Task<IChannel> Channel(CancellationToken ct)
    {
        if (channel is { IsOpen: true }) return channel;
        var factory = new ConnectionFactory { Uri = new Uri(broker.Address), ClientProvidedName = $"hr of {tenant}", AutomaticRecoveryEnabled = false };
        connection = await factory.CreateConnectionAsync(ct);
        return channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
    }

    async Task Reset()
    {
        try { await DisposeAsync(); }
        catch (Exception exception) when (exception is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException or OperationCanceledException) { /* gone anyhow */ }
        (channel, connection) = (null, null);
    }
}
