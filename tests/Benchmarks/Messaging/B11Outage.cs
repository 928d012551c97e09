using System.Collections.Concurrent;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Outage: the broker is killed and stays away while 100 commands a second come in, as they did for as long before. Timed from the first connection the new broker takes until
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
        var tally = new Tally();
        var measured = await rig.Interleave(
            new("platform", async _ =>
            {
                await using var place = await broker.NewPlace("b11-platform");
                await using (var bus = await RawBus.Connect(place.Bus)) await bus.Queue("sink", Published.Exchange);
                await using var platform = await Platform.Build(Platform.Sender, place, Published.Translate);
                await platform.Start();
                return await Outage(broker, place, "sink", platform.Append, seconds, tally, "platform");
            }),
            new("wolverine", async _ =>
            {
                await using var place = await broker.NewPlace("b11-wolverine");
                await using var wolverine = await WolverineService.Start(place, listens: false);
                return await Outage(broker, place, WolverineService.Queue, wolverine.Append, seconds, tally, "wolverine");
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
        return measured.Outcome("B11", $"<={MostTimesLimit:0}x_limit", measured.Rates("raw", "platform"), (ratio, _) => ratio.Median <= MostTimesLimit && tally.Slower("platform") <= MostSlower,
            [("wolverine_times_limit", measured.Rates("raw", "wolverine").Median), ("times_raw_at_once", measured.Rates("raw at once", "platform").Median), .. tally.Notes]);
    }

    static async Task<Reading> Outage(OwnBroker broker, Place place, string queue, Func<Guid, SignalRecorded, Task> append, double seconds, Tally tally, string side)
    {
        await append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        await using (var bus = await RawBus.Connect(place.Bus))
            if (!await Rig.Until(async () => await bus.Waiting(queue) == 1, 30)) throw new InvalidOperationException("The first message did not arrive.");
        var warmUp = await Load(append, Math.Min(seconds, 10));
        // As long as the outage: the 99th percentile of a few seconds varies by more than the mark allows.
        var normal = await Load(append, seconds);
        await broker.Kill();
        var outage = await Load(append, seconds);
        var up = await broker.Restart(place);
        await using var again = await RawBus.Connect(place.Bus);
        var all = 1 + warmUp.Length + normal.Length + outage.Length;
        long resumed = 0;
        var waitingBefore = await again.Waiting(queue);
        var complete = await Rig.Until(async () =>
        {
            var waiting = await again.Waiting(queue);
            if (resumed == 0 && waiting > waitingBefore) resumed = Clock.Now;
            return waiting >= all;
        }, 180);
        var end = Clock.Now;
        var waiting = await again.Waiting(queue);
        tally.Round(side, Statistics.Percentile(outage, 0.99) / Statistics.Percentile(normal, 0.99),
            [("drain_s", Clock.Ms(end - up) / 1_000), ("resume_s", Clock.Ms(resumed - up) / 1_000), ("twice", Math.Max(0, waiting - all)), ("not_sent", Math.Max(0, all - waiting))]);
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

    /// <summary>What the rounds of each side were like: the median of how much slower commands were without the broker, the worst of all else.</summary>
    sealed class Tally
    {
        readonly Dictionary<string, List<double>> slower = [];
        readonly Dictionary<string, double> worst = [];

        public IEnumerable<(string, double)> Notes => [.. worst.Select(each => (each.Key, each.Value)), .. slower.Keys.Select(side => ($"{side}_p99_outage_of_normal", Slower(side)))];

        public double Slower(string side) => Statistics.Median(slower[side]);

        public void Round(string side, double slowdown, (string What, double Value)[] others)
        {
            if (!slower.TryGetValue(side, out var rounds)) slower[side] = rounds = [];
            rounds.Add(slowdown);
            foreach (var (what, value) in others) worst[$"{side}_{what}"] = Math.Max(value, worst.GetValueOrDefault($"{side}_{what}"));
        }
    }
}
