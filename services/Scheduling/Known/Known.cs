using Marten;
using Training.Foundation;

namespace Training.Scheduling.Known;

/// <summary>The table of contents: what other services told, kept as plain documents.</summary>
public static class Known
{
    public static StoreOptions AddKnown(this StoreOptions store)
    {
        store.Schema.For<KnownEmployee>().Index(employee => employee.EstateId);
        store.Schema.For<KnownEstate>().Index(estate => estate.Region);
        // Told by runs side by side, so two of them may hold the same one.
        store.Schema.For<KnownCertificate>().UseOptimisticConcurrency(true);
        store.Schema.For<KnownCourse>();
        store.Schema.For<KnownTrainer>();
        store.Schema.For<KnownVenue>().Index(venue => venue.Region);
        store.Schema.For<KnownPlan>();
        return store;
    }

    /// <summary>Loads one that must exist.</summary>
    internal static async Task<T> Must<T>(this IQuerySession query, Guid id, CancellationToken ct) where T : class =>
        await query.LoadAsync<T>(id, ct) ?? throw new Missing(typeof(T).Name.Replace("Known", "", StringComparison.Ordinal), id);

    /// <summary>Replaces one that must exist.</summary>
    internal static async Task Revise<T>(this IDocumentSession session, Guid id, Func<T, T> revise, CancellationToken ct) where T : class =>
        session.Store(revise(await session.Must<T>(id, ct)));

    /// <summary>Loads all of these, each of which must exist.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, T>> MustAll<T>(this IQuerySession query, IEnumerable<Guid> ids, Func<T, Guid> id, CancellationToken ct) where T : class
    {
        Guid[] wanted = [.. ids.Distinct()];
        var found = (await query.LoadManyAsync<T>(ct, wanted)).ToDictionary(id);
        return wanted.FirstOrDefault(one => !found.ContainsKey(one)) is var lost && lost != Guid.Empty
            ? throw new Missing(typeof(T).Name.Replace("Known", "", StringComparison.Ordinal), lost)
            : found;
    }
}
