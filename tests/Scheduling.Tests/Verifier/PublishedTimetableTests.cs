using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Verifier;

/// <summary>What a timetable may do with the past, with frozen days and with what is published.</summary>
public class PublishedTimetableTests
{
    static Class Taught(int day, double hour) => new(At(day, hour), At(day, hour + 4), LiId, RoomId);

    static Timetable Planned(params Class[] classes) => new([new(FireRun, [.. classes], [Person(5).Value, Person(6).Value])], []);

    static Situation Published(Class at) => With(Fire with { Published = [at], Seated = [Person(5).Value, Person(6).Value], Demands = [Wants(5), Wants(6)] });

    static readonly Situation Open = With(Fire with { Demands = [Wants(5), Wants(6)] });

    static string[] Kinds(Situation situation, Timetable timetable) => [.. VerifyTimetable.Judge(situation, timetable).Select(violation => violation.Kind).Distinct()];

    [Fact]
    public void Nothing_new_starts_in_the_past()
    {
        Assert.Equal(["in-the-past"], Kinds(Open with { AsOf = At(1, 9) }, Planned(Taught(1, 9))));
        Assert.Equal(["in-the-past"], Kinds(Published(Taught(2, 9)) with { AsOf = At(1, 9) }, Planned(Taught(1, 9))));
        Assert.Empty(Kinds(Open with { AsOf = At(1, 9) }, Planned(Taught(1, 9.5))));
        Assert.Empty(Kinds(Published(Taught(0, 9)) with { AsOf = At(1, 9) }, Planned(Taught(0, 9))));
    }

    static readonly SituationRun Later = Fire with { Id = Id("later"), Line = Id("later-line") };

    [Fact]
    public void A_session_is_not_blamed_for_a_post_that_another_one_left_short_that_day()
    {
        // All three guards have a seat on Tuesday morning; one of them would come again in the afternoon.
        Guid[] guards = [.. new[] { 1, 2, 3 }.Select(person => Person(person).Value)];
        var situation = With(Fire with { Published = [Taught(1, 8)], Seated = [.. guards], Demands = [Wants(1), Wants(2), Wants(3)] }, Later with { Demands = [Wants(1), Wants(5)] });
        Timetable Beside(double hour) => new([new(FireRun, [Taught(1, 8)], [.. guards]), new(Later.Id, [Taught(1, hour)], [Person(1).Value, Person(5).Value])], []);
        Assert.Empty(VerifyTimetable.Judge(situation, Beside(14)));
        Assert.NotEmpty(VerifyTimetable.Judge(situation, Beside(10)));
    }

    static IEnumerable<(Guid, int, string)> Standing(Situation situation, Timetable timetable) =>
        VerifyTimetable.Standing(situation, timetable).Select(one => (one.Run, one.Session, one.Violation.Kind)).Distinct();

    [Fact]
    public void What_is_against_sessions_that_stay_is_told_apart()
    {
        var situation = Published(Taught(1, 9));
        Assert.Empty(Standing(situation, Planned(Taught(1, 9))));
        var short_ = situation with { Estates = [Gate with { Shifts = [Shift("GATE", 1, 7, 20, 5)] }] };
        Assert.Equal([(FireRun, 0, "post-below-minimum")], Standing(short_, Planned(Taught(1, 9))));
        Assert.Empty(VerifyTimetable.Judge(short_, Planned(Taught(1, 9))));
        // Nobody can change what has begun, and what moves is judged as a part of the plan.
        Assert.Empty(Standing(short_ with { AsOf = At(1, 9) }, Planned(Taught(1, 9))));
        Assert.Empty(Standing(short_, Planned(Taught(1, 10))));
        Assert.Empty(Standing(short_ with { From = Monday.AddDays(2) }, Planned(Taught(1, 9))));

        Assert.Equal([(FireRun, 0, "trainer-unavailable")], Standing(situation with { Trainers = [Li with { Unavailable = [From(1, 9, 10)] }] }, Planned(Taught(1, 9))));
        Assert.Equal([(FireRun, 0, "venue-double-booked")], Standing(situation with { Venues = [Room with { Unavailable = [From(1, 9, 10)] }] }, Planned(Taught(1, 9))));
        Assert.Equal([(FireRun, 0, "no-roster")], Standing(situation with { Estates = [Gate with { RosteredWeeks = [], Shifts = [] }] }, Planned(Taught(1, 9))));
    }

    [Fact]
    public void Nothing_new_starts_within_the_frozen_days()
    {
        var frozen = At(3, 0);
        Assert.Equal(["in-frozen-days"], Kinds(Open with { FrozenUntil = frozen }, Planned(Taught(2, 9))));
        Assert.Equal(["in-frozen-days"], Kinds(Published(Taught(4, 9)) with { FrozenUntil = frozen }, Planned(Taught(2, 9))));
        Assert.Empty(Kinds(Published(Taught(2, 9)) with { FrozenUntil = frozen }, Planned(Taught(2, 9))));
        Assert.Empty(Kinds(Open with { FrozenUntil = frozen }, Planned(Taught(3, 9))));
        // Somebody who stands in comes at the same time.
        var wang = Li with { Id = Id("wang") };
        var ill = Published(Taught(2, 9) with { Locked = true }) with { FrozenUntil = frozen, Trainers = [Li with { Unavailable = [From(2, 8, 12)] }, wang] };
        Assert.Empty(Kinds(ill, Planned(Taught(2, 9) with { Trainer = wang.Id })));
    }
}
