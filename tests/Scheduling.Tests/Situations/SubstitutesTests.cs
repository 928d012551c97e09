using Training.Scheduling.Planning;
using Training.Scheduling.Proposals;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

/// <summary>A fixed class on Monday from 9 to 13, whose trainer is ill that morning, or whose room is closed.</summary>
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
        var (staffed, unserved) = Substitutes.Of(Town(Fixed, Wang, Wang with { Id = Id("dear"), FeePerHour = 900 },
            Wang with { Id = Id("elsewhere"), FeePerHour = 100, Region = "SH" }, Wang with { Id = Id("lapsed"), FeePerHour = 100, Authorised = Li.Authorised.SetItem(FireCourse, Monday.AddDays(-1)) },
            Wang with { Id = Id("busy"), FeePerHour = 100, Unavailable = [From(0, 13, 14)] }, Wang with { Id = Id("tired"), FeePerHour = 100, HoursLeft = 3 }));
        Assert.Empty(unserved);
        Assert.Equal(Wang.Id, TrainerOf(staffed));
        Assert.Equal(Taught(Wang.Id), staffed.Runs[0].Published[0]);
    }

    [Fact]
    public void Whoever_was_asked_by_hand_from_another_region_keeps_his_class()
    {
        var guest = With(Fixed) with { Trainers = [Li with { Region = "SH" }, Wang] };
        var (staffed, unserved) = Substitutes.Of(guest);
        Assert.Empty(unserved);
        Assert.Equal(LiId, TrainerOf(staffed));

        // And whoever stands in for him is judged by himself, not the guest's room.
        var ill = With(Fixed) with { Trainers = [Ill, Wang], Venues = [Room with { Region = "SH" }] };
        Assert.Equal(Wang.Id, Assert.Single(Assert.Single(Proposed(ill).Runs).Sessions).TrainerId.Value);
    }

    [Fact]
    public void A_class_that_is_not_safe_any_more_has_a_stand_in_all_the_same_and_is_named()
    {
        // The new roster has guard 5 alone at the gate, and Li is ill.
        var proposed = Proposed(Town(Fixed, Wang) with { Estates = [Gate with { Shifts = [Shift("GATE", 0, 7, 20, 5)] }] });
        Assert.Equal(Wang.Id, Assert.Single(Assert.Single(proposed.Runs).Sessions).TrainerId.Value);
        Assert.Contains("stays, but breaks a rule by now: Post GATE of EST-01 has 0 of 1", Assert.Single(proposed.Issues).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_stands_in_for_two_at_once()
    {
        var other = Fixed with { Id = Id("other"), Line = Id("other-line"), Published = [Taught(LiId) with { Venue = Id("room-2") }], Seated = [Person(6).Value], Demands = [Wants(6)] };
        var situation = Town(Fixed, Wang) with { Venues = [Room, Room with { Id = Id("room-2") }] };
        var (staffed, unserved) = Substitutes.Of(situation with { Runs = [Fixed, other] });
        Assert.Single(staffed.Runs, run => run.Published[0].Trainer == Wang.Id);
        Assert.Equal(1, Assert.Single(unserved).Others);
    }

    [Fact]
    public void Where_nobody_can_it_is_said_and_the_class_stays()
    {
        var (staffed, unserved) = Substitutes.Of(Town(Fixed, Wang with { Unavailable = [From(0, 9, 10)] }));
        Assert.Equal(LiId, TrainerOf(staffed));
        var text = Assert.Single(unserved).Text;
        Assert.Equal("Nobody can teach session 1 of K05 on 2027-01-04 09:00: Li can't, and none of the 1 others who are authorised is free then, has hours left and can leave his post.", text.English);
        Assert.Contains("K05 第 1 次课（2027-01-04 09:00）无人授课", text.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_who_keeps_the_gate_does_not_stand_in()
    {
        var lonely = Gate with { Posts = [Always("GATE", 3)] };
        var guard = Wang with { Employee = Person(1).Value, Estate = Estate.Value };
        Assert.Single(Substitutes.Of(Town(Fixed, guard) with { Estates = [lonely] }).Unserved);
        Assert.Equal(guard.Id, TrainerOf(Substitutes.Of(Town(Fixed, guard)).Situation));
    }

    [Fact]
    public void What_began_and_what_may_move_is_left_to_others()
    {
        Assert.Equal(LiId, TrainerOf(Substitutes.Of(Town(Fixed, Wang) with { AsOf = At(0, 9) }).Situation));
        Assert.Equal(LiId, TrainerOf(Substitutes.Of(Town(Fixed with { Published = [Taught(LiId) with { Locked = false }] }, Wang)).Situation));
    }

    [Fact]
    public void What_lies_outside_of_the_horizon_stays_and_is_no_part_of_its_days()
    {
        var (tuesday, people) = (Taught(LiId) with { From = At(1, 9), To = At(1, 13) }, new[] { 5, 6 });
        var run = Fixed with { Sessions = 2, Published = [Taught(LiId), tuesday], Seated = [.. people.Select(person => Person(person).Value)], Demands = [.. people.Select(person => Wants(person))] };
        foreach (var town in new[] { Town(run, Wang) with { From = Monday.AddDays(1) }, Town(run with { Published = [Taught(LiId) with { From = At(-3, 9), To = At(-3, 13) }, Taught(LiId)] }, Wang) with { From = Monday.AddDays(-7), To = Monday.AddDays(-1) } })
        {
            var (same, unserved) = Substitutes.Of(town);
            Assert.Empty(unserved);
            Assert.Equal(town.Runs[0].Published, same.Runs[0].Published);
            var timetable = Seating.FirstFit(same, TestContext.Current.CancellationToken);
            Assert.Empty(VerifyTimetable.Judge(town, timetable));
            Assert.DoesNotContain("waiting", Bill.Of(same, timetable).Components.Keys);
        }
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

    static readonly SituationVenue Closed = Room with { Unavailable = [From(0, 12, 20)] }, Hall = Room with { Id = Id("hall"), Name = "Hall", RatePerHour = 80 };

    /// <summary>The class of guards 1 and 5, whose room is closed from noon, and other rooms.</summary>
    static Situation WithoutRoom(params SituationVenue[] others) =>
        With(Fixed with { Seated = [Person(1).Value, Person(5).Value], Demands = [Wants(1), Wants(5)] }) with { Venues = [Closed, .. others] };

    static Guid VenueOf(Situation situation) => Assert.Single(situation.Runs.Single(run => run.Id == FireRun).Published).Venue;

    [Fact]
    public void The_cheapest_room_that_will_do_and_is_free_stands_in()
    {
        var (housed, unserved) = Substitutes.Of(WithoutRoom(Hall, Hall with { Id = Id("dear"), RatePerHour = 300 },
            Hall with { Id = Id("elsewhere"), RatePerHour = 10, Region = "SH" }, Hall with { Id = Id("small"), RatePerHour = 10, Seats = 1 }, Hall with { Id = Id("bare"), RatePerHour = 10, Equipment = [] },
            Hall with { Id = Id("busy"), RatePerHour = 10, Unavailable = [From(0, 8, 10)] }) with { Runs = [.. WithoutRoom().Runs.Select(run => run with { Equipment = ["projector"] })] });
        Assert.Empty(unserved);
        Assert.Equal(Taught(LiId) with { Venue = Hall.Id }, housed.Runs[0].Published[0]);
    }

    [Fact]
    public void A_room_nearby_is_worth_more_than_its_rent()
    {
        var centre = Hall with { Id = Id("centre"), RatePerHour = 75, Estate = Guid.Empty };
        Assert.Equal(Hall.Id, VenueOf(Substitutes.Of(WithoutRoom(centre, Hall)).Situation));
    }

    [Fact]
    public void A_room_stands_in_for_one_class_at_a_time()
    {
        var other = Fixed with { Id = Id("other"), Line = Id("other-line"), Published = [Taught(Wang.Id)], Seated = [Person(6).Value], Demands = [Wants(6)] };
        var (housed, unserved) = Substitutes.Of(WithoutRoom(Hall) with { Trainers = [Li, Wang], Runs = [.. WithoutRoom().Runs, other] });
        Assert.Single(housed.Runs, run => run.Published[0].Venue == Hall.Id);
        Assert.Equal(1, Assert.Single(unserved).Others);
    }

    [Fact]
    public void Nobody_leaves_the_gate_for_the_way_to_another_room()
    {
        // Guard 1 alone keeps it from 13 on, when the class ends.
        var town = WithoutRoom(Hall with { Id = Id("centre"), Estate = Guid.Empty }) with { Estates = [Gate with { Shifts = [Shift("GATE", 0, 13, 20, 1)] }] };
        var (housed, unserved) = Substitutes.Of(town);
        Assert.Equal(RoomId, VenueOf(housed));
        var text = Assert.Single(unserved).Text;
        Assert.Equal("Session 1 of K05 on 2027-01-04 09:00 has no room: Room 1 is closed, and none of the 1 others that would do is free then and near enough for everybody to leave his post.", text.English);
        Assert.Contains("K05 第 1 次课（2027-01-04 09:00）没有场地", text.Chinese, StringComparison.Ordinal);
        Assert.Equal(Hall.Id, VenueOf(Substitutes.Of(town with { Venues = [Closed, Hall] }).Situation));
    }

    [Fact]
    public void A_class_finds_another_trainer_and_another_room()
    {
        var (served, unserved) = Substitutes.Of(Town(Fixed, Wang) with { Venues = [Closed, Hall] });
        Assert.Empty(unserved);
        Assert.Equal((Wang.Id, Hall.Id), (TrainerOf(served), VenueOf(served)));
    }

    [Fact]
    public void The_verifier_accepts_another_room_only_for_one_that_is_closed()
    {
        Timetable In(Guid venue) => new([new(FireRun, [Taught(LiId) with { Venue = venue }], [Person(1).Value, Person(5).Value])], []);
        static IEnumerable<string> Kinds(Situation situation, Timetable timetable) => VerifyTimetable.Judge(situation, timetable).Select(violation => violation.Kind);
        var town = WithoutRoom(Hall);
        Assert.Empty(Kinds(town, In(Hall.Id)));
        Assert.Contains("lock-broken", Kinds(town with { Venues = [Room, Hall] }, In(Hall.Id)));
        Assert.NotEmpty(Kinds(town with { Venues = [Closed, Hall with { Unavailable = [From(0, 8, 10)] }] }, In(Hall.Id)));
    }

    static PlanProposed Proposed(Situation situation)
    {
        var solution = Solve.Of(situation, new(0, 2_000, 1), new PlannerSettings(), replanning: true, () => { }, new Progress<PlanProgress>(), TestContext.Current.CancellationToken);
        return Assert.IsType<PlanProposed>(ProposePlanHandler.Decide(situation, solution, At(0, 7)));
    }

    [Fact]
    public void A_proposal_names_what_stays_though_it_is_not_safe_any_more()
    {
        // The new roster has guard 5 alone at the gate.
        var proposed = Proposed(With(Fixed) with { Estates = [Gate with { Shifts = [Shift("GATE", 0, 7, 20, 5)] }] });
        Assert.Empty(proposed.Runs);
        var issue = Assert.Single(proposed.Issues);
        Assert.Equal("Session 1 of K05 on 2027-01-04 09:00 stays, but breaks a rule by now: Post GATE of EST-01 has 0 of 1 on 2027-01-04 at 09:00; 1 are on its roster (and so 7 times more).", issue.Reason);
        Assert.Equal("K05 第 1 次课（2027-01-04 09:00）维持不变，但已不合规：岗位低于最低在岗人数：EST-01 GATE 2027-01-04 09:00 (0/1)（另有 7 处）。", issue.ReasonChinese);
        Assert.Equal((FireRun, Proof.ThisPlan), (issue.RunId.Value, issue.Proof));
    }

    [Theory]
    [InlineData(2_000, 0)]
    [InlineData(10, 1)]
    public void A_class_moves_to_a_cheaper_trainer_only_where_that_is_worth_the_price(int price, int moved)
    {
        var cheap = Wang with { FeePerHour = Li.FeePerHour - 50 };
        var situation = With(Fixed with { Published = [Taught(LiId) with { Locked = false }] }) with { Trainers = [Li, cheap] };
        var proposed = Proposed(situation with { Prices = situation.Prices with { MovedSession = price } });
        Assert.Equal(moved, proposed.Cost.MovedSessions);
        Assert.Contains(proposed.Frontier, step => step.PriceOfMove == price && step.MovedSessions == moved);
    }

    [Fact]
    public void First_fit_is_no_comparison_where_it_leaves_what_is_not_safe()
    {
        var free = With(Fixed with { Published = [Taught(LiId) with { Locked = false }] });
        var quoted = Proposed(free);
        Assert.Equal((1, 1), (quoted.FirstFit.Placed, quoted.FirstFit.Seated));
        // By hand the class would stay with its trainer, who is ill.
        var left = Proposed(free with { Trainers = [Ill] });
        Assert.Equal(1, left.Cost.MovedSessions);
        Assert.Equal((0, 0, 0, 0), (left.FirstFit.Total, left.FirstFit.Placed, left.FirstFit.Seated, left.FirstFit.Unseated));
    }

    [Fact]
    public void A_proposal_says_who_stands_in_and_what_nobody_can_teach()
    {
        var stands = Assert.Single(Proposed(Town(Fixed, Wang)).Runs);
        Assert.Equal((true, Wang.Id, At(0, 9)), (stands.Published, Assert.Single(stands.Sessions).TrainerId.Value, stands.Sessions[0].From));
        var nobody = Proposed(Town(Fixed));
        Assert.Empty(nobody.Runs);
        Assert.Equal(FireRun, Assert.Single(nobody.Issues).RunId.Value);
    }
}
