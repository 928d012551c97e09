using CsCheck;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>What is locked stays where it is, whatever moves around it.</summary>
public class LockedTests
{
    [Fact]
    public void A_search_never_moves_what_is_locked() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Problem(seed);
            // The clock makes every look at it worth a report.
            var now = TimeSpan.Zero;
            var budget = new PlanBudget(TimeSpan.MaxValue, 20_000) { Clock = () => now += TimeSpan.FromSeconds(1) };
            var result = Planner.Solve(problem, budget, seed, new Told(progress => AssertKept(problem, progress.Best)));
            AssertKept(problem, result.Plan);
            Assert.Equal(0, Possible.Broken(problem, result.Plan.Placements));
        }, iter: 60, threads: 1);

    /// <summary>Places are drawn at random, so that what was published is mostly elsewhere than what is locked.</summary>
    static PlanningProblem Problem(int seed)
    {
        var problem = SampleProblems.Locked(SampleProblems.Random(seed, simple: seed % 2 == 0), seed);
        return seed % 3 == 0 ? problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.LeftOut) } : problem;
    }

    [Fact]
    public void Simple_methods_place_the_rest_around_what_is_locked() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Problem(seed);
            AssertKept(problem, Planner.FirstFit(problem).Plan);
            AssertKept(problem, Planner.RegretInsertion(problem).Plan);
        }, iter: 60, threads: 1);

    [Fact]
    public void A_session_agreed_elsewhere_is_not_brought_back_to_where_it_was_published()
    {
        var published = SampleProblems.At("drill", 0, 0, "hall");
        var problem = new PlanningProblem(new(1, 4))
        {
            Activities = [new("drill") { Needs = [new("venue")], SlotPrices = [0, 5, 5, 5] }, new("theory") { Needs = [new("venue")] }],
            Resources = [new("hall", "venue")],
            Published = [published, SampleProblems.At("theory", 0, 1, "hall")],
            Locked = [published with { Slot = 2 }],
            Rules = [new(RuleKind.Moved, Severity.Soft, 100), new(RuleKind.SlotPrice, Severity.Soft)],
        };
        var result = Planner.Solve(problem, new(TimeSpan.MaxValue, 20_000), 1, ct: TestContext.Current.CancellationToken);
        Assert.Equal([("drill", 2), ("theory", 1)], result.Plan.Placements.Select(at => (at.Activity, at.Slot)));
    }

    [Fact]
    public void No_exchange_chain_or_ejection_takes_what_is_locked_along() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var problem = Problem(seed);
            var compiled = new CompiledProblem(problem);
            var (draft, random, dice) = (new Draft(compiled), new Random(seed), new SmallRandom((ulong)seed));
            var (exchange, chain, ejection) = (new Exchange(compiled, draft), new Chain(compiled, draft), new Ejection(compiled, draft));
            // Nothing is too dear, so that only a lock stops a move.
            var (limit, weights) = (double.MaxValue, new Weights(Hard: 1, Soft: 1));
            int[] movable = [.. Enumerable.Range(0, compiled.MeetingCount).Where(meeting => !compiled.IsLocked[meeting] && compiled.Starts[compiled.ActivityOf[meeting]].Length > 0)];
            for (var step = 0; step < 300 && movable.Length > 0; step++)
            {
                var meeting = movable[random.Next(movable.Length)];
                var activity = compiled.ActivityOf[meeting];
                var slot = compiled.Starts[activity][random.Next(compiled.Starts[activity].Length)];
                if (!draft.IsPlaced(meeting)) ejection.TryBringIn(meeting, slot, ref dice, limit, weights);
                else if (random.Next(4) == 0) ejection.TryLeaveOut(meeting, limit, weights);
                else if (random.Next(2) == 0) chain.Try(meeting, slot, limit, weights);
                else if (compiled.NeedCount[activity] > 0)
                {
                    var candidates = compiled.Candidates[activity * compiled.Needs];
                    exchange.Try(meeting, slot, 0, candidates[random.Next(candidates.Length)], limit, weights);
                }
            }
            AssertKept(problem, draft.ToPlan());
        }, iter: 60, threads: 1);

    static void AssertKept(PlanningProblem problem, Plan plan) => Assert.Superset(Words(problem.Locked), Words(plan.Placements));

    static HashSet<string> Words(IEnumerable<Placement> placements) => [.. placements.Select(at => $"{at.Activity} {at.Meeting} {at.Slot} {string.Join(' ', at.Resources)}")];
}
