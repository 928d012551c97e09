using System.Collections.Concurrent;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>Deliveries get back into the order of their tags, whatever the workers do.</summary>
public class TurnsTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shuffled_deliveries_run_in_order_within_their_stream()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (turns, handled) = (new Turns(), new ConcurrentDictionary<string, ConcurrentQueue<ulong>>());
            (ulong Tag, string Stream, int Yields)[] deliveries = [.. Enumerable.Range(1, 200).Select(tag => ((ulong)tag, $"s{random.Next(7)}", random.Next(5)))];

            // Sixteen workers take deliveries in order, but what they take arrives shuffled within their reach.
            var arrivals = deliveries.Chunk(16).SelectMany(chunk => chunk.OrderBy(_ => random.Next())).ToArray();
            await Task.WhenAll(arrivals.Select(arrival => Task.Run(async () =>
            {
                var turn = await turns.Take(arrival.Tag, arrival.Stream, Ct);
                for (var i = 0; i < arrival.Yields; i++) await Task.Yield();
                handled.GetOrAdd(arrival.Stream, _ => []).Enqueue(arrival.Tag);
                turn.End();
            }, Ct)));

            Assert.Equal(deliveries.Length, handled.Sum(stream => stream.Value.Count));
            Assert.All(handled.Values, tags => Assert.Equal(tags.Order(), tags));
        }
    }

    [Fact]
    public async Task Streams_do_not_wait_for_each_other()
    {
        var turns = new Turns();
        var slow = await turns.Take(1, "slow", Ct);
        var behind = turns.Take(2, "slow", Ct);
        (await turns.Take(3, "quick", Ct)).End();
        Assert.False(behind.IsCompleted);
        slow.End();
        (await behind).End();
    }

    [Fact]
    public async Task What_came_after_a_failed_message_is_not_handled_and_neither_is_what_comes()
    {
        var turns = new Turns();
        var failed = await turns.Take(1, "s", Ct);
        Task<Turns.Turn>[] behind = [turns.Take(2, "s", Ct), turns.Take(3, "s", Ct), turns.Take(5, "other", Ct)];
        turns.Close();
        foreach (var one in behind) await Assert.ThrowsAsync<TaskCanceledException>(() => one);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => turns.Take(4, "other", Ct));
        failed.End();
    }
}
