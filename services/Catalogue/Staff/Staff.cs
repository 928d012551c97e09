using Marten;

namespace Training.Catalogue.Staff;

/// <summary>The table of contents: what is stored; nothing can be asked here.</summary>
public static class Staff
{
    public static StoreOptions AddStaff(this StoreOptions store)
    {
        store.Schema.For<KnownEmployee>().Index(employee => employee.PositionCode);
        return store;
    }

    /// <summary>Heads per position code.</summary>
    internal static async Task<IReadOnlyDictionary<string, int>> Heads(this IQuerySession query, CancellationToken ct)
    {
        var positions = await query.Query<KnownEmployee>().Where(employee => employee.Active).Select(employee => employee.PositionCode).ToListAsync(ct);
        return positions.CountBy(position => position).ToDictionary();
    }
}
