using System.Collections.Immutable;
using CsCheck;
using Training.Scheduling.Planning;
using Training.Scheduling.Planning.Explaining;
using static Training.Scheduling.Tests.Planning.SampleProblems;

namespace Training.Scheduling.Tests.Planning;

public class ExplainerTests
{
    /// <summary>A drill of two slots for twelve guards of one gate, on two weeks of days with four slots.</summary>
    static readonly PlanningProblem Problem = new(new(14, 4))
    {
        Activities = [Drill],
        Resources =
        [
            new("yard", "venue") { Seats = 20 }, new("room", "venue") { Seats = 8 },
            new("wang", "trainer") { Features = ["fire"] }, new("li", "trainer"),
        ],
        Profiles = [new("gate", [.. Enumerable.Repeat(12, 56)])],
        Rules = [new(RuleKind.LeftOut, Severity.Soft, 1000), new(RuleKind.Seats, Severity.Hard)],
    };

    static Activity Drill => new("drill")
    {
        Duration = 2, Attendance = 12, Needs = [new("venue"), new("trainer") { Features = ["fire"] }], Draws = [new("gate", 12)], Available = [.. Enumerable.Range(0, 28)],
    };

    static PlanningProblem With(Activity activity) => Problem with { Activities = [activity] };

    static PlanningProblem With(Resource resource) =>
        Problem with { Resources = [.. Problem.Resources.Select(old => old.Id == resource.Id ? resource : old)] };

    static Explanation Why(PlanningProblem problem, string activity = "drill", params Placement[] plan) =>
        new Explainer(problem, new([.. plan]), new()).Explain(activity);

    static IEnumerable<RelaxationCode> Codes(Explanation explanation) => explanation.Relaxations.Select(relaxation => relaxation.Code);

    [Fact]
    public void Nobody_is_authorised()
    {
        var why = Why(With(Drill with { Needs = [new("venue"), new("trainer") { Features = ["lift"] }] }));
        Assert.Equal((ReasonCode.NoResource, "trainer", 2), (why.Reason.Code, why.Reason.About, why.Reason.Of));
        Assert.Equal([RelaxationCode.Authorise, RelaxationCode.OneMore], Codes(why));
    }

    [Fact]
    public void More_people_than_any_venue_seats()
    {
        var why = Why(With(Drill with { Attendance = 30, Draws = [] }));
        Assert.Equal((ReasonCode.TooLarge, 30, 20, 2), (why.Reason.Code, why.Reason.Needed, why.Reason.Have, why.Reason.Of));
        Assert.Equal([RelaxationCode.OneMore], Codes(why));
    }

    [Fact]
    public void A_window_without_room()
    {
        var why = Why(With(Drill with { Available = [1, 3, 5] }));
        Assert.Equal((ReasonCode.NoStart, 2, 1), (why.Reason.Code, why.Reason.Needed, why.Reason.Have));
    }

    [Fact]
    public void The_only_trainer_is_ill()
    {
        var why = Why(With(new Resource("wang", "trainer") { Features = ["fire"], Unavailable = [.. Enumerable.Range(0, 30)] }));
        Assert.Equal((ReasonCode.NoneFree, "trainer", 1, 21), (why.Reason.Code, why.Reason.About, why.Reason.Needed, why.Reason.Of));
        Assert.Equal([RelaxationCode.Authorise, RelaxationCode.OneMore], Codes(why));
        Assert.Equal("li", why.Relaxations[0].About);
    }

    [Fact]
    public void The_only_authorisation_lapses_too_early()
    {
        var why = Why(With(new Resource("wang", "trainer") { Features = ["fire"], Until = ImmutableSortedDictionary<string, int>.Empty.Add("fire", 1) }));
        Assert.Equal((ReasonCode.NoneFree, "trainer", 1), (why.Reason.Code, why.Reason.About, why.Reason.Needed));
        var renewed = Assert.Single(why.Relaxations, relaxation => relaxation.Code == RelaxationCode.Authorise);
        Assert.Equal(("wang", "fire"), (renewed.About, Assert.Single(renewed.Features)));
    }

