using CsCheck;
using Training.Scheduling.Planning;
using static Training.Scheduling.Tests.Planning.SampleProblems;

namespace Training.Scheduling.Tests.Planning;

public class PlannerTests
{
    static PlanResult Solve(PlanningProblem problem, PlanBudget budget, int seed, IProgress<PlanProgress>? progress = null) =>
        Planner.Solve(problem, budget, seed, progress, TestContext.Current.CancellationToken);

    static PlanBudget Moves(long moves) => new(TimeSpan.MaxValue, moves);

    [Fact]
    public void The_same_seed_and_moves_give_the_same_plan()
    {
        var problem = Random(3, simple: false);
        string Words(int seed) => string.Join('\n', Solve(problem, Moves(50_000), seed).Plan.Placements.Select(at =>
            $"{at.Activity} {at.Meeting} {at.Slot} {string.Join(' ', at.Resources)}"));
        Assert.Equal(Words(1), Words(1));
        Assert.Equal(Solve(problem, Moves(50_000) with { Threads = 2 }, 5).Cost.Soft, Solve(problem, Moves(50_000) with { Threads = 2 }, 5).Cost.Soft);
    }

    [Fact]
    public void How_fast_a_search_is_doesnt_steer_it_while_moves_are_counted()
    {
        PlanResult At(double milliseconds)
        {
            var now = TimeSpan.Zero;
            return Solve(Random(3, simple: false), Moves(50_000) with { Time = TimeSpan.FromMinutes(1), Clock = () => now += TimeSpan.FromMilliseconds(milliseconds) }, 1);
        }
        var (fast, slow) = (At(0.01), At(20));
        Assert.Equal((fast.Cost.Soft, fast.Moves), (slow.Cost.Soft, slow.Moves));
        Assert.Equal(fast.Plan.Placements.Select(at => (at.Activity, at.Meeting, at.Slot)), slow.Plan.Placements.Select(at => (at.Activity, at.Meeting, at.Slot)));
        // Time still ends it.
        Assert.InRange(At(2_000).Moves, 0, fast.Moves - 1);
    }

