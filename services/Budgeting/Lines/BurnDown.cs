using JasperFx.Events;
using Marten;
using Marten.Events;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Budgeting.Periods;
using Training.Foundation;

namespace Training.Budgeting.Lines;

/// <summary>Where a budget year stood at the end of a month, over all lines; amounts in <c>Currency</c> of the year. Months are those of UTC: a group's time zone is not known here.</summary>
public record BurnDownMonth(DateOnly Month, decimal Reserved, decimal Committed, decimal Actual, decimal Overspent);

/// <summary>How a budget year was used up, month by month: the facts of its lines, added up.</summary>
public record BurnDown(int Year, string Currency, IReadOnlyList<BurnDownMonth> Items)
{
    public static BurnDown Of(int year, string currency, IEnumerable<(DateTimeOffset At, ILineFact Fact)> facts)
    {
        List<BurnDownMonth> months = [];
        var lines = new Dictionary<RunId, Hold>();
        var (none, actual, overspent) = (Money.Zero(currency), 0m, 0m);
        foreach (var month in facts.OrderBy(one => one.At).GroupBy(one => new DateOnly(one.At.Year, one.At.Month, 1)).OrderBy(month => month.Key))
        {
            foreach (var (_, fact) in month) Count(fact);
            months.Add(new(month.Key, lines.Values.Sum(hold => hold.Reserved.Amount), lines.Values.Sum(hold => hold.Committed.Amount), actual, overspent));
        }
        return new(year, currency, months);

        void Count(ILineFact fact)
        {
            switch (fact)
            {
                case FundsReserved e: Set(e.RunId, Of(e.RunId) with { Reserved = Of(e.RunId).Reserved + e.Amount }); break;
                case FundsCommitted e: Set(e.RunId, new(Of(e.RunId).Reserved - e.Amount, Of(e.RunId).Committed + e.Amount)); break;
                case FundsReleased e: Take(e.RunId, e.Amount); break;
                case RunActualPosted e: Take(e.RunId, e.Amount); actual += e.Amount.Amount; break;
                case RunOverspent e: overspent += e.Excess.Amount; break;
                case OtherActualPosted e: actual += e.Amount.Amount; break;
            }
        }

        Hold Of(RunId run) => lines.GetValueOrDefault(run) ?? new(none, none);
        void Set(RunId run, Hold hold) => lines[run] = hold;

        void Take(RunId run, Money amount)
        {
            var committed = Math.Min(amount.Amount, Of(run).Committed.Amount);
            var reserved = Math.Min(amount.Amount - committed, Of(run).Reserved.Amount);
            Set(run, new(Of(run).Reserved - new Money(reserved, currency), Of(run).Committed - new Money(committed, currency)));
        }
    }
}

static class GetBurnDown
{
    internal static async Task<Ok<BurnDown>> Handle(int year, Origin origin, IQuerySession query, CancellationToken ct)
    {
        var period = await query.LoadAsync<BudgetPeriod>(BudgetPeriod.IdOf(origin.Tenant, year), ct) ?? throw new Missing("Budget year", year);
        Guid[] lines = [.. await query.Query<BudgetLine>().Where(line => line.Purpose.Year == year && line.Allocated.Currency == period.Currency).Select(line => line.Id).ToListAsync(ct)];
        var stored = await query.Events.QueryAllRawEvents()
            .Where(e => e.StreamId.IsOneOf(lines) && e.EventTypesAre(typeof(FundsReserved), typeof(FundsCommitted), typeof(FundsReleased), typeof(RunActualPosted), typeof(RunOverspent), typeof(OtherActualPosted))).ToListAsync(ct);
        return TypedResults.Ok(BurnDown.Of(year, period.Currency, stored.OrderBy(e => e.Sequence).Select(e => (At(e), (ILineFact)e.Data))));
    }

    /// <summary>By the time the command carried, not by the clock of the database.</summary>
    static DateTimeOffset At(IEvent stored) => stored.Data switch
    {
        FundsReserved e => e.At, FundsCommitted e => e.At, FundsReleased e => e.At, RunActualPosted e => e.At, RunOverspent e => e.At, OtherActualPosted e => e.At, _ => stored.Timestamp,
    };
}