    [Fact]
    public void A_post_that_cannot_spare_so_many()
    {
        var why = Why(Problem with { Profiles = [new("gate", [.. Enumerable.Range(0, 56).Select(slot => slot / 4 == 3 ? 9 : 5)])] });
        Assert.Equal((ReasonCode.Coverage, "gate", 12, 9), (why.Reason.Code, why.Reason.About, why.Reason.Needed, why.Reason.Have));
        Assert.Equal([RelaxationCode.Backfill], Codes(why));
        Assert.Equal(3, why.Relaxations[0].Heads["gate"]);
        Assert.Equal((3, 3 * 2 * new RelaxationPrices().BackfillPerSlot), (why.Relaxations[0].Amount, why.Relaxations[0].Price));
    }

    [Fact]
    public void What_must_come_first_leaves_no_time()
    {
        var late = new Activity("theory") { Duration = 2, Available = [26, 27] };
        var why = Why(Problem with { Activities = [Drill, late], Precedences = [new("theory", "drill")] });
        Assert.Equal((ReasonCode.Order, "theory", 28, 26), (why.Reason.Code, why.Reason.About, why.Reason.Needed, why.Reason.Have));
    }

    /// <summary>The first of two meetings could end by 26, which would be early enough.</summary>
    [Fact]
    public void What_must_come_first_ends_with_its_last_meeting()
    {
        var theory = new Activity("theory") { Duration = 2, Meetings = 2, Available = [24, 25, 26, 27] };
        var why = Why(Problem with { Activities = [Drill, theory], Precedences = [new("theory", "drill")] });
        Assert.Equal((ReasonCode.Order, "theory", 28, 26), (why.Reason.Code, why.Reason.About, why.Reason.Needed, why.Reason.Have));
    }

    /// <summary>Wang needs six slots after each class: theory at 4 and the drill at 8 are in order, but not for him.</summary>
    [Fact]
    public void An_order_that_a_shared_trainer_bars_names_no_numbers()
    {
        var theory = new Activity("theory") { Duration = 2, Needs = [new("trainer") { Features = ["fire"] }], Starts = [4, 20] };
        var problem = With(new Resource("wang", "trainer") { Features = ["fire"], Pause = 6 }) with { Activities = [Drill with { Starts = [8] }, theory], Precedences = [new("theory", "drill")] };
        Assert.Equal((ReasonCode.Order, "theory", -1), Why(problem).Reason is var why ? (why.Code, why.About, why.Slot) : default);
    }

    /// <summary>One day of eight slots: held at 0 and at 4, both classes draw in slots 3 and 4.</summary>
    [Fact]
    public void The_ways_of_two_meetings_may_overlap()
    {
        var twice = new Activity("twice") { Meetings = 2, Duration = 4, Margin = 1, Draws = [new("gate", 10)] };
        Assert.Equal(ReasonCode.Fits, Why(new(new(1, 8)) { Activities = [twice], Profiles = [new("gate", [.. Enumerable.Repeat(100, 8)])] }, "twice").Reason.Code);
    }

    [Fact]
    public void Two_posts_that_bar_a_half_of_the_times_each_are_both_named()
    {
        var problem = With(Drill with { Draws = [new("gate", 12), new("lobby", 1)] }) with
        {
            Profiles = [new("gate", [.. Enumerable.Range(0, 56).Select(slot => slot < 14 ? 0 : 12)]), new("lobby", [.. Enumerable.Range(0, 56).Select(slot => slot < 12 ? 1 : 0)])],
        };
        var why = Why(problem).Reason;
        Assert.Equal((ReasonCode.NoCommonPlace, 21), (why.Code, why.Of));
        Assert.Equal(["gate", "lobby"], why.Barriers.Keys);
    }

