namespace Training.Benchmarks.Messaging;

/// <summary>One side in one round. Latencies in milliseconds, processor time of the whole window; <c>Wrong</c> says why the reading doesn't count.</summary>
sealed record Reading(double PerSecond, IReadOnlyList<double> Latencies, long Events, Cpu Cpu, string Wrong = "")
{
    public static Reading OfRate(long events, long ticks, Cpu cpu, string wrong = "") => new(events / (Clock.Ms(ticks) / 1_000), [], events, cpu, wrong);
}

/// <summary>One of the things a benchmark sets side by side: starts, warms up, measures, checks and stops.</summary>
sealed record Side(string Name, Func<int, Task<Reading>> Measure);

/// <summary>All rounds of one side: medians over the rounds.</summary>
sealed record Figures(double PerSecond, double P50, double P99, Cpu CpuPerEvent, IReadOnlyList<double> Rates, IReadOnlyList<double> P50s)
{
    public static Figures Of(IReadOnlyList<Reading> readings) => new(
        Median(readings, reading => reading.PerSecond),
        Median(readings, reading => Statistics.Percentile(reading.Latencies, 0.5)),
        Median(readings, reading => Statistics.Percentile(reading.Latencies, 0.99)),
        new(
            Median(readings, reading => reading.Cpu.App / reading.Events),
            Median(readings, reading => reading.Cpu.Postgres / reading.Events),
            Median(readings, reading => reading.Cpu.Broker / reading.Events)),
        [.. readings.Select(reading => reading.PerSecond)],
        [.. readings.Select(reading => Statistics.Percentile(reading.Latencies, 0.5))]);

    static double Median(IReadOnlyList<Reading> readings, Func<Reading, double> of) => Statistics.Median([.. readings.Select(of)]);
}

/// <summary>What a benchmark found. <c>Notes</c> are further numbers under names of their own.</summary>
sealed record Outcome(
    string Id, string Target, bool Met, Ratio Ratio, double P50, double P99, string Wrong, IReadOnlyDictionary<string, Figures> Sides, IReadOnlyDictionary<string, double> Notes)
{
    public IEnumerable<string> Lines()
    {
        yield return $"{Id} ratio={Ratio} p50_ms={Number(P50)} p99_ms={Number(P99)} target={Target} {Verdict}";
        foreach (var (name, side) in Sides)
            yield return $"  {name,-14} per_s={Number(side.PerSecond)} p50_ms={Number(side.P50)} p99_ms={Number(side.P99)} "
                + $"cpu_ms_per_event app={Number(side.CpuPerEvent.App)} postgres={Number(side.CpuPerEvent.Postgres)} broker={Number(side.CpuPerEvent.Broker)}";
        if (Notes.Count > 0) yield return $"  {string.Join(" ", Notes.Select(note => $"{note.Key}={Number(note.Value)}"))}";
    }

    /// <summary>The tables of the documentation: a row for each benchmark, and one for each side of each.</summary>
    public static IEnumerable<string> Markdown(IReadOnlyList<Outcome> outcomes)
    {
        yield return "| | ratio, median [least-most] | p50, p99 ms | target | | further |";
        yield return "|---|---|---|---|---|---|";
        foreach (var outcome in outcomes)
            yield return $"| {outcome.Id} | {outcome.Ratio} | {Times(outcome.P50, outcome.P99)} | {Words(outcome.Target).Replace(">=", "≥ ").Replace("<=", "≤ ").Replace(",", ", ")} | {outcome.Verdict} "
                + $"| {string.Join(", ", outcome.Notes.Select(note => $"{Words(note.Key)} {Number(note.Value)}"))} |";
        yield return "";
        yield return "| | side | per second | p50, p99 ms | processor ms per event: app, PostgreSQL, broker |";
        yield return "|---|---|---|---|---|";
        foreach (var outcome in outcomes)
            foreach (var (index, (name, side)) in outcome.Sides.Index())
                yield return $"| {(index == 0 ? outcome.Id : "")} | {name} | {Number(side.PerSecond)} | {Times(side.P50, side.P99)} | {Number(side.CpuPerEvent.App)}, {Number(side.CpuPerEvent.Postgres)}, {Number(side.CpuPerEvent.Broker)} |";
    }

    static string Words(string name) => name.Replace('_', ' ').Replace("marten", "Marten").Replace("wolverine", "Wolverine");

    static string Times(double p50, double p99) => double.IsNaN(p50) && double.IsNaN(p99) ? "" : $"{Number(p50)}, {Number(p99)}";

    string Verdict => Wrong != "" ? $"invalid: {Wrong}" : Met ? "met" : "short";

    /// <summary>Three digits that count; a dash for what was not measured.</summary>
    static string Number(double value) => value switch
    {
        double.NaN => "-",
        >= 100 => FormattableString.Invariant($"{value:N0}"),
        >= 10 => FormattableString.Invariant($"{value:0.0}"),
        >= 1 => FormattableString.Invariant($"{value:0.00}"),
        _ => FormattableString.Invariant($"{value:0.000}"),
    };
}
