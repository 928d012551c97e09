using System.Threading.Channels;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// End to end, saturated: 16 workers send a fixed number of commands, timed until the last effect is committed in the other process. The limit
/// is the slowest of its three parts alone, "raw whole" all three at once. The other service handles single messages in "platform" and batches in "platform batch".
/// </summary>
static class B7Throughput
{
    const double Target = 0.3, TimesWolverine = 2;
    const int PerSecond = 500;

    public static async Task<Outcome> Run(Rig rig)
    {
        var mould = await Published.Mould(rig);
        var count = rig.Extent.Messages(PerSecond);
        var measured = await rig.Interleave(
            new("raw append", _ => RawAppend(rig, count)),
            new("raw message", _ => RawMessages(rig, mould, count)),
            new("raw effect", _ => B8Consumer.Raw(rig, mould, count)),
            new("raw whole", _ => RawWhole(rig, mould, count)),
            new("platform", _ => Pair.OfPlatform(rig, Published.Translate, pair => Load(rig, pair, count))),
            new("platform batch", _ => Pair.OfPlatform(rig, Published.TranslateForBatches, pair => Load(rig, pair, count))),
            new("wolverine", _ => Pair.OfWolverine(rig, pair => Load(rig, pair, count))));
        var slowest = measured.Rates("raw append").Zip(measured.Rates("raw message"), measured.Rates("raw effect"))
            .Select(part => Math.Min(part.First, Math.Min(part.Second, part.Third))).ToList();
        var wolverine = measured.Rates("platform", "wolverine");
        return measured.Outcome("B7", $">={Target:0.0}_of_limit,>={TimesWolverine:0}x_wolverine", Ratio.Of(measured.Rates("platform"), slowest),
            (ratio, _) => ratio.Median >= Target && wolverine.Median >= TimesWolverine,
            ("times_wolverine", wolverine.Median), ("batch_times_wolverine", measured.Rates("platform batch", "wolverine").Median),
            ("batch_of_limit", Ratio.Of(measured.Rates("platform batch"), slowest).Median),
            ("raw_whole_of_limit", Ratio.Of(measured.Rates("raw whole"), slowest).Median), ("raw_whole_times_wolverine", measured.Rates("raw whole", "wolverine").Median),
            ("limit_per_s", Statistics.Median(slowest)),
            ("cpu_of_wolverine", measured["platform"].CpuPerEvent.Sum / measured["wolverine"].CpuPerEvent.Sum));
    }

    static async Task<Reading> Load(Rig rig, Pair pair, int count)
    {
        // As many first, to warm up: two fresh processes compile their methods while they work.
        await Send(pair, count);
        await pair.CaughtUp(120);
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await Send(pair, count);
        await pair.CaughtUp(120);
        var used = rig.Cpu.Now() - before;
        var last = (await pair.Other.Effects()).Max(effect => effect.CommittedAt);
        return Reading.OfRate(count, last - start, used, await pair.Wrong());
    }

    static Task Send(Pair pair, int count) => Each(count, () => pair.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now)));

    static Task Each(int count, Func<Task> operation) => Each(Enumerable.Range(0, count), _ => operation());

    static Task Each<T>(IEnumerable<T> all, Func<T, Task> operation) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Rig.Workers }, async (one, _) => await operation(one));

    static async Task<Reading> RawAppend(Rig rig, int count)
    {
        await using var place = await rig.Servers.NewPlace("b7-append");
        await using (await Platform.Build(Platform.Sender, place, _ => null)) { /* makes the tables */ }
        await using var raw = new RawStore(place);
        Task Append() => raw.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        await Each(count, Append);
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await Each(count, Append);
        return Reading.OfRate(count, Clock.Now - start, rig.Cpu.Now() - before);
    }

    static async Task<Reading> RawMessages(Rig rig, Mould mould, int count)
    {
        await using var place = await rig.Servers.NewPlace("b7-message");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink");
        RawMessage[] messages = [.. mould.Cast(count)];
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await bus.PublishAll(queue, messages);
        return Reading.OfRate(count, Clock.Now - start, rig.Cpu.Now() - before, await bus.Waiting(queue) is var waiting && waiting == count ? "" : $"{waiting} messages of {count}");
    }

    /// <summary>What clients alone can do end to end on this machine: published from memory once committed, nothing read back, and the effect in this very process.</summary>
    static async Task<Reading> RawWhole(Rig rig, Mould mould, int count)
    {
        await using var sending = await rig.Servers.NewPlace("b7-sender");
        await using var receiving = await rig.Servers.NewPlace("b7-receiver");
        await using (await Platform.Build(Platform.Sender, sending, _ => null)) { /* makes the tables */ }
        await using (await Platform.Build(Platform.Subscriber, receiving, _ => null, Roles.Effects)) { /* makes the tables */ }
        await using var from = new RawStore(sending);
        await using var to = new RawStore(receiving);
        await using var publisher = await RawBus.Connect(sending.Bus);
        await using var subscriber = await RawBus.Connect(sending.Bus);
        var queue = await publisher.Queue("sink");
        var committed = Channel.CreateUnbounded<RawMessage>();
        var publishing = publisher.PublishAll(queue, committed.Reader);
        var effects = 0;
        await using var consuming = await subscriber.Consume(queue, Rig.Workers, async message =>
        {
            await to.Take([B8Consumer.Row(message)]);
            Interlocked.Increment(ref effects);
        });
        async Task Send(RawMessage[] messages)
        {
            var expected = effects + messages.Length;
            await Each(messages, async message =>
            {
                await from.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
                committed.Writer.TryWrite(message);
            });
            await Rig.Until(() => Task.FromResult(Volatile.Read(ref effects) >= expected), 120);
        }

        await Send([.. mould.Cast(count)]);
        RawMessage[] messages = [.. mould.Cast(count)];
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await Send(messages);
        var (took, used) = (Clock.Now - start, rig.Cpu.Now() - before);
        committed.Writer.Complete();
        await publishing;
        var stored = await receiving.Count("mt_doc_signaleffect");
        return Reading.OfRate(count, took, used, stored == 2 * count ? "" : $"{stored} effects of {2 * count} messages");
    }
}
