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
        var translated = Translation.Of(situation);
        begun();

        int[] prices = replanning ? [.. settings.FrontierPrices] : [];
        var share = prices.Length == 0 ? 1 : 1 - FrontierShare;
        // Re-planning keeps everybody in his run, so that there is nothing to regroup.
        var (timetable, bill, result) = Rounds.Of(situation, translated, Budget(effort, settings, share), effort.Seed, replanning ? 1 : Rounds.Most, progress.Part(0, share), ct);
        // A clerk's timetable is no worse proposal where it costs less.
        if (!replanning && byHand.Total < bill.Total) (timetable, bill) = (firstFit, byHand);

        var (steps, moves, used) = (new List<FrontierStep>(), result.Moves, result.Used);
        if (prices.Length > 0) steps.Add(Step(situation.Prices.MovedSession, bill));
        foreach (var (index, price) in prices.Index())
        {
            var part = FrontierShare / prices.Length;
            var other = Planner.Solve(Replanning.Priced(translated.Problem, price), Budget(effort, settings, part), effort.Seed, progress.Part(share + (index * part), part, moves), ct);
            var otherTimetable = Seating.Of(situation, translated, other.Plan, ct);
            var otherBill = Bill.Of(situation, otherTimetable);
            steps.Add(Step(price, otherBill));
            // Found at another price, it may still be the cheapest at this one.
            if (otherBill.Total < bill.Total) (timetable, bill) = (otherTimetable, otherBill);
            (moves, used) = (moves + other.Moves, used + other.Used);
        }
        var violations = VerifyTimetable.Judge(published, timetable);
        var explained = violations.Count > 0 ? new([], []) : Explaining.Of(situation, timetable, TimeSpan.FromSeconds(settings.ExplainSeconds), ct);
        var unsafeClasses = violations.Count > 0 ? [] : UnsafeClasses.Of(published, timetable, unserved);
        // By hand nothing published moves. Where that leaves more that isn't safe than the proposal does, the two can't be compared.
        if (replanning && !IsAsSafe(published, firstFit, unserved, unsafeClasses)) byHand = Bill.None;
        return new(timetable, bill, byHand, [.. Replanning.Unbeaten(steps, step => step.MovedSessions, step => (0, step.Cost))], moves, used, violations, explained, unserved)
        {
            Unsafe = unsafeClasses,
        };
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
