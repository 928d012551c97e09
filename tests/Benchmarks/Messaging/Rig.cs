namespace Training.Benchmarks.Messaging;

/// <summary>How long and how often to measure.</summary>
sealed record Extent(int Rounds, double Seconds, double WarmUp, bool Quick)
{
    /// <summary>A number of messages that takes about the time of a measured window.</summary>
    public int Messages(int perSecond) => (int)(perSecond * Seconds);
}

/// <summary>The servers, the clock and the loads a benchmark works with.</summary>
sealed class Rig(Extent extent, CpuMeter cpu, BenchServers servers)
{
    public const int Workers = 16;

    public Extent Extent => extent;
    public CpuMeter Cpu => cpu;
    public BenchServers Servers => servers;

    public Task<Measured> Interleave(params Side[] sides) => Repeat(extent.Rounds, sides);

    /// <summary>A-B-C-A-B-C…, so that a drift of the machine meets all sides alike.</summary>
    public static async Task<Measured> Repeat(int rounds, params Side[] sides)
    {
        var readings = sides.ToDictionary(side => side.Name, _ => new List<Reading>());
        for (var round = 0; round < rounds; round++)
            foreach (var side in sides)
            {
                var reading = await side.Measure(round);
                readings[side.Name].Add(reading);
                await Console.Error.WriteLineAsync(FormattableString.Invariant(
                    $"    round {round + 1} {side.Name}: {reading.PerSecond:0.0}/s, p50 {Statistics.Percentile(reading.Latencies, 0.5):0.00} ms, p99 {Statistics.Percentile(reading.Latencies, 0.99):0.00} ms {reading.Wrong}"));
            }
        return new(readings);
    }

    /// <summary>All workers start the next operation when the last one ended. What ends inside the window counts.</summary>
    public async Task<Reading> Closed(int workers, Func<int, Task> operation)
    {
        var (from, to) = (long.MaxValue, long.MaxValue);
        var latencies = Enumerable.Range(0, workers).Select(_ => new List<double>()).ToArray();
        var running = Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (Clock.Now < Volatile.Read(ref to))
            {
                var start = Clock.Now;
                await operation(worker);
                var end = Clock.Now;
                if (end >= Volatile.Read(ref from) && end < Volatile.Read(ref to)) latencies[worker].Add(Clock.Ms(end - start));
            }
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(extent.WarmUp));
        var before = cpu.Now();
        Volatile.Write(ref from, Clock.Now);
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(extent.Seconds)), Task.WhenAll(running));
        var used = cpu.Now() - before;
        Volatile.Write(ref to, Clock.Now);
        await Task.WhenAll(running);
        List<double> all = [.. latencies.SelectMany(each => each)];
        return new(all.Count / (Clock.Ms(to - from) / 1_000), all, all.Count, used);
    }

    /// <summary>A fixed number of operations a second, each told when it is due, however long the ones before take. Answers when the last was due.</summary>
    public static async Task<long> Open(double perSecond, double seconds, Func<long, Task> operation)
    {
        var count = (int)(perSecond * seconds);
        var start = Clock.Now + Clock.Ticks(0.05);
        var running = new Task[count];
        await Task.Factory.StartNew(() =>
        {
            for (var number = 0; number < count; number++)
            {
                var due = start + Clock.Ticks(number / perSecond);
                Clock.Until(due);
                running[number] = Task.Run(() => operation(due));
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(running);
        return start + Clock.Ticks(seconds);
    }

    /// <summary>Waits for an outcome; false when it doesn't come.</summary>
    public static async Task<bool> Until(Func<Task<bool>> reached, double seconds)
    {
        for (var end = Clock.Now + Clock.Ticks(seconds); Clock.Now < end;)
        {
            if (await reached()) return true;
            await Task.Delay(5);
        }
        return await reached();
    }
}

/// <summary>The readings of all sides of a benchmark.</summary>
sealed class Measured(IReadOnlyDictionary<string, List<Reading>> readings)
{
    public Ratio Rates(string upper, string lower) => Ratio.Of(Each(upper, reading => reading.PerSecond), Each(lower, reading => reading.PerSecond));

    public IReadOnlyList<double> Rates(string side) => Each(side, reading => reading.PerSecond);

    public IReadOnlyList<double> P50s(string side) => Each(side, P50);

    public Ratio Medians(string upper, string lower) => Ratio.Of(Each(upper, P50), Each(lower, P50));

    public Figures this[string side] => Figures.Of(readings[side]);

    /// <summary>Of every side with its reason; empty when all counts.</summary>
    public string Wrong => string.Join("; ", readings.SelectMany(side => side.Value.Where(reading => reading.Wrong != "").Select(reading => $"{side.Key} {reading.Wrong}")).Distinct());

    /// <param name="id">The benchmark.</param>
    /// <param name="target">In words.</param>
    /// <param name="ratio">What the target speaks of.</param>
    /// <param name="met">Told the ratio and our side.</param>
    /// <param name="notes">Further numbers.</param>
    public Outcome Outcome(string id, string target, Ratio ratio, Func<Ratio, Figures, bool> met, params (string Name, double Value)[] notes) => new(
        id, target, met(ratio, this["platform"]), ratio, this["platform"].P50, this["platform"].P99, Wrong,
        readings.ToDictionary(side => side.Key, side => Figures.Of(side.Value)), notes.ToDictionary(note => note.Name, note => note.Value));

    List<double> Each(string side, Func<Reading, double> of) => [.. readings[side].Select(of)];

    static double P50(Reading reading) => Statistics.Percentile(reading.Latencies, 0.5);
}
