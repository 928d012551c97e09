using Training.Scheduling.Planning;
using Training.Scheduling.Proposals;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

/// <summary>A fixed class on Monday from 9 to 13, whose trainer is ill that morning.</summary>
public class SubstitutesTests
{
    static readonly SituationTrainer Ill = Li with { Unavailable = [From(0, 8, 12)] };
    static readonly SituationTrainer Wang = Li with { Id = Id("wang"), Name = "Wang", FeePerHour = 400 };
    static readonly SituationRun Fixed = Fire with { Published = [Taught(LiId)], Seated = [Person(5).Value], Demands = [Wants(5)] };

    static Class Taught(Guid trainer) => new(At(0, 9), At(0, 13), trainer, RoomId) { Locked = true };

    static Situation Town(SituationRun run, params SituationTrainer[] others) => With(run) with { Trainers = [Ill, .. others] };

    static Guid TrainerOf(Situation situation) => Assert.Single(situation.Runs.Single(run => run.Id == FireRun).Published).Trainer;

    [Fact]
    public void The_cheapest_who_is_authorised_and_free_stands_in()
    {
        var (staffed, untaught) = Substitutes.Of(Town(Fixed, Wang, Wang with { Id = Id("dear"), FeePerHour = 900 },
            Wang with { Id = Id("elsewhere"), FeePerHour = 100, Region = "SH" }, Wang with { Id = Id("lapsed"), FeePerHour = 100, Authorised = Li.Authorised.SetItem(FireCourse, Monday.AddDays(-1)) },
            Wang with { Id = Id("busy"), FeePerHour = 100, Unavailable = [From(0, 13, 14)] }, Wang with { Id = Id("tired"), FeePerHour = 100, HoursLeft = 3 }));
        Assert.Empty(untaught);
        Assert.Equal(Wang.Id, TrainerOf(staffed));
        Assert.Equal(Taught(Wang.Id), staffed.Runs[0].Published[0]);
    }

    [Fact]
    public void Nobody_stands_in_for_two_at_once()
    {
        var other = Fixed with { Id = Id("other"), Line = Id("other-line"), Published = [Taught(LiId) with { Venue = Id("room-2") }], Seated = [Person(6).Value], Demands = [Wants(6)] };
        var situation = Town(Fixed, Wang) with { Venues = [Room, Room with { Id = Id("room-2") }] };
        var (staffed, untaught) = Substitutes.Of(situation with { Runs = [Fixed, other] });
        Assert.Single(staffed.Runs, run => run.Published[0].Trainer == Wang.Id);
        Assert.Equal(1, Assert.Single(untaught).Authorised);
    }

    [Fact]
    public void Where_nobody_can_it_is_said_and_the_class_stays()
    {
        var (staffed, untaught) = Substitutes.Of(Town(Fixed, Wang with { Unavailable = [From(0, 9, 10)] }));
        Assert.Equal(LiId, TrainerOf(staffed));
        var text = Assert.Single(untaught).Text;
        Assert.Equal("Nobody can teach session 1 of K05 on 2027-01-04 09:00: Li can't, and none of the 1 others who are authorised is free then, has hours left and can leave his post.", text.English);
        Assert.Contains("K05 第 1 次课（2027-01-04 09:00）无人授课", text.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_who_keeps_the_gate_does_not_stand_in()
    {
        var lonely = Gate with { Posts = [Always("GATE", 3)] };
        var guard = Wang with { Employee = Person(1).Value, Estate = Estate.Value };
        Assert.Single(Substitutes.Of(Town(Fixed, guard) with { Estates = [lonely] }).Untaught);
        Assert.Equal(guard.Id, TrainerOf(Substitutes.Of(Town(Fixed, guard)).Situation));
    }

    [Fact]
    public void What_began_and_what_may_move_is_left_to_others()
    {
        Assert.Equal(LiId, TrainerOf(Substitutes.Of(Town(Fixed, Wang) with { AsOf = At(0, 9) }).Situation));
        Assert.Equal(LiId, TrainerOf(Substitutes.Of(Town(Fixed with { Published = [Taught(LiId) with { Locked = false }] }, Wang)).Situation));
    }

    [Fact]
    public void The_verifier_accepts_another_trainer_only_for_one_who_cannot()
    {
        Timetable By(Guid trainer, double hour = 9) => new([new(FireRun, [new Class(At(0, hour), At(0, hour + 4), trainer, RoomId)], [Person(5).Value])], []);
        static IEnumerable<string> Kinds(Situation situation, Timetable timetable) => VerifyTimetable.Judge(situation, timetable).Select(violation => violation.Kind);
        var town = Town(Fixed, Wang);
        Assert.Empty(Kinds(town, By(Wang.Id)));
        Assert.Contains("lock-broken", Kinds(town, By(Wang.Id, 10)));
        Assert.Contains("lock-broken", Kinds(town with { Trainers = [Li, Wang] }, By(Wang.Id)));
        Assert.NotEmpty(Kinds(town with { Trainers = [Ill, Wang with { Unavailable = [From(0, 9, 10)] }] }, By(Wang.Id)));
    }

    [Fact]
    public void A_proposal_says_who_stands_in_and_what_nobody_can_teach()
    {
        static PlanProposed Proposed(Situation situation)
        {
            var solution = Solve.Of(situation, new(0, 2_000, 1), new PlannerSettings(), replanning: true, () => { }, new Progress<PlanProgress>(), TestContext.Current.CancellationToken);
            return Assert.IsType<PlanProposed>(ProposePlanHandler.Decide(situation, solution, At(0, 7)));
        }
        var stands = Assert.Single(Proposed(Town(Fixed, Wang)).Runs);
        Assert.Equal((true, Wang.Id, At(0, 9)), (stands.Published, Assert.Single(stands.Sessions).TrainerId.Value, stands.Sessions[0].From));
        var nobody = Proposed(Town(Fixed));
        Assert.Empty(nobody.Runs);
        Assert.Equal(FireRun, Assert.Single(nobody.Issues).RunId.Value);
    }
}
