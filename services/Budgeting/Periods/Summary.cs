using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Periods;

/// <summary>
/// A budget year in numbers, in the period's currency. <c>Available</c> is F13. Floors are the 1.5 % and 2.5 % accruals of the wage base, the
/// ceiling is the 8 % that can be deducted from tax in the year (财税〔2018〕51号, F14 without the carry-over of earlier years).
/// </summary>
public record Summary(
    int Year, string Currency, decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available,
    decimal FrontLineShare, decimal WageBase, decimal Floor15, decimal Floor25, decimal DeductibleCeiling, decimal Overspent)
{
    public static Summary Of(int year, BudgetPeriod period, IEnumerable<LineCard> lines)
    {
        var all = lines.ToList();
        var wages = period.WageBases.Values.Sum(money => money.Amount);
        var allocated = all.Sum(line => line.Allocated);
        return new(year, period.Currency, allocated, all.Sum(line => line.Reserved), all.Sum(line => line.Committed), all.Sum(line => line.Actual),
            all.Sum(line => line.Available), allocated == 0 ? 0 : all.Where(line => line.FrontLine).Sum(line => line.Allocated) / allocated,
            wages, Share(wages, 0.015m), Share(wages, 0.025m), Share(wages, 0.08m), all.Sum(line => line.Overspent));

        decimal Share(decimal amount, decimal share) => (new Money(amount, period.Currency) * share).Rounded().Amount;
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
