using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Periods;

/// <summary>
/// A budget year in numbers, in the period's currency. <c>Available</c> is F13; <c>Overspent</c> is what runs cost beyond their lines, not part of <c>Actual</c>.
/// Wages, floors and ceiling are the sums of the legal entities, which alone are bound by the rules.
/// </summary>
public record Summary(
    int Year, string Currency, decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available,
    decimal FrontLineShare, decimal WageBase, decimal Floor15, decimal Floor25, decimal DeductibleCeiling, decimal Overspent, IReadOnlyList<EntityRules> LegalEntities)
{
    public static Summary Of(int year, BudgetPeriod period, IEnumerable<LineCard> lines)
    {
        var all = lines.ToList();
        var byEntity = all.ToLookup(line => line.LegalEntity);
        List<EntityRules> entities =
        [
            .. byEntity.Select(own => own.Key).Union(period.WageBases.Keys).Order(StringComparer.Ordinal).Select(entity => EntityRules.Of(entity, period, [.. byEntity[entity]])),
        ];
        return new(year, period.Currency, all.Sum(line => line.Allocated), all.Sum(line => line.Reserved), all.Sum(line => line.Committed), all.Sum(line => line.Actual),
            all.Sum(line => line.Available), EntityRules.FrontLineShareOf(all), entities.Sum(entity => entity.WageBase), entities.Sum(entity => entity.Floor15),
            entities.Sum(entity => entity.Floor25), entities.Sum(entity => entity.DeductibleCeiling), all.Sum(line => line.Overspent), entities);
    }
}

static class GetSummary
{
    internal static async Task<Ok<Summary>> Handle(int year, Origin origin, IQuerySession query, CancellationToken ct)
    {
        var period = await query.LoadAsync<BudgetPeriod>(BudgetPeriod.IdOf(origin.Tenant, year), ct) ?? throw new Missing("Budget year", year);
        var lines = await query.Query<BudgetLine>().Where(line => line.Purpose.Year == year && line.Allocated.Currency == period.Currency).ToListAsync(ct);
        return TypedResults.Ok(Summary.Of(year, period, lines.Select(LineCard.Of)));
    }
}
