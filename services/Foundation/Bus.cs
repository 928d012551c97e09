using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Training.Foundation;

static class Bus
{
    /// <summary>As many messages of a queue as can be in hand; enough to fill a batch while another is at work.</summary>
    const int Workers = 256;

    static readonly TimeSpan Drain = TimeSpan.FromSeconds(10), Knock = TimeSpan.FromMilliseconds(250), Answer = TimeSpan.FromSeconds(5);

    internal static void AddBus(this WebApplicationBuilder builder)
    {
        var names = new KebabCaseEndpointNameFormatter(prefix: builder.Environment.ServiceName(), includeNamespace: false);
        builder.Services.AddSingleton<IEndpointNameFormatter>(names).AddSingleton<Queues>().AddScoped<BatchSession>();
        // What is in hand is finished within this time; what can't be is delivered again.
        builder.Services.Configure<MassTransitHostOptions>(options => (options.ConsumerStopTimeout, options.StopTimeout) = (Drain, Drain + TimeSpan.FromSeconds(5)));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Drain + TimeSpan.FromSeconds(15));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(names);
            bus.AddConsumers([.. Queues.Consumers(builder.Environment)]);
            bus.AddConsumer<DigestConsumer>();
            bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
            {
                var rabbit = (IRabbitMqReceiveEndpointConfigurator)endpoint;
                rabbit.ConfigureChannel(channel => channel.UseFilter(new EndsWithChannel()));
                if (name == names.Consumer<DigestConsumer>())
                {
                    endpoint.UseMessageRetry(retry => retry.Interval(10, TimeSpan.FromSeconds(5)));
                    endpoint.DiscardFaultedMessages();
                    return;
                }
                // One replica at a time, and in it the streams side by side, each in order.
                endpoint.ConcurrentMessageLimit = Workers;
                endpoint.PrefetchCount = 2 * Workers;
                rabbit.SingleActiveConsumer = true;
                endpoint.PublishFaults = false;
                endpoint.ConfigureReceive(receive => receive.UseFilter(new Lanes()));
                endpoint.UseFilter(new Parking(context));
                endpoint.UseConsumeFilter(typeof(OriginOfMessage<>), context);
                endpoint.UseConsumeFilter(typeof(Inbox<>), context);
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var address = new Uri(builder.Configuration.GetConnectionString("bus") ?? throw new InvalidOperationException("ConnectionStrings:bus is missing."));
                var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                rabbit.Host(address, host => host.OnRefreshConnectionFactory = broker => Answers(broker, stopping));
                rabbit.ConfigureJsonSerializerOptions(json =>
                {
                    json.UseHouseStyle();
                    return json;
                });
                rabbit.ConfigureEndpoints(context);
            });
        });
    }

    /// <summary>
    /// Before each connection. One that fails is tried again after longer and longer pauses, up to half a minute; so it is not made until
    /// another, made only to see, has been.
    /// </summary>
    static async Task Answers(ConnectionFactory broker, CancellationToken stopping)
    {
        (broker.RequestedConnectionTimeout, broker.HandshakeContinuationTimeout) = (Answer, Answer);
        while (!stopping.IsCancellationRequested)
            try
            {
                await using var connection = await broker.CreateConnectionAsync(stopping);
                return;
            }
            catch (BrokerUnreachableException away) when (away.InnerException is not AuthenticationFailureException)
            {
                await Task.Delay(Knock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }
}

/// <summary>
/// A queue is done with its channel when that has ended. RabbitMQ.Client up to 7.2.2 forgets who waits for a channel when it disposes of it
/// (its issue 1976): a queue that was being declared when its connection broke would wait for ever, instead of beginning anew.
/// </summary>
sealed class EndsWithChannel : IFilter<ChannelContext>
{
    /// <summary>For what is in hand, which is told to stop by then; and how often it is looked whether the channel is still there.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(2), Look = TimeSpan.FromSeconds(1);

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var (ended, gone) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new CancellationTokenSource());
        context.Channel.ChannelShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        using var channel = new EndingChannel(context, gone.Token);
        var queue = next.Send(channel);
        // Nobody may ever be told: the client tells one channel after the other, and may be held up at any of them.
        while (!queue.IsCompleted && !ended.Task.IsCompleted && context.Channel.IsOpen && context.ConnectionContext.Connection.IsOpen) await Task.WhenAny(queue, ended.Task, Task.Delay(Look));
        gone.CancelAfter(Rest);
        try { await queue.WaitAsync(Rest + Look); }
        // Called a failure, it would be tried again after longer and longer pauses; this way after a second.
        catch (Exception exception) when (exception is TimeoutException || !context.ConnectionContext.Connection.IsOpen) { throw new OperationCanceledException("The channel is lost.", exception); }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("ends-with-channel");
}

/// <summary>
/// A queue's channel that nobody waits for when it is gone. RabbitMQ.Client tells the channels of a lost connection one after the other, and waits at each for all
/// deliveries in hand; an acknowledgement that stands in a queue nobody sends any more would keep it waiting, and every other channel with it.
/// </summary>
sealed class EndingChannel : ScopeChannelContext, ChannelContext
{
    readonly ChannelContext channel;

    public EndingChannel(ChannelContext channel, CancellationToken gone) : base(channel, CancellationToken.None) => (this.channel, Gone) = (channel, gone);

    /// <summary>The channel has ended, and what was in hand had its time.</summary>
    public CancellationToken Gone { get; }

    ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken)
    {
        var sent = channel.BasicAck(deliveryTag, multiple, cancellationToken);
        return sent.IsCompletedSuccessfully ? sent : new(sent.AsTask().WaitAsync(Gone));
    }

    Task ChannelContext.BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken) =>
        channel.BasicNack(deliveryTag, multiple, requeue, cancellationToken).WaitAsync(Gone);
}
