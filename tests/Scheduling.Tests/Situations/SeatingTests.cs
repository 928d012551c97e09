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
