using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Budgeting.Periods;

public interface IPeriodFact : IFact;
public record PeriodOpened(int Year, string Currency, DateTimeOffset At) : IPeriodFact;
public record WageBaseReceived(string LegalEntity, Money Wages) : IPeriodFact;

/// <summary>One budget year of a group.</summary>
public partial record BudgetPeriod(Guid Id, int Year, string Currency, ImmutableDictionary<string, Money> WageBases)
{
    /// <summary>Wages may arrive before the controller opens the year.</summary>
    public bool IsOpen => Year > 0;

    public static Guid IdOf(string tenant, int year) => DerivedId.Of("period", tenant, year.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public BudgetPeriod() : this(Guid.Empty, 0, "", ImmutableDictionary<string, Money>.Empty) { }
    public BudgetPeriod Apply(PeriodOpened e) => this with { Year = e.Year, Currency = e.Currency };
    public BudgetPeriod Apply(WageBaseReceived e) => this with { WageBases = WageBases.SetItem(e.LegalEntity, e.Wages) };
}