    [Fact]
    public void A_plan_breaks_nothing_and_costs_no_more_than_simple_methods() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Random(seed, simple: seed % 2 == 0) with { Published = [] };
            var plan = Solve(problem, Moves(60_000), seed);
            Assert.Equal(0, plan.Cost.Hard);
            Assert.True(plan.Cost.Soft <= Planner.RegretInsertion(problem).Cost.Soft, $"{plan.Cost.Soft} costs more than insertion");
            Assert.True(plan.Cost.Soft <= Planner.FirstFit(problem).Cost.Soft, $"{plan.Cost.Soft} costs more than first fit");
        }, iter: 20, threads: 1);

    [Fact]
    public void Prices_in_another_unit_give_the_same_plan()
    {
        var problem = Random(4, simple: false);
        var dear = problem with { Rules = [.. problem.Rules.Select(rule => rule with { Weight = rule.Weight * 64 })] };
        Assert.Equal(64 * Solve(problem, Moves(30_000), 1).Cost.Soft, Solve(dear, Moves(30_000) with { Grain = 64 }, 1).Cost.Soft);
    }

    [Fact]
    public void What_fits_exactly_is_found()
    {
        var plan = Solve(Tight, Moves(20_000), 1);
        Assert.Equal(0, plan.Cost.Hard);
        Assert.Equal(["fire 0", "fire 1", "lift 2", "lift 3"], plan.Plan.Placements.Select(at => $"{at.Activity} {at.Slot}").Order());
    }

    [Fact]
    public void What_cannot_be_held_is_left_out_and_nothing_clashes()
    {
        var plan = Solve(Tight with { Activities = [.. Tight.Activities, new("first-aid") { Needs = [new("venue")], Priority = 3 }] }, Moves(20_000), 1);
        Assert.Equal([KeyValuePair.Create(RuleKind.LeftOut, plan.Cost.Hard)], plan.Cost.ByKind);
        Assert.Equal(4, plan.Plan.Placements.Length);
        Assert.Equal(1, plan.Cost.Hard);
    }

    [Fact]
    public void Simple_methods_leave_out_rather_than_clash() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Random(seed, simple: seed % 2 == 0);
            problem = problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.LeftOut) };
            foreach (var result in (PlanResult[])[Planner.FirstFit(problem), Planner.RegretInsertion(problem)])
                Assert.Equal(result.Cost.Hard, result.Cost.ByKind.GetValueOrDefault(RuleKind.LeftOut));
        }, iter: 50, threads: 1);

    [Fact]
    public void Locked_placements_stay()
    {
        var locked = At("lift", 0, 2, "hall");
        var plan = Solve(Tight with { Locked = [locked] }, Moves(20_000), 1);
        Assert.Equal(0, plan.Cost.Hard);
        Assert.Contains(plan.Plan.Placements, at => at.Activity == "lift" && at.Meeting == 0 && at.Slot == 2);
    }

    [Fact]
    public void A_post_without_spare_people_gets_no_training_then()
    {
        var guarded = Tight with
        {
            Activities = [new("drill") { Duration = 2, Needs = [new("venue")], Draws = [new("gate", 2)] }],
            Groups = [],
            Precedences = [],
            Profiles = [new("gate", [2, 1, 2, 2])],
        };
        Assert.Equal(2, Assert.Single(Solve(guarded, Moves(2_000), 1).Plan.Placements).Slot);
        Assert.Empty(Solve(guarded with { Profiles = [new("gate", [2, 1, 2, 1])] }, Moves(2_000), 1).Plan.Placements);
    }

    [Fact]
    public void The_time_box_holds_and_progress_is_told()
    {
        var reports = new List<PlanProgress>();
        var now = TimeSpan.Zero;
        var budget = new PlanBudget(TimeSpan.FromSeconds(20)) { Clock = () => now += TimeSpan.FromMilliseconds(1), GoodEnough = -1 };
        var result = Solve(Random(11, simple: true), budget, 1, new Told(reports.Add));
        Assert.InRange(result.Used, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.5));
        Assert.InRange(reports.Count, 5, 20);
        Assert.Equal(reports.Select(report => report.Share).Order(), reports.Select(report => report.Share));
        Assert.All(reports, report => Assert.True(report is { Moves: > 0, MovesPerSecond: > 0 }));
        Assert.False(result.Cancelled);
    }

    [Fact]
    public void A_cancelled_search_returns_what_it_has()
    {
        using var stop = new CancellationTokenSource();
        var now = TimeSpan.Zero;
        var budget = new PlanBudget(TimeSpan.FromHours(9)) { Clock = () => now += TimeSpan.FromMilliseconds(1), GoodEnough = -1 };
        var result = Planner.Solve(Random(12, simple: false), budget, 1, new Told(report => { if (report.Share > 0) stop.Cancel(); }), stop.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(0, result.Cost.Hard);
        Assert.InRange(result.Used, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_search_ends_when_nothing_can_be_better()
    {
        // Insertion gives the only free place of the second to the first, which doesn't mind where it is.
        var problem = new PlanningProblem(new(1, 2))
        {
            Activities = [new("any") { Needs = [new("venue")] }, new("early") { Needs = [new("venue")], SlotPrices = [0, 9] }],
            Resources = [new("hall", "venue")],
            Rules = [new(RuleKind.SlotPrice, Severity.Soft)],
        };
        var now = TimeSpan.Zero;
        var result = Solve(problem, new(TimeSpan.FromSeconds(20)) { Clock = () => now += TimeSpan.FromMilliseconds(1) }, 1);
        Assert.Equal((9, 9, 0), (Planner.RegretInsertion(problem).Cost.Soft, Planner.FirstFit(problem).Cost.Soft, result.Cost.Soft));
        Assert.InRange(result.Used, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(result.Moves, 1, 100_000);
    }

    [Fact]
    public void Structural_rules_cannot_be_priced() =>
        Assert.Throws<ArgumentException>(() => Planner.FirstFit(Tight with { Rules = [new(RuleKind.Coverage, Severity.Soft, 10)] }));

    [Fact]
    public void Rules_that_search_and_check_could_read_differently_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Planner.FirstFit(Tight with { Rules = [new(RuleKind.LeftOut, Severity.Soft, 10), new(RuleKind.LeftOut, Severity.Hard)] }));
        Assert.Throws<ArgumentException>(() => Planner.FirstFit(Tight with { Rules = [new(RuleKind.LongRow, Severity.Soft, 1, 2), new(RuleKind.LongRow, Severity.Soft, 1, 4, "cohort")] }));
    }
}