    [Fact]
    public void What_is_certain_may_be_less_than_what_is_asked_for()
    {
        var asked = Problem with { Profiles = [new("gate", [.. Enumerable.Repeat(5, 56)])] };
        Explanation Why(int least) => new Explainer(asked, new([]), new()) { InEveryPlan = Certain(least), InThisPlan = Certain(least) }.Explain("drill");
        PlanningProblem Certain(int least) => asked with { Activities = [Drill with { Draws = [new("gate", least)] }] };
        Assert.Equal((ReasonCode.Coverage, 6, 5), Why(6).Reason is var why ? (why.Code, why.Needed, why.Have) : default);
        Assert.Equal(ReasonCode.Unproved, Why(5).Reason.Code);
    }

    [Fact]
    public void What_cannot_be_done_is_no_relaxation()
    {
        var problem = With(Drill with { Needs = [new("venue") { Features = ["north"] }, new("trainer") { Features = ["fire"] }] });
        IEnumerable<RelaxationCode> Codes(RelaxationLimits limits) => ExplainerTests.Codes(new Explainer(problem, new([]), new()) { Limits = limits }.Explain("drill"));
        Assert.Equal([RelaxationCode.Authorise, RelaxationCode.OneMore], Codes(new()));
        Assert.Equal([RelaxationCode.OneMore], Codes(new() { CanBeGiven = feature => feature != "north" }));
        Assert.Equal([RelaxationCode.Authorise], Codes(new() { Stands = held => held.Code != RelaxationCode.OneMore }));
        Assert.Equal(ReasonCode.Unproved, new Explainer(Problem, new([]), new()) { Limits = new() { Stands = held => held.Code != RelaxationCode.None } }.Explain("drill", TestContext.Current.CancellationToken).Reason.Code);
    }

    [Fact]
    public void Half_of_the_times_barred_by_one_thing_and_half_by_another()
    {
        var problem = With(new Resource("wang", "trainer") { Features = ["fire"], Unavailable = [.. Enumerable.Range(0, 14)] }) with
        {
            Profiles = [new("gate", [.. Enumerable.Range(0, 56).Select(slot => slot < 14 ? 12 : 0)])],
        };
        var why = Why(problem).Reason;
        Assert.Equal(ReasonCode.NoCommonPlace, why.Code);
        Assert.Equal(21, why.Of);
        Assert.True(why.Barriers["trainer"] < 21 && why.Barriers["gate"] < 21 && why.Barriers["trainer"] + why.Barriers["gate"] >= 21);
    }

    [Fact]
    public void Coverage_leaves_nine_seats_for_twelve_guards()
    {
        // Four drills of three guards, of whom the gate spares three at a time, three times.
        var problem = Problem with
        {
            Activities = [.. Enumerable.Range(0, 4).Select(i => Drill with { Id = $"drill-{i}", Attendance = 3, Draws = [new("gate", 3)], Available = [.. Enumerable.Range(0, 12)] })],
            Profiles = [new("gate", [.. Enumerable.Range(0, 56).Select(slot => slot % 4 < 2 ? 3 : 0)])],
        };
        var plan = Planner.Solve(problem, new(TimeSpan.MaxValue, 20_000), 1, ct: TestContext.Current.CancellationToken).Plan;
        Assert.Equal(3, plan.Placements.Length);
        var left = problem.Activities.Select(activity => activity.Id).Except(plan.Placements.Select(at => at.Activity)).Single();
        var why = new Explainer(problem, plan, new()).Explain(left, TestContext.Current.CancellationToken);
        Assert.Equal((ReasonCode.CoverageOverbooked, "gate", 12, 9, 4), (why.Reason.Code, why.Reason.About, why.Reason.Needed, why.Reason.Have, why.Reason.Of));
        Assert.Equal(problem.Activities.Select(activity => activity.Id), why.Reason.Activities.Order());
        Assert.Contains(RelaxationCode.Backfill, Codes(why));
        Assert.All(why.Relaxations, relaxation => Helps(problem, plan, relaxation, left));
    }

