using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using static Training.Scheduling.Calendars.BookStaffHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Calendars;

public class BookStaffTests
{
    static readonly SessionId One = new(Id("session-1")), Two = new(Id("session-2"));
    static readonly EstateRules Gate = Rules(Always("GATE", 1));

    // Two at the gate by day, one of them can go.
    static readonly WeekRostered Day = Rostered(Shift("GATE", 0, 8, 16, 1, 2), Shift("GATE", 0, 16, 24, 3));

    static BookStaff Book(SessionId session, Span away, params int[] people) => new(session, [.. people.Select(Person)], away, Gate, []);

    static StaffBooked Booked(SessionId session, Span away, params int[] people) => new(session, [.. people.Select(Person)], away.From, away.To);

    [Fact]
    public void Who_leaves_enough_heads_behind_may_go() =>
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 9, 13), 1))).Then(Booked(One, From(0, 9, 13), 1));

    [Fact]
    public void Both_heads_of_a_post_cannot_go()
    {
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 9, 13), 1, 2))).ThenBroken("post-below-minimum");
        Given<DutyWeek>.That(Day, Booked(One, From(0, 9, 13), 1)).When(week => Decide(week, Book(Two, From(0, 12.5, 14), 2))).ThenBroken("post-below-minimum");
    }

    [Fact]
    public void The_second_may_go_when_the_first_is_back() =>
        Given<DutyWeek>.That(Day, Booked(One, From(0, 9, 12), 1)).When(week => Decide(week, Book(Two, From(0, 12, 14), 2))).Then(Booked(Two, From(0, 12, 14), 2));

    [Fact]
    public void A_refusal_names_post_time_and_heads() => Assert.Equal(
        "Post GATE of EST-01 needs 1 from 2027-01-04 09:00 on; 2 are on duty and 2 of them would be in class.",
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 9, 13), 1, 2))).Broken?.Message);

    [Fact]
    public void A_released_person_no_longer_counts_against_the_post() =>
        Given<DutyWeek>.That(Day, Booked(One, From(0, 9, 13), 1), new StaffReleased(One, [Person(1)]))
            .When(week => Decide(week, Book(Two, From(0, 9, 13), 2))).Then(Booked(Two, From(0, 9, 13), 2));

    [Fact]
    public void Nobody_is_in_two_sessions_at_a_time() =>
        Given<DutyWeek>.That(Day, Booked(One, From(2, 9, 13), 1)).When(week => Decide(week, Book(Two, From(2, 12, 14), 1))).ThenBroken("overlapping-session");

    [Fact]
    public void The_same_booking_again_changes_nothing() =>
        Given<DutyWeek>.That(Day, Booked(One, From(0, 9, 13), 1)).When(week => Decide(week, Book(One, From(0, 9, 13), 1))).ThenNothing();

    [Fact]
    public void Without_a_roster_nobody_knows_who_keeps_the_post()
    {
        GivenNothing.When(() => Decide(null, Book(One, From(0, 9, 13), 1))).ThenBroken("no-roster");
        GivenNothing.When(() => Decide(null, Book(One, From(0, 9, 13), 1) with { Rules = Rules() })).Then(Booked(One, From(0, 9, 13), 1));
    }

    [Fact]
    public void Where_a_licence_is_asked_for_only_its_holders_count()
    {
        var licences = ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>>.Empty
            .Add(Person(1), ImmutableDictionary<string, DateOnly>.Empty.Add("fire", new(2027, 1, 4)))
            .Add(Person(2), ImmutableDictionary<string, DateOnly>.Empty.Add("fire", new(2027, 1, 3)));
        var rules = Rules(Always("GATE", 1, "fire")) with { Licences = licences };

        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 9, 13), 1) with { Rules = rules })).ThenBroken("post-below-minimum");
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 9, 13), 2) with { Rules = rules })).Then(Booked(One, From(0, 9, 13), 2));
    }

    [Fact]
    public void The_night_before_a_class_is_rest() =>
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(1, 8, 12), 3))).ThenBroken("rest-too-short");

    [Fact]
    public void Shifts_of_the_neighbouring_week_count_for_rest() =>
        Given<DutyWeek>.That(Day).When(week => Decide(week, Book(One, From(0, 8, 12), 4) with { Nearby = [new DutyWeek().Apply(Rostered(Shift("GATE", -1, 16, 24, 4)))] })).ThenBroken("rest-too-short");

    /// <summary>Off from 6 to 22 o'clock, each class alone would do.</summary>
    [Fact]
    public void Two_classes_between_two_nights_leave_no_rest()
    {
        var nights = Rostered(Shift("GATE", 0, -2, 6, 1, 2), Shift("GATE", 0, 22, 30, 1, 2));
        Given<DutyWeek>.That(nights).When(week => Decide(week, Book(Two, From(0, 17, 20), 1))).Then(Booked(Two, From(0, 17, 20), 1));
        Given<DutyWeek>.That(nights, Booked(One, From(0, 8, 11), 1)).When(week => Decide(week, Book(Two, From(0, 17, 20), 1))).ThenBroken("rest-too-short");
        Given<DutyWeek>.That(nights, Booked(One, From(0, 8, 11), 2)).When(week => Decide(week, Book(Two, From(0, 17, 20), 1))).Then(Booked(Two, From(0, 17, 20), 1));
        var before = new DutyWeek().Apply(Booked(One, From(0, 8, 11), 1));
        Given<DutyWeek>.That(nights).When(week => Decide(week, Book(Two, From(0, 17, 20), 1) with { Nearby = [before] })).ThenBroken("rest-too-short");
    }

    [Fact]
    public void Releasing_names_only_who_was_booked()
    {
        Given<DutyWeek>.That(Day, Booked(One, From(0, 9, 13), 1)).When(week => Decide(week, new ReleaseStaff(One, [Person(1), Person(9)]))).Then(new StaffReleased(One, [Person(1)]));
        Given<DutyWeek>.That(Day).When(week => Decide(week, new ReleaseStaff(One, [Person(1)]))).ThenNothing();
    }

    [Theory]
    [InlineData(8, 12, true)]    // 24:00 the night before is 8 h away
    [InlineData(11, 16, false)]  // 11 h after the last shift and done 13 h after the first hour
    [InlineData(10.5, 13, true)]
    public void A_late_shift_leaves_room_for_a_class_from_eleven_on(double from, double to, bool broken) =>
        Assert.Equal(!broken, Rest.Remains([From(0, 16, 24), From(1, 16, 24)], [], From(1, from, to)));

    [Theory]
    [InlineData(8, 13, true)]
    [InlineData(9, 13.5, false)]
    public void An_early_shift_and_a_class_are_one_spell_of_thirteen_hours(double from, double to, bool rests) =>
        Assert.Equal(rests, Rest.Remains([From(0, 0, 8), From(1, 0, 8)], [], From(0, from, to)));

    [Fact]
    public void A_class_within_a_long_duty_takes_no_rest_away() => Assert.True(Rest.Remains([From(0, 9, 24), From(1, 0, 9)], [From(0, 2, 4)], From(0, 20, 22)));
}
