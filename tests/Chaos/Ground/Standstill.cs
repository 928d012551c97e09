using System.Diagnostics;

namespace Training.Chaos.Ground;

/// <summary>
/// Looks at the queues all along. No fault lasts a minute: a queue that has held messages for so long and handled none of them stands, and
/// what ended it later, as a restart of its service would, is no excuse.
/// </summary>
sealed class Standstill(Broker broker)
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1), Interval = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, (long Handled, Stopwatch For)> seen = [];
    readonly Dictionary<string, string> found = [];

    public IReadOnlyCollection<string> Found => found.Values;

    public async Task Watch(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try { Look(await broker.Queues()); }
            // The broker is away.
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException) { seen.Clear(); }
            await Task.Delay(Interval, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Look(IReadOnlyList<QueueState> queues)
    {
        foreach (var queue in queues)
            // Less than none: the broker has not counted it, as while its own process of the queue is down.
            if (queue.IsOfTheDead || queue.Messages == 0) seen.Remove(queue.Name);
            else if (!seen.TryGetValue(queue.Name, out var last) || queue.Messages > 0 && queue.Handled != last.Handled) seen[queue.Name] = (queue.Handled, Stopwatch.StartNew());
            else if (last.For.Elapsed > Limit) found.TryAdd(queue.Name, $"at {DateTime.UtcNow:HH:mm:ss} {queue} for {last.For.Elapsed.TotalSeconds:0} s");
    }
}
