using System.Collections.Concurrent;
using JasperFx.Events;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;

namespace Training.Benchmarks.Messaging;

/// <summary>Tail latency: from the acknowledged append to the subscription that sees the event, at 200 and at 20 a second.</summary>
static class B5TailLatency
{
    const double MostP50 = 10, MostP99 = 50;

    public static async Task<Outcome> Run(Rig rig)
    {
        var measured = await rig.Interleave([.. new[] { 200, 20 }.SelectMany(rate => (Side[])
        [
            new(Name("pgoutput", rate), _ => Replication(rig, rate)),
            new(Name("platform", rate), _ => OfPlatform(rig, rate)),
            new(Name("marten", rate), _ => OfMarten(rig, rate)),
        ])]);
        return measured.Outcome("B5", $"p50<={MostP50:0}ms,p99<={MostP99:0}ms", measured.Medians("platform", "pgoutput"), (_, ours) => ours.P50 <= MostP50 && ours.P99 <= MostP99,
            ("times_faster_than_default_daemon", measured.Medians("marten", "platform").Median));
    }

    static string Name(string side, int rate) => rate == 200 ? side : $"{side}@{rate}";

    static async Task<Reading> OfPlatform(Rig rig, int rate)
    {
        await using var place = await rig.Servers.NewPlace("b5-platform");
        var seen = new Seen();
        // The outbox hands every event it reads to the translation; what is translated to nothing is published nowhere.
        await using var platform = await Platform.Build(Platform.Sender, place, stored =>
        {
            seen.Add(stored);
            return null;
        });
        await platform.Start();
        return await Measure(rig, rate, seen, platform.Append);
    }

    static async Task<Reading> OfMarten(Rig rig, int rate)
    {
        await using var place = await rig.Servers.NewPlace("b5-marten");
        var seen = new Seen();
        using var host = await PlainMarten.Host(place, seen.Add);
        await using var store = await PlainMarten.Store(place);
        var reading = await Measure(rig, rate, seen, async (stream, fact) =>
        {
            await using var session = store.LightweightSession();
            session.Events.StartStream(stream, fact);
            await session.SaveChangesAsync();
        });
        await host.StopAsync();
        return reading;
    }

    /// <summary>The physical limit: PostgreSQL sends the rows of the same table as soon as they are committed.</summary>
    static async Task<Reading> Replication(Rig rig, int rate)
    {
        await using var place = await rig.Servers.NewPlace("b5-pgoutput");
        if (await place.Ask("show wal_level") != "logical") return new(rate, [], 0, default, "has no limit, because PostgreSQL runs without wal_level = logical");
        await using (await Platform.Build(Platform.Sender, place, _ => null)) { /* makes the tables */ }
        await using var raw = new RawStore(place);
        await place.Execute("create publication bench for table mt_events with (publish_via_partition_root = true)");
        var seen = new Seen();
        using var stop = new CancellationTokenSource();
        await using var connection = new LogicalReplicationConnection(place.Store);
        await connection.Open();
        var slot = await connection.CreatePgOutputReplicationSlot($"bench_{Environment.ProcessId}", temporarySlot: true);
        var reading = Task.Run(async () =>
        {
            await foreach (var message in connection.StartReplication(slot, new PgOutputReplicationOptions("bench", PgOutputProtocolVersion.V1), stop.Token))
            {
                if (message is InsertMessage insert)
                {
                    var column = 0;
                    await foreach (var value in insert.NewRow)
                        if (column++ == 2) seen.Add(Guid.Parse(await value.Get<string>(stop.Token)));
                }
                connection.SetReplicationStatus(message.WalEnd);
            }
        });
        var measured = await Measure(rig, rate, seen, raw.Append);
        await stop.CancelAsync();
        try { await reading; } catch (OperationCanceledException) { /* asked to */ }
        return measured;
    }

    static async Task<Reading> Measure(Rig rig, int rate, Seen seen, Func<Guid, SignalRecorded, Task> append)
    {
        var acknowledged = new ConcurrentDictionary<Guid, (long Due, long At)>();
        async Task Append(long due)
        {
            var stream = Guid.CreateVersion7();
            await append(stream, Signals.Make(due));
            acknowledged[stream] = (due, Clock.Now);
        }
        // The first one opens connections and compiles; it is not waited for by luck but until it is seen.
        await Append(Clock.Now);
        await Rig.Until(() => Task.FromResult(seen.Count == 1), 30);
        await Rig.Open(rate, rig.Extent.WarmUp, Append);
        var start = Clock.Now;
        var before = rig.Cpu.Now();
        await Rig.Open(rate, rig.Extent.Seconds, Append);
        var complete = await Rig.Until(() => Task.FromResult(seen.Count >= acknowledged.Count), 30);
        var used = rig.Cpu.Now() - before;
        double[] latencies = [.. acknowledged.Where(append => append.Value.Due >= start && seen.At(append.Key) > 0)
            .Select(append => Clock.Ms(Math.Max(0, seen.At(append.Key) - append.Value.At)))];
        var wrong = !complete ? $"saw {seen.Count} of {acknowledged.Count}" : seen.Count != acknowledged.Count ? "saw an event twice" : "";
        return new(rate, latencies, latencies.Length, used, wrong);
    }

    /// <summary>When each stream's event was seen.</summary>
    sealed class Seen
    {
        readonly ConcurrentDictionary<Guid, long> at = [];
        int count;

        public int Count => Volatile.Read(ref count);

        public void Add(IEvent stored) => Add(stored.StreamId);

        public void Add(Guid stream)
        {
            at.TryAdd(stream, Clock.Now);
            Interlocked.Increment(ref count);
        }

        public long At(Guid stream) => at.GetValueOrDefault(stream);
    }
}
