using Training.Scheduling.Planning;
using static Training.Scheduling.Tests.Planning.SampleProblems;

namespace Training.Scheduling.Tests.Planning;

/// <summary>One planted mistake of each kind, in a plan that is right without it.</summary>
public class PlanCheckTests
{
    static readonly PlanningProblem Problem = new(new(2, 4))
    {
        Activities =
        [
            new("fire") { Meetings = 2, Attendance = 12, MinDays = 2, Needs = [new("venue"), new("trainer") { Features = ["fire"] }], Draws = [new("gate", 2)] },
            new("lift") { Attendance = 30, Needs = [new("venue"), new("trainer")], Available = [0, 1, 2, 3, 5], SlotPrices = [0, 0, 0, 7, 0, 0, 0, 0] },
        ],
        Resources =
        [
            new("hall", "venue") { Seats = 30 }, new("room", "venue") { Seats = 20, Unavailable = [3] },
            new("wang", "trainer") { Features = ["fire"], Price = 4 }, new("li", "trainer"),
        ],
        Groups = [new("guards", "cohort", ["fire", "lift"]), new("anna", "learner", ["fire", "lift"])],
        Profiles = [new("gate", [2, 2, 1, 2, 2, 2, 2, 2])],
        Precedences = [new("fire", "lift")],
        Rules =
        [
            new(RuleKind.Seats, Severity.Soft, 1), new(RuleKind.Spread, Severity.Soft, 5), new(RuleKind.SameResource, Severity.Soft, 3, Scope: "venue"),
            new(RuleKind.Isolated, Severity.Soft, 2, Scope: "cohort"), new(RuleKind.LongRow, Severity.Soft, 6, Limit: 2),
            new(RuleKind.LoneSlot, Severity.Soft, 1, Scope: "learner"), new(RuleKind.SlotPrice, Severity.Soft, 1), new(RuleKind.ResourcePrice, Severity.Soft, 1),
        ],
    };

    static readonly Placement[] Good = [At("fire", 0, 1, "room", "wang"), At("fire", 1, 4, "room", "wang"), At("lift", 0, 5, "hall", "li")];

    static Dictionary<RuleKind, int> Broken(params Placement[] placements) => Broken(Problem, placements);

    static Dictionary<RuleKind, int> Broken(PlanningProblem problem, params Placement[] placements) =>
        Hard(problem, placements).GroupBy(finding => finding.Kind).ToDictionary(kind => kind.Key, kind => kind.Sum(finding => finding.Amount));

    static IEnumerable<Finding> Hard(PlanningProblem problem, params Placement[] placements) =>
        PlanCheck.Findings(problem, new([.. placements])).Where(finding => finding.Severity == Severity.Hard);

    static Placement[] With(int index, Placement placement) => [.. Good.Select((at, i) => i == index ? placement : at)];

    static int Cost(RuleKind kind, params Placement[] placements) => PlanCheck.Cost(Problem, new([.. placements])).ByKind.GetValueOrDefault(kind);

    [Fact]
    public void A_good_plan_breaks_nothing() => Assert.Empty(Broken(Good));

    [Fact]
    public void A_group_in_two_places_at_once() => Assert.Equal(1, Broken(With(2, At("lift", 0, 1, "hall", "li")))[RuleKind.GroupClash]);

    [Fact]
    public void A_trainer_in_two_places_at_once() => Assert.Equal(1, Broken(With(1, At("fire", 1, 1, "hall", "wang")))[RuleKind.ResourceClash]);

    [Fact]
    public void A_venue_that_is_unavailable() => Assert.Equal(1, Broken(With(0, At("fire", 0, 3, "room", "wang")))[RuleKind.ResourceClash]);

    [Fact]
    public void A_trainer_without_the_authorisation() => Assert.Equal(1, Broken(With(0, At("fire", 0, 1, "room", "li")))[RuleKind.ResourceClash]);

    [Fact]
    public void A_trainer_whose_authorisation_has_lapsed()
    {
        int Lapsed(int until) => PlanCheck.Cost(Problem with { Resources = [.. Problem.Resources.Select(one => one.Id == "wang" ? one with { Until = one.Until.Add("fire", until) } : one)] }, new([.. Good])).Hard;
        // He teaches in slots 1 and 4.
        Assert.Equal((0, 1, 1, 2), (Lapsed(5), Lapsed(4), Lapsed(2), Lapsed(1)));
    }

    [Fact]
    public void A_post_below_its_minimum() => Assert.Equal(new() { [RuleKind.Coverage] = 1 }, Broken(With(0, At("fire", 0, 2, "room", "wang"))));

    [Fact]
    public void A_course_before_its_prerequisite() => Assert.Equal(1, Broken(With(2, At("lift", 0, 3, "hall", "li")))[RuleKind.Order]);

    [Fact]
    public void A_slot_that_is_not_available() => Assert.Equal(new() { [RuleKind.GroupClash] = 1 }, Broken(With(2, At("lift", 0, 6, "hall", "li"))));

    [Fact]
    public void A_start_that_is_not_allowed()
    {
        var strict = Problem with { Activities = [Problem.Activities[0], Problem.Activities[1] with { Starts = [0, 3, 6] }] };
        Assert.Equal(new Finding(RuleKind.GroupClash, Severity.Hard, 1, "lift #1 starts where it may not."), Assert.Single(Hard(strict, Good)));
    }

    [Fact]
    public void A_meeting_over_the_end_of_the_day() => Assert.Equal(
        new() { [RuleKind.Order] = 1 }, Broken(Problem with { Activities = [new("long") { Duration = 2 }], Groups = [], Precedences = [] }, At("long", 0, 3)));

