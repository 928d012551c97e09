using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Periods;

/// <summary>How a rule stands; unknown while there are no wages or no money to judge it by.</summary>
public enum RuleStatus { Unknown, Met, NotMet }

/// <summary>
/// The statutory rules of one legal entity in a budget year, in the period's currency; they bind the company that pays the wages, not the group. Allocated
/// money is held against the accruals of 1.5 % and 2.5 % of the wages (财建〔2006〕317号) and the 60 % for front-line staff (国务院关于加强职业培训促进就业的意见),
/// actual and overspent money against the 8 % that can be deducted from tax in the year (财税〔2018〕51号, F14 without the carry-over of earlier years).
/// </summary>
public record EntityRules(
    string LegalEntity, decimal WageBase, decimal Allocated, decimal Actual, decimal Overspent, decimal Floor15, decimal Floor25, decimal DeductibleCeiling, decimal FrontLineShare,
    RuleStatus Floor15Status, RuleStatus Floor25Status, RuleStatus CeilingStatus, RuleStatus FrontLineStatus)
{
    const decimal FrontLineFloor = 0.6m;

    public static EntityRules Of(string legalEntity, BudgetPeriod period, IReadOnlyList<LineCard> lines)
    {
        // Wages in another currency than the budget say nothing about it.
        var known = period.WageBases.TryGetValue(legalEntity, out var posted) && posted.Currency == period.Currency;
        var wages = known ? posted : Money.Zero(period.Currency);
        var (allocated, actual, overspent) = (lines.Sum(line => line.Allocated), lines.Sum(line => line.Actual), lines.Sum(line => line.Overspent));
        var (floor15, floor25, ceiling, frontLine) = (Share(0.015m), Share(0.025m), Share(0.08m), FrontLineShareOf(lines));
        return new(legalEntity, wages.Amount, allocated, actual, overspent, floor15, floor25, ceiling, frontLine,
            Status(known, allocated >= floor15), Status(known, allocated >= floor25), Status(known, actual + overspent <= ceiling), Status(allocated > 0, frontLine >= FrontLineFloor));

        decimal Share(decimal share) => (wages * share).Rounded().Amount;
    }

    public static decimal FrontLineShareOf(IReadOnlyList<LineCard> lines) =>
        lines.Sum(line => line.Allocated) is var allocated and not 0 ? lines.Where(line => line.FrontLine).Sum(line => line.Allocated) / allocated : 0;

    static RuleStatus Status(bool known, bool met) => !known ? RuleStatus.Unknown : met ? RuleStatus.Met : RuleStatus.NotMet;
}
