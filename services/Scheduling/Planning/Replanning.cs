using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>What a price for moving published meetings buys.</summary>
/// <param name="Price">Price of one meeting moved, in the unit of the weights.</param>
/// <param name="Moved">Published meetings that are no longer when and with what they were published.</param>
/// <param name="Cost">What the plan costs without the price of moving.</param>
/// <param name="Plan">The plan.</param>
public sealed record FrontierPoint(int Price, int Moved, PlanCost Cost, Plan Plan);

/// <summary>Plans that keep what people already know as far as it is worth it.</summary>
public static class Replanning
{
    /// <summary>How many published meetings aren't held when and with what they were published; meetings of activities that are gone don't count.</summary>
    public static int Moved(PlanningProblem problem, Plan plan) =>
        PlanCheck.Cost(Priced(problem, 1), plan).ByKind.GetValueOrDefault(RuleKind.Moved);

    /// <summary>
    /// "k moved sessions buy this": the plans that nothing beats both in meetings moved and in cost, fewest moves first. The budget is shared equally by the prices.
    /// </summary>
    public static ImmutableArray<FrontierPoint> Frontier(
        PlanningProblem problem, IEnumerable<int> prices, PlanBudget budget, int seed, IProgress<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        int[] dearestFirst = [.. prices.Distinct().OrderDescending()];
        var share = budget.Part(1.0 / dearestFirst.Length);
        var unpriced = problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.Moved) };
        var points = dearestFirst.Select((price, index) =>
        {
            var plan = Planner.Solve(Priced(problem, price), share, seed, progress?.Part((double)index / dearestFirst.Length, 1.0 / dearestFirst.Length), ct).Plan;
            return new FrontierPoint(price, Moved(problem, plan), PlanCheck.Cost(unpriced, plan), plan);
        }).ToList();
        return [.. Unbeaten(points, point => point.Moved, point => (point.Cost.Hard, point.Cost.Soft))];
    }

    /// <summary>Those that no other beats both in meetings moved and in cost, fewest moves first.</summary>
    public static IEnumerable<T> Unbeaten<T>(IEnumerable<T> points, Func<T, int> moved, Func<T, (long Hard, long Soft)> cost)
    {
        (long Hard, long Soft)? least = null;
        foreach (var point in points.OrderBy(moved).ThenBy(cost))
        {
            if (least is { } known && cost(point).CompareTo(known) >= 0) continue;
            least = cost(point);
            yield return point;
        }
    }

    /// <summary>The same problem with another price for moving.</summary>
    public static PlanningProblem Priced(PlanningProblem problem, int price) =>
        problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.Moved).Add(new(RuleKind.Moved, Severity.Soft, price)) };
}
