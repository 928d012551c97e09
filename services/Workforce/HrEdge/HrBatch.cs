using Marten;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>Many messages of one tenant in one transaction, no two of them on the same stream.</summary>
static class HrBatch
{
    /// <summary>Decides and appends; commits nothing. Afterwards each item says what became of it.</summary>
    public static async Task Apply(IDocumentSession session, string tenant, IReadOnlyList<HrItem> items, DateTimeOffset now, CancellationToken ct)
    {
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

    static async Task Count(IDocumentSession session, IReadOnlyList<HrItem> items, DateTimeOffset now, CancellationToken ct)
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
}