    [Fact]
    public void A_meeting_left_out() => Assert.Equal(new() { [RuleKind.LeftOut] = 1 }, Broken(Good[0], Good[1]));

    [Fact]
    public void A_meeting_placed_twice() => Assert.Equal(new() { [RuleKind.GroupClash] = 1 }, Broken([.. Good, At("fire", 0, 0, "room", "wang")]));

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_meeting_that_does_not_exist(int meeting) =>
        Assert.Equal(new Finding(RuleKind.LeftOut, Severity.Hard, 1, $"fire #{meeting + 1} doesn't exist."), Assert.Single(Hard(Problem, [.. Good, At("fire", meeting, 0, "room", "wang")])));

    [Fact]
    public void A_resource_too_few_or_too_many()
    {
        var finding = new Finding(RuleKind.ResourceClash, Severity.Hard, 1, "lift #1 has too few or too many resources.");
        Assert.Equal(finding, Assert.Single(Hard(Problem, With(2, At("lift", 0, 5, "hall")))));
        Assert.Equal(finding, Assert.Single(Hard(Problem, With(2, At("lift", 0, 5, "hall", "li", "wang")))));
        var same = Problem with { Rules = [.. Problem.Rules, new(RuleKind.SameResource, Severity.Soft)] };
        Assert.Equal(finding, Assert.Single(Hard(same, With(2, At("lift", 0, 5, "hall")))));
    }

    [Fact]
    public void A_locked_meeting_moved_in_time_or_to_another_resource_or_not_held()
    {
        var moved = new Finding(RuleKind.Order, Severity.Hard, 1, "lift #1 was locked and has been moved.");
        IEnumerable<Finding> Locked(Placement locked, params Placement[] placements) => Hard(Problem with { Locked = [locked] }, placements);
        Assert.Empty(Locked(At("lift", 0, 5, "hall", "li"), Good));
        Assert.Equal(moved, Assert.Single(Locked(At("lift", 0, 3, "hall", "li"), Good)));
        Assert.Equal(moved, Assert.Single(Locked(At("lift", 0, 5, "hall", "wang"), Good)));
        Assert.Contains(moved, Locked(Good[2], Good[0], Good[1]));
    }

    [Fact]
    public void A_published_meeting_moved_in_time_or_to_another_resource_or_not_held()
    {
        var known = Problem with { Published = [.. Good, At("gone", 0, 0)], Rules = [new(RuleKind.Moved, Severity.Soft, 9)] };
        int Moved(params Placement[] placements) => PlanCheck.Cost(known, new([.. placements])).ByKind.GetValueOrDefault(RuleKind.Moved);
        Assert.Equal(0, Moved(Good));
        Assert.Equal(9, Moved(With(1, At("fire", 1, 5, "room", "wang"))));
        Assert.Equal(9, Moved(With(1, At("fire", 1, 4, "hall", "wang"))));
        Assert.Equal(9, Moved(Good[0], Good[1]));
        Assert.Equal(18, Moved(At("fire", 0, 4, "room", "wang"), At("fire", 1, 1, "room", "wang"), Good[2]));
    }

    [Fact]
    public void Estates_that_go_without_out_of_proportion_cost_more()
    {
        var shared = Problem with
        {
            Activities = [Problem.Activities[0] with { Shares = [new("east", 6), new("west", 6)] }, Problem.Activities[1] with { Shares = [new("east", 3), new("north", 9)] }],
            Rules = [new(RuleKind.Uneven, Severity.Soft, 10)],
        };
        int Uneven(params Placement[] placements) => PlanCheck.Cost(shared, new([.. placements])).ByKind.GetValueOrDefault(RuleKind.Uneven);
        Assert.Equal(0, Uneven(Good));
        // East misses 3 of 15 and north all 9: 9 / 15 and 81 / 9. Then east 6 of 15 and west 6 of 12: 36 / 15 and 36 / 12.
        Assert.Equal((90, 50), (Uneven(Good[0], Good[1]), Uneven(Good[0], Good[2])));
    }

    [Fact]
    public void A_trainer_beyond_his_hours()
    {
        var short_ = Problem with { Resources = [.. Problem.Resources.Select(one => one.Id == "wang" ? one with { MostSlots = 1 } : one)] };
        Assert.Equal(1, PlanCheck.Cost(short_, new([.. Good])).ByKind[RuleKind.Hours]);
    }

    [Fact]
    public void A_venue_too_small_where_that_is_forbidden()
    {
        var strict = Problem with { Rules = [new(RuleKind.Seats, Severity.Hard)] };
        Assert.Equal(1, PlanCheck.Cost(strict, new([.. With(2, At("lift", 0, 5, "room", "li"))])).ByKind[RuleKind.Seats]);
    }

    [Fact]
    public void Soft_rules_are_counted_with_their_weights()
    {
        Assert.Equal(10, Cost(RuleKind.Seats, With(2, At("lift", 0, 5, "room", "li"))));
        Assert.Equal(5, Cost(RuleKind.Spread, With(1, At("fire", 1, 0, "room", "wang"))));
        Assert.Equal(3, Cost(RuleKind.SameResource, With(1, At("fire", 1, 4, "hall", "wang"))));
        Assert.Equal(2, Cost(RuleKind.Isolated, Good));
        Assert.Equal(2 * 6, Cost(RuleKind.LongRow, At("fire", 0, 4, "room", "wang"), At("fire", 1, 6, "room", "wang"), At("lift", 0, 5, "hall", "li")));
        Assert.Equal(1, Cost(RuleKind.LoneSlot, Good));
        Assert.Equal(7, Cost(RuleKind.SlotPrice, With(2, At("lift", 0, 3, "hall", "li"))));
        Assert.Equal(8, Cost(RuleKind.ResourcePrice, Good));
    }
}
