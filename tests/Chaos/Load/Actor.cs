using Training.Chaos.Ground;

namespace Training.Chaos.Load;

/// <summary>
/// Somebody who gives one command after the other, drawn from a seed of their own. What is put in place of something (a line, a course) has one
/// actor, so that its commands have an order.
/// </summary>
abstract class Actor(Site site, ClientLog log, Group group, int seed)
{
    protected Random Random { get; } = new(seed);
    protected Group Group => group;
    protected Client Client { get; } = new(site, log, group.Tenant, new Random(seed + 1));

    /// <summary>Mean time between two commands.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromMilliseconds(500);

    /// <param name="stop">No further command is given.</param>
    /// <param name="end">The one in hand is given up.</param>
    public async Task Run(CancellationToken stop, CancellationToken end)
    {
        using var client = Client;
        while (!stop.IsCancellationRequested)
        {
            await Next(stop, end);
            await Task.Delay(Pause * (0.4 + 1.2 * Random.NextDouble()), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected abstract Task Next(CancellationToken stop, CancellationToken end);

    protected T Any<T>(IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    protected Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.NextBytes(bytes);
        return new(bytes);
    }

    protected Order NewOrder(string service, string kind, params Expected[] facts) => new(NewId(), group.Tenant, service, kind, facts);

    protected Task<Order> Put(Order order, string path, object? body, string role, CancellationToken ct) => Client.Send(order, HttpMethod.Put, path, body, role, ct);

    protected Task<Order> Post(Order order, string path, object? body, string role, CancellationToken ct) => Client.Send(order, HttpMethod.Post, path, body, role, ct);
}
