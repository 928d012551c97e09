using JasperFx.Events;
using JasperFx.Events.Aggregation;
using Marten;
using Training.Foundation;

namespace Training.Scheduling.Calendars;

/// <summary>
/// The streams of one command: each is read once, later decisions see the facts of earlier ones, and all are written together with the versions
/// they were read at, so that nobody else can have booked in between.
/// </summary>
sealed class Desk(IDocumentSession session)
{
    readonly Dictionary<Guid, Sheet> sheets = [];

    internal async Task<T?> Read<T>(Guid id, CancellationToken ct) where T : class => (T?)(await Open<T>(id, ct)).Working;

    internal async Task<T> Must<T>(Guid id, CancellationToken ct) where T : class => await Read<T>(id, ct) ?? throw new Missing(typeof(T).Name, id);

    /// <summary>A stream as it would now be, if it was read here before.</summary>
    internal T? Seen<T>(Guid id) where T : class => sheets.TryGetValue(id, out var sheet) ? (T?)sheet.Working : null;

    /// <summary>Decides on a stream that may not exist yet.</summary>
    internal async Task<IFact[]> Write<T>(Guid id, Func<T?, IFact[]> decide, CancellationToken ct) where T : class
    {
        var sheet = await Open<T>(id, ct);
        var facts = decide((T?)sheet.Working);
        if (facts.Length == 0) return facts;
        sheet.Working = await Fold((T?)sheet.Working, id, sheet.Version + sheet.Pending.Count, facts, ct);
        sheet.Pending.AddRange(facts);
        return facts;
    }

    /// <summary>Decides on a stream that must exist.</summary>
    internal Task<IFact[]> Change<T>(Guid id, Func<T, IFact[]> decide, CancellationToken ct) where T : class =>
        Write<T>(id, state => decide(state ?? throw new Missing(typeof(T).Name, id)), ct);

    /// <summary>Hands all facts to the session; in a consumer the inbox commits.</summary>
    internal void Append()
    {
        foreach (var (id, sheet) in sheets.Where(pair => pair.Value.Pending.Count > 0))
            if (sheet.Fresh is { } append) append(sheet.Pending);
            else if (sheet.Version == 0) session.Events.StartStream(id, sheet.Pending.Cast<object>());
            else session.Events.Append(id, sheet.Version + sheet.Pending.Count, sheet.Pending.Cast<object>());
    }

    internal async Task Commit(CancellationToken ct)
    {
        Append();
        await session.SaveChangesAsync(ct);
        foreach (var sheet in sheets.Values)
        {
            sheet.Version += sheet.Pending.Count;
            // A commit ends what was fetched for writing, also where nothing was written: appended to later, it would be lost without a word.
            (sheet.Stored, sheet.Fresh) = (sheet.Working, null);
            sheet.Pending.Clear();
        }
    }

    /// <summary>Drops what was decided since the last commit.</summary>
    internal void Discard()
    {
        foreach (var sheet in sheets.Values)
        {
            sheet.Working = sheet.Stored;
            sheet.Pending.Clear();
        }
    }

    async Task<Sheet> Open<T>(Guid id, CancellationToken ct) where T : class
    {
        if (sheets.TryGetValue(id, out var known)) return known;
        var stream = await session.Events.FetchForWriting<T>(id, ct);
        return sheets[id] = new()
        {
            Version = stream.CurrentVersion ?? 0, Stored = stream.Aggregate, Working = stream.Aggregate,
            Fresh = facts => stream.AppendMany(facts.Cast<object>()),
        };
    }

    async Task<T?> Fold<T>(T? state, Guid id, long version, IFact[] facts, CancellationToken ct) where T : class
    {
        IEvent[] events = [.. facts.Select((fact, index) =>
        {
            var stored = Event.For(fact);
            (stored.StreamId, stored.Version) = (id, version + index + 1);
            return stored;
        })];
        return await Folds<T>.One.BuildAsync(events, session, state, ct);
    }

    static class Folds<T> where T : class
    {
        internal static readonly IAggregator<T, IQuerySession> One = new StoreOptions().Projections.AggregatorFor<T>();
    }

    sealed class Sheet
    {
        internal long Version { get; set; }
        internal object? Stored { get; set; }
        internal object? Working { get; set; }
        internal Action<IEnumerable<IFact>>? Fresh { get; set; }
        internal List<IFact> Pending { get; } = [];
    }
}
