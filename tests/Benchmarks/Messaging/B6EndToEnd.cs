using System.Collections.Concurrent;
using System.Globalization;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// End to end: from the command, due at a fixed rate of 100 a second, to the effect and the inbox committed by another service in another
/// process. The limit is the sum of what its three parts take without anything around them: append, publish to consume, the two rows.
/// </summary>
static class B6EndToEnd
{
    const double MostTimesRaw = 2.5, MostP99 = 100;
    const int Rate = 100;

    /// <summary>Two fresh processes compile their methods while they work, which takes more of a processor than the work does.</summary>
    const double LeastWarmUp = 20;

    public static async Task<Outcome> Run(Rig rig)
    {
        var mould = await Published.Mould(rig);
        var measured = await rig.Interleave(
            new("raw append", _ => RawAppend(rig)),
            new("raw message", _ => RawTransport(rig, mould)),
            new("raw effect", _ => RawEffect(rig)),
            new("platform", _ => Pair.OfPlatform(rig, Published.Translate, pair => Load(rig, pair))),
            new("wolverine", _ => Pair.OfWolverine(rig, pair => Load(rig, pair))));
        var parts = measured.P50s("raw append").Zip(measured.P50s("raw message"), measured.P50s("raw effect")).Select(part => part.First + part.Second + part.Third).ToList();
        var ratio = Ratio.Of(measured.P50s("platform"), parts);
        var (ours, theirs) = (measured["platform"], measured["wolverine"]);
        return measured.Outcome("B6", $"p50<={MostTimesRaw}x_raw,p99<={MostP99:0}ms", ratio, (found, figures) => found.Median <= MostTimesRaw && figures.P99 <= MostP99,
            ("raw_sum_p50_ms", Statistics.Median(parts)), ("p50_of_wolverine", measured.Medians("platform", "wolverine").Median),
            ("cpu_of_wolverine", ours.CpuPerEvent.Sum / theirs.CpuPerEvent.Sum));
    }

    static async Task<Reading> Load(Rig rig, Pair pair)
    {
        await Rig.Open(Rate, rig.Extent.Quick ? rig.Extent.WarmUp + 1 : Math.Max(rig.Extent.WarmUp, LeastWarmUp), due => pair.Append(Guid.CreateVersion7(), Signals.Make(due)));
        await pair.CaughtUp(30);
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await Rig.Open(Rate, rig.Extent.Seconds, due => pair.Append(Guid.CreateVersion7(), Signals.Make(due)));
        await pair.CaughtUp(30);
        var used = rig.Cpu.Now() - before;
        double[] latencies = [.. (await pair.Other.Effects()).Where(effect => effect.DueAt >= start).Select(effect => effect.Ms)];
        return new(Rate, latencies, latencies.Length, used, await pair.Wrong());
    }

    static async Task<Reading> RawAppend(Rig rig)
    {
        await using var place = await rig.Servers.NewPlace("b6-append");
        await using (await Platform.Build(Platform.Sender, place, _ => null)) { /* makes the tables */ }
        await using var raw = new RawStore(place);
        return await Steady(rig, (due, done) => Then(raw.Append(Guid.CreateVersion7(), Signals.Make(due)), done));
    }

    static async Task<Reading> RawEffect(Rig rig)
    {
        await using var place = await rig.Servers.NewPlace("b6-effect");
        await using (await Platform.Build(Platform.Subscriber, place, _ => null, Roles.Effects)) { /* makes the tables */ }
        await using var raw = new RawStore(place);
        return await Steady(rig, (due, done) => Then(raw.Take([(Guid.CreateVersion7(), Guid.CreateVersion7(), Clock.Text(due))]), done));
    }

    static async Task<Reading> RawTransport(Rig rig, Mould mould)
    {
        await using var place = await rig.Servers.NewPlace("b6-message");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink");
        var waiting = new ConcurrentDictionary<Guid, Action>();
        await using var consuming = await bus.Consume(queue, 1, message =>
        {
            if (waiting.TryRemove(Mould.IdOf(message), out var done)) done();
            return Task.CompletedTask;
        });
        return await Steady(rig, async (_, done) =>
        {
            var message = mould.Cast(1).Single();
            waiting[Mould.IdOf(message)] = done;
            await bus.Publish(queue, message);
        });
    }

    static async Task Then(Task work, Action done)
    {
        await work;
        done();
    }

    /// <summary>At the fixed rate; each operation says itself when it is done.</summary>
    static async Task<Reading> Steady(Rig rig, Func<long, Action, Task> operation)
    {
        var latencies = new ConcurrentQueue<double>();
        await Rig.Open(Rate, rig.Extent.WarmUp, due => operation(due, () => { }));
        var before = rig.Cpu.Now();
        await Rig.Open(Rate, rig.Extent.Seconds, due => operation(due, () => latencies.Enqueue(Clock.Ms(Clock.Now - due))));
        var expected = (int)(Rate * rig.Extent.Seconds);
        var complete = await Rig.Until(() => Task.FromResult(latencies.Count == expected), 20);
        return new(Rate, [.. latencies], expected, rig.Cpu.Now() - before, complete ? "" : string.Create(CultureInfo.InvariantCulture, $"{latencies.Count} of {expected}"));
    }
}
