using Training.Workforce.Rosters;
using static Training.Workforce.Rosters.PublishRosterHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Rosters;

public class PublishRosterTests
{
    static readonly Guid RosterId = Roster.IdOf("YL", "R-1");
    static readonly Shift Early = new("SEC", new(2027, 1, 4, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 4, 8, 0, 0, TimeSpan.Zero), [Id]);
    static readonly PublishRoster Command = new(RosterId, Villa, 2, Start, Start.AddDays(6), [Early]);
    static readonly RosterPublished Fact = new(RosterId, Villa, 2, Start, Start.AddDays(6), [Early]);

    [Fact]
    public void A_higher_revision_replaces_and_a_lower_or_equal_one_does_not()
    {
        GivenNothing.When(() => Decide(null, Command)).Then(Fact);
        Given<Roster>.That(Fact).When(roster => Decide(roster, Command)).ThenNothing();
        Given<Roster>.That(Fact).When(roster => Decide(roster, Command with { Revision = 1, Shifts = [] })).ThenNothing();
        Given<Roster>.That(Fact).When(roster => Decide(roster, Command with { Revision = 3, Shifts = [] })).Then(Fact with { Revision = 3, Shifts = [] });
    }

    [Fact]
    public void A_roster_stays_with_its_estate() =>
        Given<Roster>.That(Fact).When(roster => Decide(roster, Command with { Revision = 3, EstateId = Tower })).ThenBroken("other-estate");

    [Fact]
    public void Time_runs_forward()
    {
        GivenNothing.When(() => Decide(null, Command with { To = Start.AddDays(-1) })).ThenBroken("ends-before-it-starts");
        GivenNothing.When(() => Decide(null, Command with { Shifts = [Early with { EndsAt = Early.StartsAt }] })).ThenBroken("shift-without-length");
    }
}
