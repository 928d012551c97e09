using System.Collections.Concurrent;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Training.Benchmarks.Messaging;

/// <summary>A message as the broker holds it.</summary>
sealed record RawMessage(ReadOnlyMemory<byte> Body, BasicProperties Properties);

/// <summary>The physical limit of the broker: RabbitMQ.Client alone, with confirms.</summary>
sealed class RawBus : IAsyncDisposable
{
    const int Window = 100;

    readonly IConnection connection;
    readonly IChannel channel;

    RawBus(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<RawBus> Connect(string address)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false, ConsumerDispatchConcurrency = 16 }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null)));
    }

    /// <summary>A durable queue like those of the services, bound to the exchange of a contract where one is named.</summary>
    public async Task<string> Queue(string name, string contract = "")
    {
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false);
        if (contract == "") return name;
        await channel.ExchangeDeclareAsync(contract, ExchangeType.Fanout, durable: true);
        await channel.QueueBindAsync(name, contract, "");
        return name;
    }

    public async Task<long> Waiting(string queue) => (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    /// <summary>Answers when the broker has confirmed.</summary>
    public ValueTask Publish(string queue, RawMessage message) => channel.BasicPublishAsync("", queue, mandatory: true, message.Properties, message.Body);

    /// <summary>In windows of 100 unconfirmed messages.</summary>
    public async Task PublishAll(string queue, IEnumerable<RawMessage> messages)
    {
        foreach (var window in messages.Chunk(Window)) await Task.WhenAll(window.Select(message => Publish(queue, message).AsTask()));
    }

    /// <summary>As they come, at most 100 unconfirmed at a time.</summary>
    public async Task PublishAll(string queue, ChannelReader<RawMessage> messages)
    {
        while (await messages.WaitToReadAsync())
        {
            List<Task> window = [];
            while (window.Count < Window && messages.TryRead(out var message)) window.Add(Publish(queue, message).AsTask());
            await Task.WhenAll(window);
        }
    }

    /// <summary>Takes one message off.</summary>
    public async Task<RawMessage> Take(string queue)
    {
        BasicGetResult? got = null;
        await Rig.Until(async () => (got = await channel.BasicGetAsync(queue, autoAck: true)) is not null, 20);
        return got is null ? throw new InvalidOperationException($"No message came into {queue}.") : new(got.Body.ToArray(), new BasicProperties(got.BasicProperties));
    }

    /// <summary>Takes all that waits.</summary>
    public async Task<List<RawMessage>> Drain(string queue)
    {
        var waiting = await Waiting(queue);
        var taken = new ConcurrentQueue<RawMessage>();
        var all = new TaskCompletionSource();
        await using var own = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1));
        var consumer = new AsyncEventingBasicConsumer(own);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            taken.Enqueue(new(delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties)));
            if (taken.Count >= waiting) all.TrySetResult();
            return Task.CompletedTask;
        };
        await own.BasicConsumeAsync(queue, autoAck: true, consumer);
        if (waiting > 0) await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return [.. taken];
    }

    /// <summary>Handles messages side by side, acknowledging each afterwards, until the channel that comes back is closed.</summary>
    public async Task<IChannel> Consume(string queue, ushort concurrency, Func<RawMessage, Task> handle)
    {
        var own = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: concurrency));
        await own.BasicQosAsync(0, Math.Max((ushort)64, concurrency), false);
        var consumer = new AsyncEventingBasicConsumer(own);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await handle(new(delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties)));
            await own.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await own.BasicConsumeAsync(queue, autoAck: false, consumer);
        return own;
    }

    /// <summary>Handles up to so many messages at once, in order, acknowledging them together afterwards.</summary>
    public async Task<IChannel> ConsumeBatches(string queue, ushort size, Func<IReadOnlyList<RawMessage>, Task> handle)
    {
        var own = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1));
        await own.BasicQosAsync(0, (ushort)(2 * size), false);
        var arrived = Channel.CreateUnbounded<(ulong Tag, RawMessage Message)>();
        var consumer = new AsyncEventingBasicConsumer(own);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.Writer.TryWrite((delivery.DeliveryTag, new(delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties))));
            return Task.CompletedTask;
        };
        own.ChannelShutdownAsync += (_, _) => Task.FromResult(arrived.Writer.TryComplete());
        _ = Task.Run(async () =>
        {
            while (await arrived.Reader.WaitToReadAsync())
            {
                List<(ulong Tag, RawMessage Message)> batch = [];
                while (batch.Count < size && arrived.Reader.TryRead(out var one)) batch.Add(one);
                await handle([.. batch.Select(one => one.Message)]);
                await own.BasicAckAsync(batch[^1].Tag, multiple: true);
            }
        });
        await own.BasicConsumeAsync(queue, autoAck: false, consumer);
        return own;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
