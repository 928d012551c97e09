using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using Training.Foundation;
using Collision = JasperFx.Events.ExistingStreamIdCollisionException;
using MartenCollision = Marten.Exceptions.ExistingStreamIdCollisionException;

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
        if (item.Refusal is null) await Apply(session, delivery.Tenant, [item], ct);
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
                await Apply(session, tenant, round, ct);
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

    async Task Apply(IDocumentSession session, string tenant, List<HrItem> items, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var seen = (await session.LoadManyAsync<SeenEvent>(ct, [.. items.Select(item => item.Message?.Key).OfType<Guid>()])).Select(one => one.Id).ToHashSet();
        foreach (var item in items) item.Duplicate = item.Refusal is null && item.Message is { } message && seen.Contains(message.Key);

        var work = items.Where(item => item is { Refusal: null, Duplicate: false }).Select(item => item.Work).OfType<HrWork>().ToList();
        var known = await Known.Load(session, tenant, work, ct);
        foreach (var alike in work.GroupBy(one => one.GetType())) await alike.First().Open(session, [.. alike], ct);

        foreach (var item in items.Where(item => !item.Duplicate))
        {
            var trace = item.Trace();
            if (item is { Refusal: null, Message: { } message, Work: { } todo }) item.Try(() => Take(session, message, todo, known, trace, now));
            if (item.Refusal is { } refusal) await Quarantine(session, item, refusal, trace, now, ct);
        }
        foreach (var item in items.Where(item => item.ReleasedFrom != Guid.Empty && item.Refusal is null))
            await session.Amend<QuarantinedMessage>(item.ReleasedFrom, entry => RedriveMessageHandler.Decide(entry, new("arrival", Corrected: false, now)), ct);
        await Count(session, items, now, ct);
    }

    static void Take(IDocumentSession session, HrMessage message, HrWork work, Known known, string trace, DateTimeOffset now)
    {
        work.Append([.. work.Decide(known).Select(fact =>
        {
            // The session is shared by many messages, so each fact carries the origin of its own.
            var stored = session.Events.BuildEvent(fact);
            (stored.CorrelationId, stored.CausationId) = (message.CorrelationId, message.Id);
            stored.SetHeader(Header.TraceParent, trace);
            return stored;
        })]);
        session.Insert(new SeenEvent(message.Key, now));
        session.StoreObjects(work.Documents);
    }

    static async Task Quarantine(IDocumentSession session, HrItem item, Refusal refusal, string trace, DateTimeOffset now, CancellationToken ct)
    {
        var (id, message) = (item.ReleasedFrom == Guid.Empty ? item.QuarantineId : item.ReleasedFrom, item.Message);
        var command = new Quarantine(id, message?.Source ?? "", message?.Id ?? "", message?.Type ?? "", refusal.Code, refusal.Reason, refusal.WaitsFor, now);
        await session.Start<QuarantinedMessage>(id, entry => QuarantineHandler.Decide(entry, command), ct);
        if (item.ReleasedFrom == Guid.Empty) session.Store(new QuarantinedBody(id, item.Delivery.Body, trace));
    }

    static async Task Count(IDocumentSession session, List<HrItem> items, DateTimeOffset now, CancellationToken ct)
    {
        var bySource = items.GroupBy(item => item.Message?.Source ?? "unknown").ToList();
        var known = (await session.LoadManyAsync<HrSource>(ct, [.. bySource.Select(source => source.Key)])).ToDictionary(source => source.Id);
        foreach (var group in bySource)
        {
            var source = known.GetValueOrDefault(group.Key) ?? new() { Id = group.Key };
            source.LastReceivedAt = now;
            source.LastEventAt = group.Select(item => item.Message?.Time ?? default).Append(source.LastEventAt).Max();
            source.Accepted += group.Count(item => item is { Refusal: null, Duplicate: false });
            source.Duplicates += group.Count(item => item.Duplicate);
            source.Quarantined += group.Count(item => item.Refusal is not null && item.ReleasedFrom == Guid.Empty);
            session.Store(source);
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
        ConcurrencyException or EventStreamUnexpectedMaxEventIdException or Collision or MartenCollision or DocumentAlreadyExistsException => true,
        PostgresException postgres => postgres.IsTransient,
        NpgsqlException or TimeoutException => true,
        _ => exception.InnerException is { } inner && MayPass(inner),
    };
}
