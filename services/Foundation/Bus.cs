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
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Channel.ChannelShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        var queue = next.Send(context);
        await Task.WhenAny(queue, ended.Task);
        try { await queue.WaitAsync(Lanes.Rest); }
        // Called a failure, it would be tried again after longer and longer pauses; this way after a second.
        catch (Exception exception) when (!context.ConnectionContext.Connection.IsOpen) { throw new OperationCanceledException("The connection is lost.", exception); }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("ends-with-channel");
}
