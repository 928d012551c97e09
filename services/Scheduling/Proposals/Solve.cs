using System.Collections.Immutable;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;

namespace Training.Scheduling.Proposals;

/// <summary>What a search makes of a situation.</summary>
sealed record Solution(Timetable Timetable, Bill Bill, Bill FirstFit, ImmutableArray<FrontierStep> Frontier, long Moves, TimeSpan Used, IReadOnlyList<Violation> Violations, Explained Explained, ImmutableArray<Unserved> Unserved)
{
    public ImmutableArray<Unsafe> Unsafe { get; init; } = [];
}

/// <summary>Searches, seats, verifies and prices; knows neither clock nor store.</summary>
static class Solve
{
    /// <summary>Frontier prices share this part of a search; the rest looks for what is proposed.</summary>
    const double FrontierShare = 0.5;

    internal static Solution Of(
        Situation situation, Effort effort, PlannerSettings settings, bool replanning, Action begun, IProgress<PlanProgress> progress, CancellationToken ct)
    {
        var (published, unserved) = (situation, ImmutableArray<Unserved>.Empty);
        if (replanning) (situation, unserved) = Substitutes.Of(situation);
        var firstFit = Seating.FirstFit(situation, ct);
        var byHand = Bill.Of(situation, firstFit);
        var (planned, frontier) = replanning
            ? Replan(situation, effort, settings, begun, progress, ct)
            : (Rounds.Of(situation, Budget(effort, settings, 1), effort.Seed, begun: begun, progress: progress, ct: ct), []);
        var (timetable, bill, search) = planned;
        // A clerk's timetable is no worse proposal where it costs less.
        if (!replanning && byHand.Total < bill.Total) (timetable, bill) = (firstFit, byHand);
        var violations = VerifyTimetable.Judge(published, timetable);
        var explained = violations.Count > 0 ? new([], []) : Explaining.Of(situation, timetable, TimeSpan.FromSeconds(settings.ExplainSeconds), ct);
        var unsafeClasses = violations.Count > 0 ? [] : UnsafeClasses.Of(published, timetable, unserved);
        // By hand nothing published moves. Where that leaves more that isn't safe than the proposal does, the two can't be compared.
        if (replanning && !IsAsSafe(published, firstFit, unserved, unsafeClasses)) byHand = Bill.None;
        return new(timetable, bill, byHand, frontier, search.Moves, search.Used, violations, explained, unserved)
        {
            Unsafe = unsafeClasses,
        };
    }

    /// <summary>Keeps everybody in his run, so that there is nothing to regroup. The cheapest timetable at the situation's price, at whichever price it was found.</summary>
    static (Planned Planned, ImmutableArray<FrontierStep> Frontier) Replan(Situation situation, Effort effort, PlannerSettings settings, Action begun, IProgress<PlanProgress> progress, CancellationToken ct)
    {
        var translated = Translation.Of(situation);
        begun();
        int[] prices = [.. settings.FrontierPrices.Append(settings.Prices.MovedSession).Except([situation.Prices.MovedSession])];
        var (share, part) = prices.Length == 0 ? (1.0, 0.0) : (1 - FrontierShare, FrontierShare / prices.Length);
        var best = Rounds.Once(situation, translated, Budget(effort, settings, share), effort.Seed, progress.Part(0, share), ct);
        var (steps, moves, used) = (new List<FrontierStep> { Step(situation.Prices.MovedSession, best.Bill) }, best.Search.Moves, best.Search.Used);
        foreach (var (index, price) in prices.Index())
        {
            var other = Rounds.Once(situation, translated with { Problem = Replanning.Priced(translated.Problem, price) }, Budget(effort, settings, part), effort.Seed, progress.Part(share + (index * part), part, moves), ct);
            steps.Add(Step(price, other.Bill));
            if (other.Bill.Total < best.Bill.Total) best = other;
            (moves, used) = (moves + other.Search.Moves, used + other.Search.Used);
        }
        return (best with { Search = best.Search with { Moves = moves, Used = used } }, prices.Length == 0 ? [] : [.. Replanning.Unbeaten(steps, step => step.MovedSessions, step => (0, step.Cost))]);
    }

    static bool IsAsSafe(Situation published, Timetable firstFit, ImmutableArray<Unserved> unserved, ImmutableArray<Unsafe> proposed)
    {
        var known = proposed.Select(one => (one.Run, one.Session, one.Kind)).ToHashSet();
        return VerifyTimetable.Judge(published, firstFit).Count == 0 && UnsafeClasses.Of(published, firstFit, unserved).All(one => known.Contains((one.Run, one.Session, one.Kind)));
    }

    static FrontierStep Step(int price, Bill bill) => new(price, bill.MovedSessions, bill.Total - bill.Components.GetValueOrDefault("moved"), bill.Unseated);

    static PlanBudget Budget(Effort effort, PlannerSettings settings, double share) => new(
        effort.Seconds == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(effort.Seconds * share), effort.Moves == 0 ? long.MaxValue : Math.Max(1, (long)(effort.Moves * share)), settings.Threads)
    {
        Grain = settings.Grain,
    };
}
