using Marten;
using Marten.Linq;

namespace Training.Foundation;

/// <summary>A piece of a list, and how long the whole list is.</summary>
public record Page<T>(IReadOnlyList<T> Items, long Total);

public static class Paging
{
    const int Most = 10_000;

    /// <summary>Reads from <paramref name="skip"/> on at most <paramref name="take"/> items, 100 unless told; less than nothing counts as nothing.</summary>
    public static async Task<Page<TView>> Page<T, TView>(
        this IQueryable<T> query, Func<T, TView> view, int? skip, int? take, CancellationToken ct) where T : notnull
    {
        var items = await ((IMartenQueryable<T>)query).Stats(out var stats).Skip(Math.Max(skip ?? 0, 0)).Take(Math.Clamp(take ?? 100, 0, Most)).ToListAsync(ct);
        // The total travels with the rows, so an empty piece past the end brings none.
        return new([.. items.Select(view)], items.Count == 0 && skip > 0 ? (await query.Page(view, 0, 1, ct)).Total : stats.TotalResults);
    }
}
