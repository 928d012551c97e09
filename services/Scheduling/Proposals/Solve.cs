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
    /// <summary>Frontier prices share this part of a search; the rest is for the price of the situation.</summary>
    const double FrontierShare = 0.5;

    internal static Solution Of(
        Situation situation, Effort effort, PlannerSettings settings, bool replanning, Action begun, IProgress<PlanProgress> progress, CancellationToken ct)
    {
        var (published, unserved) = (situation, ImmutableArray<Unserved>.Empty);
        if (replanning) (situation, unserved) = Substitutes.Of(situation);
        var firstFit = Seating.FirstFit(situation, ct);
        var byHand = Bill.Of(situation, firstFit);
        var (planned, frontier) = replanning
            ? Replan(situation, published, effort, settings, begun, progress, ct)
            : (Rounds.Of(situation, Budget(effort, settings), effort.Seed, begun: begun, progress: progress, ct: ct), []);
        var (timetable, bill, search) = planned;
        // A clerk's timetable is no worse proposal where it costs less.
        if (!replanning && byHand.Total < bill.Total) (timetable, bill) = (firstFit, byHand);
        var violations = VerifyTimetable.Judge(published, timetable);
        var explained = violations.Count > 0 ? new([], []) : Explaining.Of(situation, timetable, TimeSpan.FromSeconds(settings.ExplainSeconds), ct);
        var unsafeClasses = violations.Count > 0 ? [] : UnsafeIn(timetable);
        // By hand nothing published moves. Where that leaves more that isn't safe than the proposal does, the two can't be compared.
        if (replanning && !IsAsSafe()) byHand = Bill.None;
        return new(timetable, bill, byHand, frontier, search.Moves, search.Used, violations, explained, unserved)
        {
            Unsafe = unsafeClasses,
        };

        ImmutableArray<Unsafe> UnsafeIn(Timetable found) => UnsafeClasses.Of(published, found, unserved);

        bool IsAsSafe()
        {
            var known = unsafeClasses.Select(one => (one.Run, one.Session, one.Kind)).ToHashSet();
            return VerifyTimetable.Judge(published, firstFit).Count == 0 && UnsafeIn(firstFit).All(one => known.Contains((one.Run, one.Session, one.Kind)));
        }
    }

    /// <summary>
    /// Keeps everybody in his run, so that there is nothing to regroup. Of the timetables in which the fewest published classes stay against a rule or find no place, the
    /// cheapest at the situation's price, at whichever price it was found: no bill makes up for a post below its minimum.
    /// </summary>
    static (Planned Planned, ImmutableArray<FrontierStep> Frontier) Replan(
        Situation situation, Situation published, Effort effort, PlannerSettings settings, Action begun, IProgress<PlanProgress> progress, CancellationToken ct)
    {
        var translated = Translation.Of(situation);
        begun();
        int[] prices = [.. settings.FrontierPrices.Append(settings.Prices.MovedSession).Except([situation.Prices.MovedSession])];
        var (budget, first, part) = (Budget(effort, settings), prices.Length == 0 ? 1 : 1 - FrontierShare, FrontierShare / prices.Length);
        var (moves, used) = (0L, TimeSpan.Zero);
        List<(Planned Planned, FrontierStep Step)> found = [At(situation.Prices.MovedSession, translated, 0, first)];
        foreach (var (index, price) in prices.Index())
            found.Add(At(price, translated with { Problem = Replanning.Priced(translated.Problem, price) }, first + (index * part), part));
        var best = found.MinBy(one => (one.Step.Unsafe, one.Planned.Bill.Total)).Planned;
        return (best with { Search = best.Search with { Moves = moves, Used = used } }, prices.Length == 0 ? [] : [.. Replanning.Unbeaten(found.Select(one => one.Step), step => step.MovedSessions, step => (step.Unsafe, step.Cost))]);

        (Planned, FrontierStep) At(int price, Translated priced, double from, double share)
        {
            var planned = Rounds.Once(situation, priced, budget.Part(share, used), effort.Seed, progress.Part(from, share, moves), ct);
            (moves, used) = (moves + planned.Search.Moves, used + planned.Search.Used);
            var bill = planned.Bill;
            return (planned, new(price, bill.MovedSessions, bill.Total - bill.Components.GetValueOrDefault("moved"), bill.Unseated, VerifyTimetable.Unsafe(published, planned.Timetable)));
        }
    }

    static PlanBudget Budget(Effort effort, PlannerSettings settings) => new(
        effort.Seconds == 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(effort.Seconds), effort.Moves == 0 ? long.MaxValue : effort.Moves, settings.Threads)
    {
        Grain = settings.Grain,
    };
}