    [Fact]
    public void Trainers_have_too_few_hours()
    {
        var problem = With(new Resource("wang", "trainer") { Features = ["fire"], MostSlots = 5 }) with
        {
            Activities = [.. Enumerable.Range(0, 3).Select(i => Drill with { Id = $"drill-{i}", Draws = [] })],
        };
        var why = Why(problem, "drill-2").Reason;
        Assert.Equal((ReasonCode.HoursOverbooked, "trainer", 6, 5, 3), (why.Code, why.About, why.Needed, why.Have, why.Of));
    }

    [Fact]
    public void Taken_in_this_plan_by_others()
    {
        var problem = Problem with { Activities = [Drill with { Available = [0, 1] }, Drill with { Id = "other" }] };
        var why = Why(problem, "drill", At("other", 0, 0, "yard", "wang")).Reason;
        Assert.True(why.InThisPlan);
        Assert.Equal(ReasonCode.NoneFree, why.Code);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2_000)]
    public void Another_session_can_make_room(bool published, int price)
    {
        var taken = At("other", 0, 0, "yard", "wang");
        var problem = Problem with { Activities = [Drill with { Available = [0, 1] }, Drill with { Id = "other" }], Published = published ? [taken] : [] };
        var move = Assert.Single(Why(problem, "drill", taken).Relaxations, relaxation => relaxation.Code == RelaxationCode.Move);
        Assert.Equal(("other", 1, price, taken), (move.About, move.Amount, move.Price, Assert.Single(move.Moved)));
        Assert.Equal(0, move.Witness.Single(at => at.Activity == "drill").Slot);
        Assert.True(move.Witness.Single(at => at.Activity == "other").Slot >= 2);
    }

    /// <summary>Nor is a move offered where no other session is in the way.</summary>
    [Fact]
    public void What_cannot_be_elsewhere_makes_no_room()
    {
        var taken = At("other", 0, 0, "yard", "wang");
        var problem = Problem with { Activities = [Drill with { Available = [0, 1] }, Drill with { Id = "other", Available = [0, 1] }] };
        Assert.DoesNotContain(RelaxationCode.Move, Codes(Why(problem, "drill", taken)));
        Assert.DoesNotContain(RelaxationCode.Move, Codes(Why(problem with { Locked = [taken] }, "drill", taken)));
        Assert.DoesNotContain(RelaxationCode.Move, Codes(Why(Problem with { Activities = [Drill with { Attendance = 30, Draws = [] }, Drill with { Id = "other" }] }, "drill", taken)));
    }

    [Fact]
    public void Only_some_of_the_meetings_fit()
    {
        var why = Why(With(Drill with { Meetings = 3, Available = [0, 1, 2, 3] })).Reason;
        Assert.Equal((ReasonCode.TooFewPlaces, 3, 2), (why.Code, why.Needed, why.Have));
    }

    [Fact]
    public void What_has_a_place_is_said_to_have_one() => Assert.Equal(ReasonCode.Fits, Why(Problem).Reason.Code);

    /// <summary>What is said to be impossible is, and what is said to help does.</summary>
    [Fact]
    public void Reasons_are_true_and_relaxations_help() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = (seed % 3 == 0 ? Random(seed, simple: false) : Crowded(seed)) with { Published = [], Rules = [new(RuleKind.LeftOut, Severity.Soft, 400), new(RuleKind.Seats, Severity.Hard)] };
            var plan = Planner.RegretInsertion(problem).Plan;
            var explainer = new Explainer(problem, plan, new());
            // Of what the plan holds too: nothing may rule out what is there.
            foreach (var activity in problem.Activities)
            {
                var why = explainer.Explain(activity.Id);
                Assert.False(IsRefuted(problem, plan, why), $"seed {seed}: {why.Activity}: {why.Reason}");
                Assert.All(why.Relaxations, relaxation => Helps(problem, plan, relaxation, activity.Id));
            }
        }, iter: 150, threads: 1);

    static bool IsRefuted(PlanningProblem problem, Plan plan, Explanation why)
    {
        var (reason, beside) = (why.Reason, plan.Placements.RemoveAll(at => at.Activity == why.Activity));
        ImmutableArray<string> alone = [why.Activity];
        PlanningProblem Only(Func<Activity, Activity> bound) => problem with { Activities = [.. problem.Activities.Select(bound)], Groups = [], Precedences = [] };
        return reason.Code switch
        {
            ReasonCode.Unproved => true,
            ReasonCode.Fits => !Possible.CanHold(problem, alone, beside),
            ReasonCode.CoverageOverbooked => reason.Needed <= reason.Have || Possible.CanHold(Only(one => one with { Needs = [], Draws = [.. one.Draws.Where(draw => draw.Profile == reason.About)] }), reason.Activities, []),
            ReasonCode.ResourcesOverbooked or ReasonCode.HoursOverbooked => reason.Needed <= reason.Have || Possible.CanHold(Only(one => one with { Draws = [] }), reason.Activities, []),
            ReasonCode.Order when reason.About.Length > 0 => Possible.CanHold(problem, [why.Activity, reason.About], []),
            _ => Possible.CanHold(problem, alone, reason.InThisPlan ? beside : []),
        };
    }

    /// <summary>With the change, and all else where it is, nothing is broken that wasn't; and everything asked for is held.</summary>
    static void Helps(PlanningProblem problem, Plan plan, Relaxation relaxation, string activity)
    {
        var asked = problem.Activities.Single(one => one.Id == activity);
        var changed = relaxation.Code switch
        {
            RelaxationCode.Authorise => problem with
            {
                Resources = [.. problem.Resources.Select(one => one.Id != relaxation.About ? one : one with { Features = [.. one.Features.Union(relaxation.Features)], Until = one.Until.RemoveRange(relaxation.Features) })],
            },
            RelaxationCode.OneMore => problem with { Resources = problem.Resources.Add(new($"one more {relaxation.About}", relaxation.About) { Seats = relaxation.Amount, Features = relaxation.Features }) },
            RelaxationCode.Backfill => Filled(problem, relaxation, asked),
            _ => problem,
        };
        string[] moved = [activity, .. relaxation.Moved.Select(at => at.Activity)];
        var others = plan.Placements.RemoveAll(at => moved.Contains(at.Activity));
        Assert.Equal(asked.Meetings, relaxation.Witness.Count(at => at.Activity == activity));
        Assert.Equal(relaxation.Moved.Length, relaxation.Witness.Count(at => at.Activity != activity));
        Assert.True(Possible.Broken(changed, [.. others, .. relaxation.Witness]) <= Possible.Broken(changed, others), $"{relaxation.Code} {relaxation.About} doesn't help {activity}");
        if (relaxation.Code == RelaxationCode.Backfill)
            Assert.InRange(Lacking(problem, [.. others, .. relaxation.Witness], asked, relaxation.Witness), 1, relaxation.Price / new RelaxationPrices().BackfillPerSlot);
    }

    /// <summary>The heads are there only where and while the meetings draw.</summary>
    static PlanningProblem Filled(PlanningProblem problem, Relaxation relaxation, Activity asked) => problem with
    {
        Profiles = [.. problem.Profiles.Select(one => one with
        {
            Free = [.. one.Free.Select((free, slot) => relaxation.Witness.Any(at => Possible.Drawn(problem, at, asked, one.Id, slot) > 0) ? free + relaxation.Heads.GetValueOrDefault(one.Id) : free)],
        })],
    };

    /// <summary>Heads that posts lack while meetings draw from them, in all their slots.</summary>
    static int Lacking(PlanningProblem problem, ImmutableArray<Placement> held, Activity asked, ImmutableArray<Placement> meetings)
    {
        var activities = problem.Activities.ToDictionary(one => one.Id);
        return (
            from profile in problem.Profiles
            from slot in Enumerable.Range(0, problem.Horizon.Slots)
            where meetings.Any(at => Possible.Drawn(problem, at, asked, profile.Id, slot) > 0)
            select Math.Max(0, held.Sum(at => Possible.Drawn(problem, at, activities[at.Activity], profile.Id, slot)) - profile.Free[slot])).Sum();
    }
}
