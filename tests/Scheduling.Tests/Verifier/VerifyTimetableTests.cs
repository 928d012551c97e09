using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Verifier;

/// <summary>One mistake each in a timetable that has none, and what it is called.</summary>
public class VerifyTimetableTests
{
    static readonly SituationRun First = Fire with { Demands = [Wants(1), Wants(5), Wants(6)], Equipment = ["projector"] };
    static readonly SituationRun Next = First with { Id = Id("next"), Line = Id("next-line"), Course = Id("next-course"), CourseCode = "K06", Prerequisites = [FireCourse], Demands = [Wants(5), Wants(6)] };
    static readonly SituationVenue Hall = Room with { Id = Id("hall"), Name = "Hall" };

    static readonly Situation Town = With(First, Next) with
    {
        Trainers = [Li with { Authorised = Li.Authorised.Add(Next.Course, Monday.AddDays(90)) }], Venues = [Room, Hall],
    };

    static Class On(int day, double from = 9, double to = 13) => new(At(day, from), At(day, to), LiId, RoomId);

    static PlannedRun Held(SituationRun run, Class at, params int[] people) => new(run.Id, [at], [.. people.Select(person => Person(person).Value)]);

    static string[] Kinds(Situation situation, params PlannedRun[] held) => [.. VerifyTimetable.Judge(situation, new([.. held], [])).Select(violation => violation.Kind)];

    static Situation Changed(Func<SituationRun, SituationRun>? run = null, Func<SituationTrainer, SituationTrainer>? trainer = null, Func<SituationVenue, SituationVenue>? venue = null) => Town with
    {
        Runs = [run?.Invoke(First) ?? First, Next], Trainers = [trainer?.Invoke(Town.Trainers[0]) ?? Town.Trainers[0]], Venues = [venue?.Invoke(Room) ?? Room, Hall],
    };

    [Fact]
    public void A_sound_timetable_has_none() => Assert.Empty(Kinds(Town, Held(First, On(0), 1, 5, 6), Held(Next, On(1), 5, 6)));

    [Fact]
    public void A_session_too_few() => Assert.Equal(["wrong-sessions"], Kinds(Changed(run => run with { Sessions = 2 }), Held(First, On(0), 5, 6)));

    [Theory]
    [InlineData(12.5)]
    [InlineData(13.5)]
    public void A_session_too_short_or_too_long(double to) => Assert.Equal(["wrong-length"], Kinds(Town, Held(First, On(0, 9, to), 5, 6)));

    [Theory]
    [InlineData(0, 7.5)]
    [InlineData(0, 17.5)]
    [InlineData(0, 16.5)]
    [InlineData(5, 9)]
    [InlineData(7, 9)]
    public void A_session_when_there_are_none(int day, double from) => Assert.Equal(["outside-hours"], Kinds(Town, Held(First, On(day, from, from + 4), 5, 6)));

    [Fact]
    public void More_learners_than_paid_seats() =>
        Assert.Equal(["too-few-seats"], Kinds(Town with { Runs = [First with { Seats = 2 }, Next with { Course = FireCourse, Prerequisites = [] }] }, Held(First, On(0), 1, 5, 6)));

    [Fact]
    public void More_learners_than_chairs() => Assert.Equal(["too-few-seats"], Kinds(Changed(venue: room => room with { Seats = 2 }), Held(First, On(0), 1, 5, 6)));

    [Fact]
    public void Too_few_learners() => Assert.Equal(["below-minimum"], Kinds(Town, Held(First, On(0), 5)));

    [Fact]
    public void Somebody_who_does_not_wait_for_the_course() =>
        Assert.Equal(["stranger"], Kinds(Changed(run => run with { Demands = [Wants(5)] }), Held(First, On(0), 5, 6)));

    [Fact]
    public void A_seat_in_two_runs_of_a_line()
    {
        var second = First with { Id = Id("second") };
        Assert.Equal(["seated-twice"], Kinds(Town with { Runs = [First, second, Next] }, Held(First, On(0), 1, 5), Held(second, On(1), 5, 6)));
    }

    [Fact]
    public void A_thing_that_the_room_has_not() => Assert.Equal(["equipment-missing"], Kinds(Changed(run => run with { Equipment = ["yard"] }), Held(First, On(0), 5, 6)));

    [Fact]
    public void A_room_or_a_trainer_of_another_region()
    {
        Assert.Equal(["other-region"], Kinds(Changed(venue: room => room with { Region = "SH" }), Held(First, On(0), 5, 6)));
        Assert.Equal(["other-region"], Kinds(Changed(trainer: li => li with { Region = "SH" }), Held(First, On(0), 5, 6)));
        Assert.Empty(Kinds(Changed(trainer: li => li with { Region = "*" }), Held(First, On(0), 5, 6)));
    }

    [Fact]
    public void A_room_that_is_taken_and_one_that_is_closed()
    {
        Assert.Equal(["venue-double-booked"], Kinds(Changed(venue: room => room with { Unavailable = [From(0, 12, 14)] }), Held(First, On(0), 5, 6)));
        Assert.Equal(["venue-closed"], Kinds(Changed(venue: room => room with { Unavailable = [From(0, 12, 14)], Closed = [From(0, 12, 14)] }), Held(First, On(0), 5, 6)));
    }

