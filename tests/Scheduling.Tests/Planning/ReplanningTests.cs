using CsCheck;
using Training.Scheduling.Planning;
using static Training.Scheduling.Tests.Planning.SampleProblems;

namespace Training.Scheduling.Tests.Planning;

public class ReplanningTests
{
    static PlanBudget Moves(long moves) => new(TimeSpan.MaxValue, moves);

    static PlanResult Solve(PlanningProblem problem, long moves = 20_000) =>
        Planner.Solve(problem, Moves(moves), 1, ct: TestContext.Current.CancellationToken);

    /// <summary>Three drills in one hall on two days of four slots, published on the first.</summary>
    static readonly PlanningProblem Drills = new(new(2, 4))
    {
        Activities = [.. Enumerable.Range(0, 3).Select(i => new Activity($"drill-{i}") { Needs = [new("venue")], SlotPrices = [5, 5, 5, 5, 0, 0, 0, 0] })],
        Resources = [new("hall", "venue")],
        Published = [.. Enumerable.Range(0, 3).Select(i => At($"drill-{i}", 0, i, "hall"))],
        Rules = [new(RuleKind.SlotPrice, Severity.Soft), new(RuleKind.LeftOut, Severity.Soft, 100), new(RuleKind.Moved, Severity.Soft, 9)],
    };

    [Fact]
    public void What_is_published_stays_where_moving_costs_more_than_it_saves()
    {
        var plan = Solve(Drills);
        Assert.Equal(Drills.Published.Select(at => at.Slot), plan.Plan.Placements.Select(at => at.Slot));
        Assert.Equal(15, plan.Cost.Soft);
    }

    [Fact]
    public void What_is_published_moves_where_that_pays()
    {
        var cheap = Replanning.Priced(Drills, 4);
        Assert.All(Solve(cheap).Plan.Placements, at => Assert.True(at.Slot >= 4));
        Assert.Equal(12, Solve(cheap).Cost.Soft);
    }

    [Fact]
    public void Only_what_the_lost_hour_hits_moves()
    {
        var lost = Drills with { Resources = [new("hall", "venue") { Unavailable = [1] }] };
        var plan = Solve(lost);
        Assert.Equal(0, plan.Cost.Hard);
        Assert.Equal(1, Replanning.Moved(lost, plan.Plan));
        Assert.DoesNotContain(plan.Plan.Placements, at => at.Slot == 1);
    }

    [Fact]
    public void A_venue_that_is_gone_moves_its_meetings_and_a_cancelled_activity_moves_nothing()
    {
        var gone = Drills with { Activities = Drills.Activities.RemoveAt(2), Resources = [new("room", "venue")] };
        var plan = Solve(gone);
        Assert.Equal(2, Replanning.Moved(gone, plan.Plan));
        Assert.Equal(18, plan.Cost.Soft);
    }

    [Fact]
    public void What_has_started_stays_even_where_moving_is_free()
    {
        var started = Replanning.Priced(Drills, 1) with { Locked = [Drills.Published[0]] };
        var plan = Solve(started);
        Assert.Contains(plan.Plan.Placements, at => at.Activity == "drill-0" && at.Slot == 0);
        Assert.Equal(2, Replanning.Moved(started, plan.Plan));
    }

    [Fact]
    public void The_frontier_says_what_each_moved_meeting_buys()
    {
        var uneven = Drills with { Activities = [.. Drills.Activities.Select((drill, i) => drill with { SlotPrices = [.. Enumerable.Repeat(5 * (i + 1), 4), 0, 0, 0, 0] })] };
        var frontier = Replanning.Frontier(uneven, [100, 12, 7, 2], Moves(80_000), 1, ct: TestContext.Current.CancellationToken);
        Assert.Equal([(0, 30), (1, 15), (2, 5), (3, 0)], frontier.Select(point => (point.Moved, point.Cost.Soft)));
    }

    [Fact]
    public void A_new_plan_is_never_worse_than_the_published_one() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Random(seed, simple: seed % 2 == 0) with { Published = [] };
            var published = Planner.FirstFit(problem);
            var plan = Solve(problem with { Published = published.Plan.Placements });
            Assert.Equal(0, plan.Cost.Hard);
            Assert.True(plan.Cost.Soft <= published.Cost.Soft, $"{plan.Cost.Soft} after {published.Cost.Soft}");
        }, iter: 30, threads: 1);

    [Fact]
    public void A_frontier_falls_and_counts_what_the_check_counts() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Random(seed, simple: seed % 2 == 0);
            var frontier = Replanning.Frontier(problem, [200, 20, 1], Moves(30_000), seed);
            Assert.NotEmpty(frontier);
            foreach (var point in frontier)
            {
                var kept = problem.Published.Count(known => problem.Activities.Any(one => one.Id == known.Activity) && point.Plan.Placements.Any(at =>
                    at.Activity == known.Activity && at.Meeting == known.Meeting && at.Slot == known.Slot && at.Resources.SequenceEqual(known.Resources)));
                Assert.Equal(problem.Published.Count(known => problem.Activities.Any(one => one.Id == known.Activity)) - kept, point.Moved);
                Assert.Equal(0, point.Cost.Hard);
                Assert.False(point.Cost.ByKind.ContainsKey(RuleKind.Moved));
            }
            Assert.Equal(frontier.Select(point => point.Moved).Distinct().Order(), frontier.Select(point => point.Moved));
            Assert.Equal(frontier.Select(point => point.Cost.Soft).OrderDescending(), frontier.Select(point => point.Cost.Soft));
        }, iter: 20, threads: 1);
}
