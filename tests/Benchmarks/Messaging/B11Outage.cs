using System.Collections.Concurrent;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Outage: the broker is killed and stays away while 100 commands a second come in. Timed from the first connection the new broker takes until
/// everything is in its queue; the limit publishes as many messages raw to a broker that has long been up, "raw at once" to one that has just come back. The broker is one of its own.
/// </summary>
static class B11Outage
{
    const double MostTimesLimit = 3, MostSlower = 1.2;
    const int Rate = 100;

    public static async Task<Outcome> Run(Rig rig)
    {
        var seconds = rig.Extent.Quick ? 5 : 60;
        var mould = await Published.Mould(rig);
        await using var broker = await OwnBroker.Start(rig.Servers);
        var ratios = new Dictionary<string, double>();
        var measured = await Rig.Repeat(1,
            new("platform", async _ =>
            {
                await using var place = await broker.NewPlace("b11-platform");
                await using (var bus = await RawBus.Connect(place.Bus)) await bus.Queue("sink", Published.Exchange);
                await using var platform = await Platform.Build(Platform.Sender, place, Published.Translate);
                await platform.Start();
                return await Outage(broker, place, "sink", platform.Append, seconds, ratios, "platform");
            }),
            new("wolverine", async _ =>
            {
                await using var place = await broker.NewPlace("b11-wolverine");
                await using var wolverine = await WolverineService.Start(place, listens: false);
                return await Outage(broker, place, WolverineService.Queue, wolverine.Append, seconds, ratios, "wolverine");
            }),
            new("raw", async _ =>
            {
                await using var place = await broker.NewPlace("b11-raw");
                await using var bus = await RawBus.Connect(place.Bus);
                var queue = await bus.Queue("sink");
                RawMessage[] messages = [.. mould.Cast((int)(Rate * seconds))];
                var start = Clock.Now;
                await bus.PublishAll(queue, messages);
                return Reading.OfRate(messages.Length, Clock.Now - start, Cpu.Unread);
            }),
            new("raw at once", async _ =>
            {
                await using var place = await broker.NewPlace("b11-raw-at-once");
                await using (var bus = await RawBus.Connect(place.Bus)) await bus.Queue("sink");
                RawMessage[] messages = [.. mould.Cast((int)(Rate * seconds))];
                await broker.Kill();
                var up = await broker.Restart(place);
                await using var again = await RawBus.Connect(place.Bus);
                await again.PublishAll("sink", messages);
                return Reading.OfRate(messages.Length, Clock.Now - up, Cpu.Unread);
            }));
        // Rates of the same backlog, so their quotient is that of the times.
        return measured.Outcome("B11", $"<={MostTimesLimit:0}x_limit", measured.Rates("raw", "platform"), (ratio, _) => ratio.Median <= MostTimesLimit && ratios["platform_p99_outage_of_normal"] <= MostSlower,
            [("wolverine_times_limit", measured.Rates("raw", "wolverine").Median), ("times_raw_at_once", measured.Rates("raw at once", "platform").Median), .. ratios.Select(each => (each.Key, each.Value))]);
    }

    static async Task<Reading> Outage(OwnBroker broker, Place place, string queue, Func<Guid, SignalRecorded, Task> append, double seconds, Dictionary<string, double> notes, string side)
    {
        await append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        await using (var bus = await RawBus.Connect(place.Bus))
            if (!await Rig.Until(async () => await bus.Waiting(queue) == 1, 30)) throw new InvalidOperationException("The first message did not arrive.");
        var normal = await Load(append, Math.Min(seconds, 10));
        await broker.Kill();
        var outage = await Load(append, seconds);
        var up = await broker.Restart(place);
        await using var again = await RawBus.Connect(place.Bus);
        var all = 1 + normal.Length + outage.Length;
        long first = 0;
        var waitingBefore = await again.Waiting(queue);
        var complete = await Rig.Until(async () =>
        {
            var waiting = await again.Waiting(queue);
            if (first == 0 && waiting > waitingBefore) first = Clock.Now;
            return waiting >= all;
        }, 180);
        var end = Clock.Now;
        var waiting = await again.Waiting(queue);
        notes[$"{side}_drain_s"] = Clock.Ms(end - up) / 1_000;
        notes[$"{side}_resume_s"] = Clock.Ms(first - up) / 1_000;
        notes[$"{side}_twice"] = Math.Max(0, waiting - all);
        notes[$"{side}_not_sent"] = Math.Max(0, all - waiting);
        notes[$"{side}_p99_outage_of_normal"] = Statistics.Percentile(outage, 0.99) / Statistics.Percentile(normal, 0.99);
        // That a peer has not sent all by then is its figure, and ours still counts.
        return new(outage.Length / (Clock.Ms(end - up) / 1_000), outage, outage.Length, Cpu.Unread, complete || side != "platform" ? "" : $"{waiting} messages of {all}");
    }

    /// <summary>Milliseconds from when each command was due to its commit.</summary>
    static async Task<double[]> Load(Func<Guid, SignalRecorded, Task> append, double seconds)
    {
        var latencies = new ConcurrentBag<double>();
        await Rig.Open(Rate, seconds, async due =>
        {
            await append(Guid.CreateVersion7(), Signals.Make(due));
            latencies.Add(Clock.Ms(Clock.Now - due));
        });
        return [.. latencies];
    }
}
