using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Training.Contracts.Scheduling.V1;

namespace Training.Backbone.Tests;

/// <summary>Told to stop, a service finishes what it has in hand, in time, and leaves nothing to be done twice.</summary>
[Collection("trouble")]
public sealed class StopTests
{
    const int Each = 10, Free = 50;

    static readonly long[] Numbers = [.. Enumerable.Range(1, Each)];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_in_hand_is_finished_and_nothing_is_begun_or_published_twice()
    {
        await using var ground = await Ground.Prepare();
        await using var probe = await Probe.Start(ground.Bus);
        var begun = new ConcurrentBag<(string, Guid, long)>();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Trouble.Make = async (consumer, counter, number, _) =>
        {
            begun.Add((consumer, counter, number));
            if (begun.Count > Free) await stopping.Task.WaitAsync(Ct);
            await Task.Delay(20, Ct);
        };
        Guid[] counters = [.. Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7())];
        await using (var first = await CountingHost.Start(ground))
        {
            await Parallel.ForEachAsync(counters, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Ct }, async (counter, _) =>
            {
                for (var number = 1; number <= Each; number++) await first.Do($"/counters/{counter}/numbers/{number}");
                await first.Do($"/counters/{counter}/money", new { who = "somebody" });
            });
            await Eventually.True(() => Task.FromResult(begun.Count > Free), "work is in hand");
            first.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
            var watch = Stopwatch.StartNew();
            await first.Stop(Ct);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }
        Assert.InRange(begun.Count, Free, (2 * counters.Length * Each) - 1);

        await using var second = await CountingHost.Start(ground);
        foreach (var counter in counters)
            foreach (var kind in (string[])["single", "batch"])
                await Eventually.True(async () => await second.Heard(counter, kind) is { Length: Each } heard && heard.SequenceEqual(Numbers), "every number is heard in order", TimeSpan.FromSeconds(60));
        await Eventually.True(() => Task.FromResult(probe.Received<FundingRequested>().Count >= counters.Length), "every request is published");
        Trouble.Make = (_, _, _, _) => Task.CompletedTask;

        Assert.Equal(counters.Order(), probe.Received<FundingRequested>().Select(request => request.RunId).Order());
        Assert.Equal(begun.Count, begun.Distinct().Count());
    }
}
