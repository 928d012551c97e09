using System.Collections.Concurrent;
using System.Reflection;
using MassTransit;
using Training.Foundation;

namespace Training.Testing;

/// <summary>Plays every other service on the bus: publishes their contracts, and receives all that is published.</summary>
public sealed class Probe : IAsyncDisposable
{
    static readonly Type[] Contracts = [.. Assembly.Load("Training.Contracts").GetTypes().Where(type => type.Namespace?.EndsWith(".V1", StringComparison.Ordinal) == true)];

    readonly ConcurrentQueue<(Guid Id, object Message)> received = [];
    readonly ConcurrentDictionary<Guid, long> versions = [];
    readonly IBusControl bus;

    Probe(string address) => bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(new Uri(address));
        rabbit.ConfigureJsonSerializerOptions(json => { json.UseHouseStyle(); return json; });
        rabbit.ReceiveEndpoint("probe", endpoint =>
        {
            var listen = typeof(Probe).GetMethod(nameof(Listen), BindingFlags.NonPublic | BindingFlags.Instance) ?? throw new InvalidOperationException();
            foreach (var contract in Contracts) listen.MakeGenericMethod(contract).Invoke(this, [endpoint]);
        });
    });

    public static async Task<Probe> Start(string address)
    {
        var probe = new Probe(address);
        await probe.bus.StartAsync();
        return probe;
    }

    /// <summary>Publishes a contract as the next fact of <paramref name="stream"/> and answers its version, by which it can be sent again.</summary>
    public async Task<long> Publish(object message, Guid stream, long? version = null, string tenant = "YL")
    {
        var number = version ?? versions.AddOrUpdate(stream, 1, (_, last) => last + 1);
        await bus.Publish(message, context =>
        {
            context.MessageId = DerivedId.Of("probe", stream.ToString(), number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            context.Headers.Set(Header.Tenant, tenant);
            context.Headers.Set(Header.Stream, stream.ToString());
            context.Headers.Set(Header.Version, number);
            context.Headers.Set(Header.CorrelationId, $"probe-{stream}");
        });
        return number;
    }

    /// <summary>Publishes a contract without saying whose it is.</summary>
    public Task PublishBare(object message) => bus.Publish(message);

    /// <summary>All messages of this contract so far, in the order they came.</summary>
    public IReadOnlyList<T> Received<T>() => [.. received.Select(one => one.Message).OfType<T>()];

    /// <summary>The message ids of this contract so far; one that was published twice is there twice.</summary>
    public IReadOnlyList<(Guid Id, T Message)> Deliveries<T>() => [.. received.Where(one => one.Message is T).Select(one => (one.Id, (T)one.Message))];

    /// <summary>Waits for a message of this contract.</summary>
    public Task<T> Next<T>(Func<T, bool> which) where T : class =>
        Eventually.Some(() => Task.FromResult(Received<T>().FirstOrDefault(which)), $"a message {typeof(T).Name}");

    public async ValueTask DisposeAsync() => await bus.StopAsync();

    void Listen<T>(IReceiveEndpointConfigurator endpoint) where T : class => endpoint.Handler<T>(context =>
    {
        received.Enqueue((context.MessageId ?? Guid.Empty, context.Message));
        return Task.CompletedTask;
    });
}
