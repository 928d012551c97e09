using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Training.Workforce.HrEdge;

/// <summary>
/// The queue that HR systems reach through the exchange <c>hr.inbound</c>. A delivery is acknowledged once the store has it, in whatever
/// form; a lost connection is made again, and the broker delivers again what was not acknowledged.
/// </summary>
sealed class HrDoor(HrInbox inbox, IConfiguration configuration, ILogger<HrDoor> log) : BackgroundService
{
    const string Exchange = "hr.inbound", Queue = "workforce-hr-inbound";
    const ushort Prefetch = 500;
    const int BatchSize = 250;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Messages can come in at the moment.</summary>
    public bool Open { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Serve(stoppingToken);
            }
            catch (Exception exception)
            {
                if (!stoppingToken.IsCancellationRequested) log.LogWarning(exception, "The HR door is closed; opening it again");
            }
            Open = false;
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Serve(CancellationToken ct)
    {
        var address = configuration.GetConnectionString("bus") ?? throw new InvalidOperationException("ConnectionStrings:bus is missing.");
        var factory = new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false, ClientProvidedName = "workforce hr door" };
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: ct);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: ct);
        await channel.QueueBindAsync(Queue, Exchange, "hr.#", cancellationToken: ct);
        await channel.BasicQosAsync(0, Prefetch, global: false, ct);

        var arrived = Channel.CreateUnbounded<(ulong Tag, HrDelivery Delivery)>(new() { SingleReader = true });
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            arrived.Writer.TryComplete(new IOException($"The channel was closed: {reason.ReplyText}"));
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.Writer.TryWrite((delivery.DeliveryTag, Take(delivery)));
            return Task.CompletedTask;
        };
        // A deleted queue ends the consumer, but not the channel.
        consumer.UnregisteredAsync += (_, _) =>
        {
            arrived.Writer.TryComplete(new IOException("The broker cancelled the consumer."));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, ct);
        Open = true;

        while (await arrived.Reader.WaitToReadAsync(ct))
        {
            var batch = new List<(ulong Tag, HrDelivery Delivery)>();
            while (batch.Count < BatchSize && arrived.Reader.TryRead(out var one)) batch.Add(one);
            await inbox.Receive(batch.Select(one => one.Delivery), ct);
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, ct);
        }
    }

    static HrDelivery Take(BasicDeliverEventArgs delivery)
    {
        var trace = delivery.BasicProperties.Headers?.TryGetValue("traceparent", out var header) == true && header is byte[] bytes ? Encoding.ASCII.GetString(bytes) : "";
        // The client reuses the memory of the body.
        return new(delivery.Body.ToArray(), HrMessage.TenantOf(delivery.RoutingKey), trace);
    }
}

/// <summary>Without the door the service still answers, so it is degraded and not down.</summary>
sealed class HrDoorHealth(HrDoor door) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(door.Open ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("The HR exchange can't be reached; messages wait at the broker."));
}
