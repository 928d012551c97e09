using System.Globalization;
using Training.Foundation;

namespace Training.Workforce.WageBases;

public interface IWageFact : IFact;
public record WageBasePosted(Guid WageBaseId, string LegalEntity, int Year, Money Wages, long Sequence) : IWageFact;
/// <summary>A newer message has the same figure; those before it come too late from now on.</summary>
public record WageBaseConfirmed(Guid WageBaseId, long Sequence) : IWageFact;

/// <summary>Total wages of a legal entity in one calendar year, the base of the education-fund rules.</summary>
public partial record WageBase(Guid Id, string LegalEntity, int Year, Money Wages, long Sequence)
{
    public static Guid IdOf(string tenant, string legalEntity, int year) => DerivedId.Of("wage-base", tenant, legalEntity, year.ToString(CultureInfo.InvariantCulture));

    public static WageBase Create(WageBasePosted e) => new(e.WageBaseId, e.LegalEntity, e.Year, e.Wages, e.Sequence);
    public WageBase Apply(WageBasePosted e) => this with { Wages = e.Wages, Sequence = e.Sequence };
    public WageBase Apply(WageBaseConfirmed e) => this with { Sequence = e.Sequence };
}