    [Fact]
    public void A_course_before_what_it_builds_on()
    {
        Assert.Equal(["out-of-order", "out-of-order"], Kinds(Town, Held(First, On(1), 1, 5, 6), Held(Next, On(0), 5, 6)));
        Assert.Equal(["out-of-order"], Kinds(Town, Held(First, On(0), 1, 5), Held(Next, On(1), 5, 6)));
    }

    [Fact]
    public void A_course_moved_behind_a_published_one_that_builds_on_it()
    {
        SituationRun Published(SituationRun run, int day) => run with { Published = [On(day)], Seated = [.. run.Demands.Select(demand => demand.Employee)] };
        var published = Town with { Runs = [Published(First, 0), Published(Next, 1)] };
        Assert.Empty(Kinds(published, Held(First, On(0), 1, 5, 6), Held(Next, On(1), 5, 6)));
        Assert.Equal(["out-of-order", "out-of-order"], Kinds(published, Held(First, On(2), 1, 5, 6), Held(Next, On(1), 5, 6)));
        // What nobody changes is not the plan's fault.
        Assert.Empty(Kinds(Town with { Runs = [Published(First, 2), Published(Next, 1)] }, Held(First, On(2), 1, 5, 6), Held(Next, On(1), 5, 6)));
    }

    [Fact]
    public void More_hours_than_the_trainer_has_left() => Assert.Equal(["trainer-over-hours"], Kinds(Changed(trainer: li => li with { HoursLeft = 7 }), Held(First, On(0), 5, 6), Held(Next, On(1), 5, 6)));

    [Fact]
    public void A_trainer_without_time_for_the_way()
    {
        Assert.Equal(["trainer-on-the-way"], Kinds(Town, Held(First, On(0, 8, 12), 5, 6), Held(Next, On(0, 12, 16) with { Venue = Hall.Id }, 5, 6)));
        Assert.Empty(Kinds(Town, Held(First, On(0, 8, 12), 5, 6), Held(Next, On(0, 12.5, 16.5) with { Venue = Hall.Id }, 5, 6)));
    }

    [Fact]
    public void A_trainer_without_time_for_the_way_to_what_he_does_elsewhere()
    {
        Assert.Equal(["trainer-on-the-way"], Kinds(Changed(trainer: li => li with { Unavailable = [From(0, 13, 15)] }), Held(First, On(0), 5, 6)));
        Assert.Equal(["trainer-on-the-way"], Kinds(Changed(trainer: li => li with { Unavailable = [From(0, 7, 8.9)] }), Held(First, On(0), 5, 6)));
        Assert.Empty(Kinds(Changed(trainer: li => li with { Unavailable = [From(0, 7, 8.5), From(0, 13.5, 15)] }), Held(First, On(0), 5, 6)));
    }

    [Fact]
    public void A_learner_without_time_for_the_way()
    {
        // Away from their estate they leave half an hour before and are back half an hour after.
        var town = Town with { Venues = [Room with { Estate = Guid.Empty }, Hall with { Estate = Guid.Empty }], Trainers = [Town.Trainers[0], Town.Trainers[0] with { Id = Id("wang") }] };
        PlannedRun Second(double from) => Held(Next, new Class(At(0, from), At(0, from + 4), Id("wang"), Hall.Id), 5, 6);
        Assert.Equal(["learner-double-booked", "learner-double-booked"], Kinds(town, Held(First, On(0, 8, 12), 5, 6), Second(12.5)));
        Assert.Empty(Kinds(town, Held(First, On(0, 8, 12), 5, 6), Second(13)));
    }

    [Fact]
    public void A_seat_that_was_promised()
    {
        var town = Changed(run => run with { Published = [On(0)], Seated = [Person(5).Value, Person(6).Value] });
        Assert.Empty(Kinds(town, Held(First, On(2), 5, 6)));
        Assert.Equal(["seat-lost"], Kinds(town, Held(First, On(2), 1, 5)));
    }

    [Fact]
    public void A_week_without_a_roster_of_the_trainer()
    {
        var town = Changed(run => run with { Demands = [Wants(5) with { Estate = Id("office") }, Wants(6) with { Estate = Id("office") }] }, li => li with { Employee = Person(9).Value, Estate = Estate.Value }) with
        {
            Estates = [Gate with { RosteredWeeks = [Monday.AddDays(-7), Monday.AddDays(7)] }, new(Id("office"), "OFFICE")],
        };
        Assert.Equal(["no-roster"], Kinds(town with { Runs = [town.Runs[0]] }, Held(First, On(0), 5, 6)));
    }

    [Fact]
    public void A_week_without_a_roster() =>
        Assert.Equal(["no-roster"], Kinds(Town with { Estates = [Gate with { RosteredWeeks = [Monday.AddDays(-7), Monday.AddDays(7)] }] }, Held(First, On(0), 5, 6)));

    [Fact]
    public void Somebody_who_is_released_for_something_else() =>
        Assert.Equal(["learner-double-booked"], Kinds(Town with { Estates = [Gate with { Absences = [new(Person(5).Value, From(0, 12, 14))] }] }, Held(First, On(0), 5, 6)));

    [Fact]
    public void A_fixed_session_that_was_moved_or_left_out()
    {
        var town = Changed(run => run with { Published = [On(0) with { Locked = true }], Seated = [Person(5).Value, Person(6).Value] });
        Assert.Empty(Kinds(town, Held(First, On(0), 5, 6)));
        Assert.Equal(["lock-broken"], Kinds(town, Held(First, On(1), 5, 6)));
        Assert.Equal(["lock-broken"], Kinds(town));
    }
}
