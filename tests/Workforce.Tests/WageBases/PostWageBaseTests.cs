using Training.Workforce.WageBases;
using static Training.Workforce.WageBases.PostWageBaseHandler;

namespace Training.Workforce.Tests.WageBases;

public class PostWageBaseTests
{
    static readonly Guid Id = WageBase.IdOf("YL", "YL-HZ", 2027);
    static readonly PostWageBase Command = new(Id, "YL-HZ", 2027, new(100, "CNY"), 5);
    static readonly WageBasePosted Fact = new(Id, "YL-HZ", 2027, new(100, "CNY"), 5);

    [Fact]
    public void The_latest_figure_counts()
    {
        GivenNothing.When(() => Decide(null, Command)).Then(Fact);
        Given<WageBase>.That(Fact).When(wages => Decide(wages, Command)).ThenNothing();
        Given<WageBase>.That(Fact).When(wages => Decide(wages, Command with { Sequence = 4, Wages = new(90, "CNY") })).ThenNothing();
        Given<WageBase>.That(Fact).When(wages => Decide(wages, Command with { Sequence = 6, Wages = new(90, "CNY") }))
            .Then(Fact with { Sequence = 6, Wages = new(90, "CNY") });
    }

    [Fact]
    public void A_newer_message_with_the_same_figure_makes_older_ones_late()
    {
        var confirmed = new WageBaseConfirmed(Id, 7);
        Given<WageBase>.That(Fact).When(wages => Decide(wages, Command with { Sequence = 7 })).Then(confirmed);
        Given<WageBase>.That(Fact, confirmed).When(wages => Decide(wages, Command with { Sequence = 7 })).ThenNothing();
        Given<WageBase>.That(Fact, confirmed).When(wages => Decide(wages, Command with { Sequence = 6, Wages = new(90, "CNY") })).ThenNothing();
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        GivenNothing.When(() => Decide(null, Command with { Wages = new(-1, "CNY") })).ThenBroken("negative-amount");
        GivenNothing.When(() => Decide(null, Command with { Wages = new(1, "Yuan") })).ThenBroken("no-currency");
        GivenNothing.When(() => Decide(null, Command with { Year = 27 })).ThenBroken("year-out-of-range");
        GivenNothing.When(() => Decide(null, Command with { LegalEntity = "" })).ThenBroken("no-legal-entity");
    }
}
