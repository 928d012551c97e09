namespace Training.Portal.Clients;

/// <summary>The budget years that are open, newest first, and the year to show unless another is asked for.</summary>
public sealed record BudgetYears(IReadOnlyList<PeriodCardView> Open, int Shown)
{
    public static async Task<BudgetYears> Ask(Backend backend, TimeProvider clock) =>
        Of((await backend.Get<Listing<PeriodCardView>>("Budgeting", "/periods?take=1000")).Value?.Items ?? [], Words.Local(clock.GetUtcNow(), Words.GroupZone).Year);

    /// <summary>Shown is the year that contains today, or else the newest.</summary>
    public static BudgetYears Of(IEnumerable<PeriodCardView> periods, int today)
    {
        var open = periods.OrderByDescending(one => one.Year).ToList();
        return new(open, open.Count == 0 || open.Any(one => one.Year == today) ? today : open[0].Year);
    }
}
