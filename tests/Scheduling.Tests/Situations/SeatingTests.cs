using System.Collections.Immutable;
using CsCheck;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

public class SeatingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static (Timetable Timetable, Bill Bill) Plan(Situation situation, long moves = 20_000, int seed = 1)
    {
        var translated = Translation.Of(situation);
        var timetable = Seating.Of(situation, translated, Planner.Solve(translated.Problem, new(TimeSpan.MaxValue, moves), seed, ct: Ct).Plan, Ct);
        return (timetable, Bill.Of(situation, timetable));
    }

    static void AssertSafe(Situation situation, Timetable timetable) => Assert.Empty(VerifyTimetable.Judge(situation, timetable).Select(violation => $"{violation.Kind} {violation.Text}"));

    [Fact]
    public void A_run_gets_a_time_at_which_everybody_can_come()
    {
        var situation = With(Fire);
        var (timetable, bill) = Plan(situation);
        Assert.Equal(3, Assert.Single(timetable.Runs).Learners.Length);
        AssertSafe(situation, timetable);
        // A trainer, a room, two guards replaced for four hours: 1200 + 200 + 320.
        Assert.Equal((1_720, 0, 0), (bill.Total, bill.Unseated, bill.MissedMandatory));
    }

    [Fact]
    public void Who_keeps_the_post_stays_behind_and_the_seat_goes_to_another_of_the_line()
    {
        var second = Fire with { Id = Id("second"), Seats = 2, Demands = [Wants(5), Wants(6)] };
        var situation = With(Fire with { Demands = [Wants(1), Wants(2), Wants(3, worth: 500)] }, second);
        var (timetable, bill) = Plan(situation);
        AssertSafe(situation, timetable);
        Assert.Equal((5, 0), (bill.Seated, bill.Unseated));
    }

    [Fact]
    public void Mandatory_learners_come_first_and_in_time()
    {
        var situation = With(Fire with { Demands = [Wants(5), Wants(6), Wants(1), Wants(2) with { Deadline = Monday.AddDays(1) }] });
        var (timetable, bill) = Plan(situation);
        AssertSafe(situation, timetable);
        Assert.Equal((0, 1), (bill.MissedMandatory, bill.Unseated));
        Assert.True(Assert.Single(timetable.Runs).Classes[0].From < At(2, 0));
    }

    [Fact]
    public void What_builds_on_a_course_comes_after_it()
    {
        var next = Fire with { Id = Id("next"), Line = Id("next-line"), Course = Id("next-course"), Prerequisites = [FireCourse], Demands = [Wants(5), Wants(6), Wants(1)] };
        var situation = With(next, Fire with { Demands = [Wants(5), Wants(6), Wants(1)] }) with
        {
            Trainers = [Li with { Authorised = Li.Authorised.Add(next.Course, Monday.AddDays(90)) }],
        };
        var (timetable, bill) = Plan(situation);
        AssertSafe(situation, timetable);
        Assert.Equal(6, bill.Seated);
        Assert.Equal(FireRun, timetable.Runs[0].Run);
        var byHand = Seating.FirstFit(situation, Ct);
        AssertSafe(situation, byHand);
        Assert.Equal(2, byHand.Runs.Length);
    }

    [Fact]
    public void A_locked_session_stays_and_a_published_one_keeps_its_learners()
    {
        var at = new Class(At(1, 9), At(1, 13), LiId, RoomId) { Locked = true };
        var situation = With(Fire with { Published = [at], Seated = [Person(5).Value, Person(6).Value], Demands = [Wants(5), Wants(6)] }, Fire with { Id = Id("second"), Demands = [Wants(1), Wants(2)] });
        var (timetable, bill) = Plan(situation);
        AssertSafe(situation, timetable);
        Assert.Equal(at, timetable.Runs.Single(run => run.Run == FireRun).Classes[0]);
        Assert.Equal([Person(5).Value, Person(6).Value], timetable.Runs.Single(run => run.Run == FireRun).Learners);
        Assert.Equal((2, 0), (bill.Placed, bill.MovedSessions));
    }

    [Fact]
    public void A_run_without_trainer_says_so()
    {
        var (timetable, _) = Plan(With(Fire with { Course = Id("unknown") }));
        Assert.Equal("No trainer with hours left is authorised to teach K05 in HZ.", Assert.Single(timetable.Unplaced).Reason);
    }

    [Fact]
    public void Nothing_is_planned_into_the_past_or_the_frozen_days()
    {
        var open = With(Fire) with { AsOf = At(1, 10) };
        Assert.True(Assert.Single(Plan(open).Timetable.Runs).Classes[0].From > At(1, 10));
        Assert.Equal(At(1, 10.5), Assert.Single(Seating.FirstFit(open, Ct).Runs).Classes[0].From);

        // The trainer is ill on Wednesday; Monday is over, and what begins on Tuesday is frozen.
        var moving = With(Fire with { Published = [new(At(2, 9), At(2, 13), LiId, RoomId)], Seated = [Person(5).Value], Demands = [Wants(5)] }, Fire with { Id = Id("second"), Demands = [Wants(1), Wants(6)] }) with
        {
            AsOf = At(0, 20), FrozenUntil = At(2, 0), Trainers = [Li with { Unavailable = [From(2, 0, 24)] }],
        };
        var timetable = Plan(moving).Timetable;
        AssertSafe(moving, timetable);
        Assert.Equal(2, timetable.Runs.Length);
        Assert.All(timetable.Runs, run => Assert.True(run.Classes[0].From > At(3, 0)));
    }

    /// <summary>Runs of two learners on Monday, Tuesday and so on, all with one trainer in one room.</summary>
    static SituationRun Announced(int number) => Fire with
    {
        Id = Id($"announced-{number}"), Line = Id($"line-{number}"), MinLearners = 1, Seats = 1, Published = [Morning(number)], Seated = [Person(5 + (number % 2)).Value], Demands = [Wants(5 + (number % 2))],
    };

    static Class Morning(int day) => new(At(day, 9), At(day, 13), LiId, RoomId);

    /// <summary>What seating makes of a search that has put runs in the mornings of these days.</summary>
    static Timetable Seated(Situation situation, params (Guid Run, int Day)[] plan) => Seating.Of(situation, Translation.Of(situation),
        new([.. plan.Select(one => new Placement(Translation.IdOf(one.Run), 0, (one.Day * 48) + 18, [Translation.IdOf(RoomId), Translation.IdOf(LiId)]))]), Ct);

    static Class ClassOf(Timetable timetable, Guid run) => Assert.Single(timetable.Runs.Single(planned => planned.Run == run).Classes);

    [Fact]
    public void Runs_exchange_their_places_and_follow_each_other()
    {
        var situation = With(Announced(0), Announced(1), Announced(2));
        var swapped = Seated(situation, (Announced(0).Id, 1), (Announced(1).Id, 0), (Announced(2).Id, 2));
        Assert.Equal([Morning(1), Morning(0), Morning(2)], situation.Runs.Select(run => ClassOf(swapped, run.Id)));
        var followed = Seated(situation, (Announced(0).Id, 1), (Announced(1).Id, 2), (Announced(2).Id, 3));
        Assert.Equal([Morning(1), Morning(2), Morning(3)], situation.Runs.Select(run => ClassOf(followed, run.Id)));
        AssertSafe(situation, swapped);
        AssertSafe(situation, followed);
    }

    [Fact]
    public void A_run_that_a_search_left_out_stays_and_nobody_takes_its_place()
    {
        var fresh = Fire with { Id = Id("fresh"), Line = Id("fresh-line"), Demands = [Wants(1), Wants(2)] };
        var situation = With(Announced(0), Announced(1), fresh);
        var timetable = Seated(situation, (Announced(1).Id, 0), (fresh.Id, 1));
        Assert.Equal([Morning(0), Morning(1)], new[] { 0, 1 }.Select(number => ClassOf(timetable, Announced(number).Id)));
        Assert.NotEqual(Morning(1), ClassOf(timetable, fresh.Id));
        Assert.Empty(timetable.Unplaced);
        AssertSafe(situation, timetable);
    }

    [Fact]
    public void What_can_neither_stay_nor_move_keeps_its_place_until_somebody_decides()
    {
        var other = Id("other-course");
        var wang = Li with { Id = Id("wang"), Name = "Wang", Authorised = ImmutableDictionary<Guid, DateOnly>.Empty.Add(other, Monday.AddDays(90)) };
        var fresh = Fire with { Id = Id("fresh"), Line = Id("fresh-line"), Course = other, Demands = [Wants(1), Wants(2)] };
        var situation = With(Announced(0), fresh) with { To = Monday, Trainers = [Li with { Unavailable = [From(0, 6, 22)] }, wang with { Unavailable = [From(0, 6, 8.5), From(0, 13.5, 22)] }] };
        var taken = new Timetable([new(fresh.Id, [Morning(0) with { Trainer = wang.Id }], [Person(1).Value, Person(2).Value])], [new(Announced(0).Id, "")]);
        Assert.Equal(["venue-double-booked"], VerifyTimetable.Judge(situation, taken).Select(violation => violation.Kind));
        var translated = Translation.Of(situation);
        var timetable = Seating.Of(situation, translated, new([new(Translation.IdOf(fresh.Id), 0, 18, [Translation.IdOf(RoomId), Translation.IdOf(wang.Id)])]), Ct);
        Assert.Empty(timetable.Runs);
        Assert.Equal([Announced(0).Id, fresh.Id], timetable.Unplaced.Select(one => one.Run));
        Assert.Equal((1, 3), Bill.Of(situation, timetable) is var bill ? (bill.MovedSessions, bill.Unseated) : default);
    }

    /// <summary>The search left it out and its trainer is away; a clerk finds the first place between what comes before it and what comes after.</summary>
    [Fact]
    public void A_published_run_that_can_not_stay_has_the_first_place_for_everybody()
    {
        var (first, next) = (Id("first-course"), Id("next-course"));
        SituationRun Of(string name, Guid course, int day, params Guid[] prerequisites) => Announced(0) with
        {
            Id = Id(name), Line = Id($"{name}-line"), Course = course, CourseCode = name, Published = [Morning(day)], Seated = [Person(5).Value, Person(6).Value], MinLearners = 2, Seats = 2, Demands = [Wants(5), Wants(6)], Prerequisites = [.. prerequisites],
        };
        var wang = Li with { Id = Id("wang"), Name = "Wang", Authorised = Li.Authorised.Add(first, Monday.AddDays(90)).Add(next, Monday.AddDays(90)) };
        var situation = With(Of("K01", first, 0), Of("K05", FireCourse, 1, first), Of("K09", next, 3, FireCourse)) with
        {
            Trainers = [Li with { Unavailable = [From(0, 14, 2 * 24)], Authorised = wang.Authorised }, wang with { Unavailable = [From(0, 0, 2 * 24 + 12)] }],
        };
        var timetable = Seated(situation, (Id("K01"), 0), (Id("K09"), 3));
        Assert.Empty(timetable.Unplaced);
        Assert.Equal(At(2, 8), ClassOf(timetable, Id("K05")).From);
        Assert.Equal([Person(5).Value, Person(6).Value], timetable.Runs.Single(run => run.Run == Id("K05")).Learners.OrderBy(learner => learner == Person(6).Value));
        AssertSafe(situation, timetable);

        // Li teaches every other day; without Wednesday nothing is left before what builds on it.
        var full = situation with { Trainers = [situation.Trainers[0] with { Unavailable = [From(0, 14, 3 * 24)] }] };
        Assert.Equal(Id("K05"), Assert.Single(Seated(full, (Id("K01"), 0), (Id("K09"), 3)).Unplaced).Run);
    }

    [Fact]
    public void Who_takes_over_a_run_has_hours_for_it()
    {
        // Both would go to Wang, who has hours for one.
        var wang = Li with { Id = Id("wang"), Name = "Wang", HoursLeft = 7 };
        var situation = With(Announced(0), Announced(1)) with { Trainers = [Li, wang] };
        Placement By(SituationRun run, int day) => new(Translation.IdOf(run.Id), 0, (day * 48) + 18, [Translation.IdOf(RoomId), Translation.IdOf(wang.Id)]);
        var timetable = Seating.Of(situation, Translation.Of(situation), new([By(Announced(0), 2), By(Announced(1), 3)]), Ct);
        AssertSafe(situation, timetable);
        Assert.Equal([wang.Id, LiId], timetable.Runs.Select(run => run.Classes[0].Trainer).OrderBy(trainer => trainer == LiId));
    }

    /// <summary>Whatever happens to what was published, and whatever a search makes of it: nobody is booked twice, and nobody's place is given away.</summary>
    [Fact]
    public void Every_timetable_of_what_was_published_is_safe() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var town = Towns.Random(seed) with { AsOf = default, FrozenUntil = default };
        var planned = Seating.FirstFit(town, Ct).Runs.ToDictionary(run => run.Run);
        var published = town with
        {
            Runs = [.. town.Runs.Select(run => planned.TryGetValue(run.Id, out var held) ? run with
            {
                Published = held.Classes, Seated = held.Learners, Seats = held.Learners.Length,
                Demands = [.. town.Runs.Where(other => other.Line == run.Line).SelectMany(other => other.Demands).DistinctBy(demand => demand.Employee).Where(demand => held.Learners.Contains(demand.Employee))],
            } : run)],
            Trainers = [.. town.Trainers.Select((trainer, index) => index == seed % 3 ? trainer with { Unavailable = trainer.Unavailable.Add(From(seed % 4, 0, 48)) } : trainer)],
        };
        var translated = Translation.Of(published);
        foreach (var problem in new[] { translated.Problem, translated.Problem with { Published = [] } })
        {
            var timetable = Seating.Of(published, translated, Planner.Solve(problem, new(TimeSpan.MaxValue, 3_000), seed, ct: Ct).Plan, Ct);
            AssertSafe(published, timetable);
        }
    }, iter: 60, threads: 1);

    /// <summary>Whatever a situation looks like, a search and a clerk make timetables the verifier has nothing against, and the same one for the same seed.</summary>
    [Fact]
    public void Every_timetable_is_safe() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var situation = Towns.Random(seed);
        var (timetable, bill) = Plan(situation, 4_000, seed);
        AssertSafe(situation, timetable);
        AssertSafe(situation, Seating.FirstFit(situation, Ct));
        Assert.Equal(situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Line, demand.Employee))).Distinct().Count(), bill.Seated + bill.Unseated);
        Assert.Equal(bill.Total, Plan(situation, 4_000, seed).Bill.Total);
    }, iter: 60, threads: 1);
}
