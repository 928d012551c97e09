using Training.Scheduling.Calendars;
using static Training.Scheduling.Calendars.ReceiveRosterHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Calendars;

public class ReceiveRosterTests
{
    static readonly SessionId One = new(Id("session-1"));
    static readonly DutyShift Two = Shift("GATE", 0, 8, 16, 1, 2), Alone = Shift("GATE", 0, 8, 16, 1);

    static ReceiveRoster Receive(int revision, params DutyShift[] shifts) => new(Estate, Monday, Roster, revision, [.. shifts], Rules(Always("GATE", 1)));

    [Fact]
    public void A_roster_is_kept_once()
    {
        GivenNothing.When(() => Decide(null, Receive(1, Two))).Then(Rostered(Two));
        Given<DutyWeek>.That(Rostered(Two)).When(week => Decide(week, Receive(1, Two))).ThenNothing();
    }

    [Fact]
    public void A_higher_revision_replaces_and_an_older_one_is_too_late()
    {
        Given<DutyWeek>.That(Rostered(Two)).When(week => Decide(week, Receive(2, Alone))).Then(Rostered(Alone) with { Revision = 2 });
        Given<DutyWeek>.That(Rostered(Alone) with { Revision = 2 }).When(week => Decide(week, Receive(1, Two))).ThenNothing();
        Assert.Equal([Alone], Given<DutyWeek>.That(Rostered(Two), Rostered(Alone) with { Revision = 2 }).State.Shifts);
    }

    [Fact]
    public void A_session_the_new_roster_does_not_bear_is_named() =>
        Given<DutyWeek>.That(Rostered(Two), new StaffBooked(One, [Person(1)], At(0, 9), At(0, 13))).When(week => Decide(week, Receive(2, Alone))).Then(
            Rostered(Alone) with { Revision = 2 },
            new BookingEndangered(One, "Post GATE of EST-01 needs 1 from 2027-01-04 09:00 on; 1 are on duty and 1 of them would be in class."));

    [Fact]
    public void A_week_a_roster_never_touched_stays_untouched() => GivenNothing.When(() => Decide(null, Receive(2))).ThenNothing();
}
