using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Services;
using Npgsql;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Loss: twelve writers for four tenants, one transaction in ten held open up to five seconds after its append, one in ten rolled back. What was
/// committed must be handed to the outbox once, what was rolled back never, and each stream in order. The peer passes gaps by the clock.
/// </summary>
static class B13Loss
{
    const int Writers = 12, Tenants = 4;
    const double HoldSeconds = 5;

    public static async Task<Outcome> Run(Rig rig)
    {
        var seconds = rig.Extent.Quick ? 6 : 60;
        var (ours, theirs) = (new Account(), new Account());
        var measured = await Rig.Repeat(1,
            new("platform", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b13-platform");
                await using var platform = await Platform.Build(Platform.Sender, place, stored =>
                {
                    ours.See(stored);
                    return null;
                });
                await platform.Start();
                return await Load(rig, platform.Store, place, ours, seconds, "");
            }),
            new("legacy skip", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b13-skip");
                using var host = await PlainMarten.Host(place, theirs.See, Skipping);
                await using var store = await PlainMarten.Store(place, Skipping);
                var reading = await Load(rig, store, place, theirs, seconds, "the peer may lose");
                await host.StopAsync();
                return reading;
            }));
        return measured.Outcome("B13", "0_missing", new(double.NaN, double.NaN, double.NaN), (_, _) => ours is { Missing: 0, Ghosts: 0, OutOfOrder: 0, Committed: > 0 },
            ("committed", ours.Committed), ("missing", ours.Missing), ("ghosts", ours.Ghosts), ("out_of_order", ours.OutOfOrder), ("longest_hold_ms", ours.LongestHoldMs),
            ("peer_committed", theirs.Committed), ("peer_missing", theirs.Missing));
    }

    static void Skipping(StoreOptions options)
    {
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Projections.SkipStaleGapsDespiteLiveTransactionsAfter = TimeSpan.FromSeconds(3);
    }

    static async Task<Reading> Load(Rig rig, IDocumentStore store, Place place, Account account, double seconds, string tolerated)
    {
        var before = rig.Cpu.Now();
        var until = Clock.Now + Clock.Ticks(seconds);
        await using var source = NpgsqlDataSource.Create(place.Store);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (Clock.Now < until) await Write(store, source, account, random);
        })));
        // What is still missing then, would be missing for ever.
        await Rig.Until(() => Task.FromResult(account.Missing == 0), tolerated == "" ? 60 : 15);
        var latencies = account.Latencies;
        return new(account.Committed / seconds, latencies, account.Committed, rig.Cpu.Now() - before, account.Committed == 0 ? "nothing was committed" : "");
    }

    /// <summary>One or two events in a transaction of its own, whose end is drawn.</summary>
    static async Task Write(IDocumentStore store, NpgsqlDataSource source, Account account, Random random)
    {
        var (stream, draw, tenant) = (Guid.CreateVersion7(), random.NextDouble(), $"tenant-{random.Next(Tenants)}");
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var options = SessionOptions.ForTransaction(transaction, shouldAutoCommit: false);
        options.TenantId = tenant;
        await using var session = store.LightweightSession(options);
        var appended = session.Events.StartStream(stream, [.. Enumerable.Range(0, 1 + random.Next(2)).Select(number => (object)Signals.Make(0, number))]);
        await session.SaveChangesAsync();
        var hold = draw < 0.1 ? random.NextDouble() * HoldSeconds * 1_000 : random.Next(20);
        await Task.Delay(TimeSpan.FromMilliseconds(hold));
        if (draw is >= 0.1 and < 0.2)
        {
            await transaction.RollbackAsync();
            account.RolledBack(appended.Events);
            return;
        }
        await transaction.CommitAsync();
        account.Commit(appended.Events, hold);
    }

    /// <summary>What was committed, and what was handed over.</summary>
    sealed class Account
    {
        readonly ConcurrentDictionary<Guid, long> committed = [], seen = [];
        readonly ConcurrentDictionary<Guid, byte> rolledBack = [];
        readonly ConcurrentDictionary<Guid, long> versions = [];
        readonly Lock gate = new();

        public int OutOfOrder { get; private set; }
        public double LongestHoldMs { get; private set; }
        public int Committed => committed.Count;
        public int Missing => committed.Keys.Count(id => !seen.ContainsKey(id));
        public int Ghosts => rolledBack.Keys.Count(seen.ContainsKey) + seen.Keys.Count(id => !committed.ContainsKey(id) && !rolledBack.ContainsKey(id));

        /// <summary>From the acknowledged commit to the hand-over.</summary>
        public double[] Latencies => [.. committed.Where(one => seen.ContainsKey(one.Key)).Select(one => Clock.Ms(Math.Max(0, seen[one.Key] - one.Value)))];

        public void Commit(IReadOnlyList<IEvent> events, double holdMs)
        {
            foreach (var stored in events) committed[stored.Id] = Clock.Now;
            lock (gate) LongestHoldMs = Math.Max(LongestHoldMs, holdMs);
        }

        public void RolledBack(IReadOnlyList<IEvent> events)
        {
            foreach (var stored in events) rolledBack[stored.Id] = 0;
        }

        public void See(IEvent stored)
        {
            lock (gate)
            {
                // Handed over again after a page was tried again is no disorder; skipping ahead is.
                var last = versions.GetValueOrDefault(stored.StreamId);
                if (stored.Version > last + 1) OutOfOrder++;
                versions[stored.StreamId] = Math.Max(last, stored.Version);
            }
            seen.TryAdd(stored.Id, Clock.Now);
        }
    }
}
