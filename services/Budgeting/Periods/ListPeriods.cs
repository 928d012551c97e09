using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Periods;

/// <summary>A budget year that is open.</summary>
public record PeriodCard(int Year, string Currency);

static class ListPeriods
{
    /// <summary>A year that only has wages so far is not open.</summary>
    internal static async Task<Ok<Page<PeriodCard>>> Handle(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<BudgetPeriod>().Where(period => period.Year > 0).OrderBy(period => period.Year)
            .Page(period => new PeriodCard(period.Year, period.Currency), skip, take, ct));
}
