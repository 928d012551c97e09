using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>Where every meeting that is held is placed; meetings without a placement are left out.</summary>
public sealed record Plan(ImmutableArray<Placement> Placements);

/// <summary>How often hard rules are broken, what soft rules cost, and both by kind.</summary>
public sealed record PlanCost(int Hard, int Soft, ImmutableSortedDictionary<RuleKind, int> ByKind)
{
    public static PlanCost Of(IEnumerable<(Severity Severity, RuleKind Kind, int Amount)> items)
    {
        var all = items.ToList();
        return new(
            all.Where(item => item.Severity == Severity.Hard).Sum(item => item.Amount),
            all.Where(item => item.Severity == Severity.Soft).Sum(item => item.Amount),
            all.GroupBy(item => item.Kind).ToImmutableSortedDictionary(kind => kind.Key, kind => kind.Sum(item => item.Amount)));
    }

    public bool IsBetterThan(PlanCost other) => Hard < other.Hard || (Hard == other.Hard && Soft < other.Soft);
}

/// <summary>When a search ends: after so much time or so many moves, whatever comes first, on each thread.</summary>
/// <param name="Time">Longest time.</param>
/// <param name="Moves">Most moves; a search that ends by its moves gives the same plan for the same seed, however fast it is.</param>
/// <param name="Threads">Independent searches, the best of which counts.</param>
public sealed record PlanBudget(TimeSpan Time, long Moves = long.MaxValue, int Threads = 1)
{
    /// <summary>Ends a search early when nothing can be better.</summary>
    public int GoodEnough { get; init; }

    /// <summary>The difference in cost that matters: 1 where weights are points, more where they are money. The search warms and cools in it.</summary>
    public int Grain { get; init; } = 1;

    /// <summary>Reads the time used so far on the calling thread; default: the wall clock.</summary>
    public Func<TimeSpan> Clock { get; init; } = () => TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>Moves steer the search; time only ends it, wherever it is by then.</summary>
    public bool IsCounted => Moves < long.MaxValue;

    /// <summary>A share of the moves and all the time that is left; where no moves are counted, a share of the time.</summary>
    public PlanBudget Part(double share, TimeSpan used = default) => IsCounted
        ? this with { Moves = Math.Max(1, (long)(Moves * share)), Time = Time == TimeSpan.MaxValue ? Time : Time - used }
        : this with { Time = Time == TimeSpan.MaxValue ? Time : Time * share };
}

/// <summary>How far a search has come.</summary>
/// <param name="Share">Used share of the budget, 0–1.</param>
/// <param name="Moves">Moves tried so far.</param>
/// <param name="MovesPerSecond">Moves tried per second of the budget's clock.</param>
/// <param name="Hard">Hard rules broken by the best plan so far.</param>
/// <param name="Soft">Cost of the best plan so far.</param>
public sealed record PlanProgress(double Share, long Moves, double MovesPerSecond, int Hard, int Soft)
{
    /// <summary>The best plan so far, and for what problem.</summary>
    public Plan Best { get; init; } = new([]);
    public PlanningProblem Problem { get; init; } = new(new Horizon(0, 1));
}

public static class PlanProgressParts
{
    /// <summary>Reports a search that is one of several: where it begins in the whole, its part of it, and the moves of those before.</summary>
    public static IProgress<PlanProgress> Part(this IProgress<PlanProgress> whole, double from, double part, long moves = 0) => new PartOfProgress(whole, from, part, moves);

    sealed class PartOfProgress(IProgress<PlanProgress> whole, double from, double part, long moves) : IProgress<PlanProgress>
    {
        public void Report(PlanProgress value) => whole.Report(value with { Share = from + (part * value.Share), Moves = moves + value.Moves });
    }
}

/// <summary>The best plan found, what it costs, and how much work that took.</summary>
public sealed record PlanResult(Plan Plan, PlanCost Cost, long Moves, TimeSpan Used, bool Cancelled);
