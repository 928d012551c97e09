using System.Diagnostics;
using Marten;
using Npgsql;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>
/// Brings HR messages into the store, each exactly once and whatever their order: many in one transaction, never two on one stream, and
/// what can't be acted on into quarantine. What waits in quarantine for something that arrives is taken up again.
/// </summary>
sealed class HrInbox(IServiceScopeFactory scopes, IEnumerable<IHrConsumer> consumers, TimeProvider clock, ILogger<HrInbox> log)
{
    public static readonly ActivitySource Source = new("Training.HrEdge");

    const int Attempts = 3;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, IHrConsumer> consumers = consumers.SelectMany(consumer => consumer.Types.Select(type => (type, consumer)))
        .ToDictionary(pair => pair.type, pair => pair.consumer);

    /// <summary>Returns when all of it is stored; until then nothing may be acknowledged.</summary>
    public async Task Receive(IEnumerable<HrDelivery> batch, CancellationToken ct)
    {
        foreach (var tenant in batch.GroupBy(delivery => delivery.Tenant))
            await InRounds(tenant.Key, [.. tenant.Select(delivery => Read(new(delivery)))], ct);
    }

    /// <summary>Takes one message within a person's transaction, commits it, and takes up what waited for it.</summary>
    /// <exception cref="RuleBroken">The message is refused; nothing is stored.</exception>
    public async Task Accept(IDocumentSession session, HrDelivery delivery, CancellationToken ct)
    {
        var item = Read(new(delivery with { Replayed = true }));
        if (item.Refusal is null) await HrBatch.Apply(session, delivery.Tenant, [item], clock.GetUtcNow(), ct);
        if (item.Refusal is { } refusal) throw new RuleBroken(refusal.Code, refusal.Reason);
        await session.SaveChangesAsync(ct);
        item.Span?.Dispose();
        await Release(delivery.Tenant, (item.Work?.Provides ?? []).ToHashSet(), ct);
    }

    /// <summary>Takes up what waited for one of these keys.</summary>
    public async Task Release(string tenant, IReadOnlySet<string> provided, CancellationToken ct) =>
        await InRounds(tenant, await Waiting(tenant, provided, ct), ct);

    async Task InRounds(string tenant, List<HrItem> pending, CancellationToken ct)
    {
        while (pending.Count > 0)
        {
            var round = NextRound(pending);
            pending = [.. pending.Except(round)];
            await Settle(tenant, round, ct);
            var provided = round.Where(item => item.Refusal is null).SelectMany(item => item.Work?.Provides ?? []).ToHashSet();
            var released = await Waiting(tenant, provided, ct);
            pending.AddRange(released.Where(item => pending.All(other => other.ReleasedFrom != item.ReleasedFrom)));
        }
    }

    /// <summary>The messages that neither share a stream with an earlier one nor build on it.</summary>
    static List<HrItem> NextRound(List<HrItem> pending)
    {
        var (streams, provided, round) = (new HashSet<Guid>(), new HashSet<string>(), new List<HrItem>());
        foreach (var item in pending)
        {
            var first = streams.Add(item.Work?.Stream ?? item.QuarantineId);
            if (first && item.Work?.Needs.Any(provided.Contains) != true) round.Add(item);
            provided.UnionWith(item.Work?.Provides ?? []);
        }
        return round;
    }

    async Task Settle(string tenant, List<HrItem> round, CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<Origin>().Is(tenant, "", "", "hr");
                var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
                await HrBatch.Apply(session, tenant, round, clock.GetUtcNow(), ct);
                await session.SaveChangesAsync(ct);
                foreach (var item in round) item.Span?.Dispose();
                return;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(exception, "Storing {Count} HR messages failed", round.Count);
                foreach (var item in round) Read(item);
                if (round.Count > 1)
                {
                    foreach (var item in round) await Settle(tenant, [item], ct);
                    return;
                }
                if (!MayPass(exception) && attempt >= Attempts) round[0].Refuse("unexpected", $"The message could not be stored: {exception.Message}");
                await Task.Delay(pause, ct);
                pause = pause < LongestPause ? pause * 2 : LongestPause;
            }
    }

    async Task<List<HrItem>> Waiting(string tenant, IReadOnlySet<string> provided, CancellationToken ct)
    {
        if (provided.Count == 0) return [];
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(tenant, "", "", "hr");
        var query = scope.ServiceProvider.GetRequiredService<IQuerySession>();

        var entries = await query.Query<QuarantinedMessage>().Where(entry => entry.Waits).ToListAsync(ct);
        var ready = entries.Where(entry => entry.WaitsFor.Any(provided.Contains)).Select(entry => entry.Id).ToArray();
        if (ready.Length == 0) return [];
        var bodies = await query.LoadManyAsync<QuarantinedBody>(ct, ready);
        return [.. bodies.Select(kept => Read(new(new(kept.Body, tenant, "", Replayed: true), kept.Id)))];
    }

    HrItem Read(HrItem item)
    {
        item.Read(consumers);
        return item;
    }

    static bool MayPass(Exception exception) => exception switch
    {
        _ when WriteConflict.Is(exception) => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or TimeoutException => true,
        _ => exception.InnerException is { } inner && MayPass(inner),
    };
}
