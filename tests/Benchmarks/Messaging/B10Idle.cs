using System.Globalization;

namespace Training.Benchmarks.Messaging;

/// <summary>Idle: the statements a second PostgreSQL gets from a service nobody uses (the real Scheduling), and the share of a core the service takes.</summary>
static class B10Idle
{
    const double MostStatements = 20, SettleSeconds = 25;

    public static async Task<Outcome> Run(Rig rig)
    {
        var seconds = rig.Extent.Quick ? 5 : 60;
        // Side by side at the same time: idle programs don't disturb one another.
        var sides = new[] { ("platform", Roles.IdleService), ("marten", Roles.IdleMarten), ("wolverine", Roles.WolverineSubscriber) };
        var readings = await Task.WhenAll(sides.Select(side => Idle(rig, side.Item2, seconds)));
        var measured = new Measured(sides.Zip(readings).ToDictionary(pair => pair.First.Item1, pair => new List<Reading> { pair.Second }));
        return measured.Outcome("B10", $"<={MostStatements:0}_statements/s", Ratio.Of([readings[0].PerSecond], [readings[1].PerSecond]), (_, ours) => ours.PerSecond <= MostStatements,
            [.. sides.Zip(readings).Select(pair => ($"{pair.First.Item1}_core_percent", 100 * pair.Second.Cpu.App / pair.Second.Events))]);
    }

    static async Task<Reading> Idle(Rig rig, string role, int seconds)
    {
        await using var place = await rig.Servers.NewPlace($"b10-{role}");
        await using var service = await Child.Start(rig.Cpu, role, place);
        // Where the module is not loaded, transactions are counted instead, which are fewer.
        var counts = (await place.Ask("show shared_preload_libraries")).Contains("pg_stat_statements", StringComparison.Ordinal);
        if (counts) await place.Execute("create extension pg_stat_statements");
        await Task.Delay(TimeSpan.FromSeconds(SettleSeconds));
        var (start, before, cpu) = (Clock.Now, await Statements(place, counts), CpuMeter.Own(service.Id));
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (made, used, ms) = (await Statements(place, counts) - before, CpuMeter.Own(service.Id) - cpu, Clock.Ms(Clock.Now - start));
        // All three look at their store more than once a second, so silence means that the service is not there.
        return new(made / (ms / 1_000), [], (long)ms, new(used, 0, 0), made > seconds ? "" : "is not running");
    }

    static async Task<double> Statements(Place place, bool counts) => double.Parse(await place.Ask(counts
        ? "select coalesce(sum(calls), 0) from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())"
        : "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"), CultureInfo.InvariantCulture);
}
