using System.Collections.Immutable;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>
/// Says why an activity isn't held: first what holds in every plan, then what every plan must give up, then what is so in this plan. And what would help, each
/// change proved by holding the activity with it.
/// </summary>
public sealed class Explainer(PlanningProblem problem, Plan plan, RelaxationPrices prices)
{
    /// <summary>The same activities with nothing but what is certain, where the problem asks for more than they must have: what rules them out here does so in every plan.</summary>
    public PlanningProblem InEveryPlan { get => field ?? problem; init; }

    /// <summary>The same beside the plan, which is locked in it.</summary>
    public PlanningProblem InThisPlan { get => field ??= problem with { Locked = plan.Placements }; init; }

    public RelaxationLimits Limits { get; init; } = new();

    Cut Cut => field ??= new(InEveryPlan, new(InEveryPlan));

    /// <summary>Cancelled before a reason is proved it throws; afterwards it ends with the relaxations found so far.</summary>
    public Explanation Explain(string activity, CancellationToken ct = default)
    {
        var asked = problem.Activities.FirstOrDefault(one => one.Id == activity) ?? throw new ArgumentException($"No activity is called {activity}.", nameof(activity));
        if (Proved(activity, ct).FirstOrDefault() is { } reason) return new(activity, reason, Relaxations(asked, reason.InThisPlan, ct));
        var witness = Fit.Find(Residual.Of(problem, Others(activity), [activity]), ct);
        var fits = witness.Length == asked.Meetings && Limits.Stands(new(RelaxationCode.None, "", 0, 0, witness));
        return new(activity, new(fits ? ReasonCode.Fits : ReasonCode.Unproved), []);
    }

    IEnumerable<Reason> Proved(string activity, CancellationToken ct)
    {
        foreach (var reason in Barred(Residual.Of(InEveryPlan, InEveryPlan.Locked, [activity]), ct).Concat(OutOfOrder(activity, ct))) yield return reason;
        var at = Array.FindIndex([.. InEveryPlan.Activities], one => one.Id == activity);
        foreach (var reason in Cut.Coverage(at, ct).Concat(Cut.Resources(at, ct))) yield return reason;
        foreach (var reason in Barred(Residual.Of(InThisPlan, InThisPlan.Locked, [activity]), ct)) yield return reason with { InThisPlan = true };
    }

    ImmutableArray<Relaxation> Relaxations(Activity activity, bool inTheWay, CancellationToken ct)
    {
        // What can start nowhere is held with no relaxation.
        if (activity.Starts is { IsDefault: false, IsEmpty: true }) return [];
        var found = ImmutableArray.CreateBuilder<Relaxation>();
        try
        {
            foreach (var relaxation in Relaxing.Cheapest(problem, Others(activity.Id), activity, inTheWay, prices, Limits, ct).Take(3)) found.Add(relaxation);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
        return found.ToImmutable();
    }

    ImmutableArray<Placement> Others(string activity) => [.. plan.Placements.Where(at => at.Activity != activity)];

    /// <summary>What bars the only activity of a residual; nothing where it has its place.</summary>
    static IEnumerable<Reason> Barred(Residual residual, CancellationToken ct)
    {
        var (p, activity) = (new CompiledProblem(residual.Problem), residual.Problem.Activities[0]);
        var (open, starts) = (new Openings(residual, p), p.Starts[0]);
        for (var need = 0; need < activity.Needs.Length; need++)
            if (p.Candidates[need].Length == 0)
            {
                yield return Unfit(residual.Problem, activity, activity.Needs[need]);
                yield break;
            }
        if (starts.Length == 0)
        {
            yield return new(ReasonCode.NoStart) { Needed = activity.Duration, Have = LongestRow(residual.Problem.Horizon, activity) };
            yield break;
        }

        for (var need = 0; need < activity.Needs.Length; need++)
            if (!starts.Any(slot => open.Free(0, need, slot).Any()))
                yield return new(ReasonCode.NoneFree) { About = activity.Needs[need].Kind, Needed = p.Candidates[need].Length, Of = starts.Length };
        foreach (var profile in activity.Draws.Select(draw => draw.Profile).Distinct())
        {
            var lacking = starts.Select(slot => open.Missing(0, slot).Where(missing => missing.Profile == profile).ToList()).ToList();
            if (!lacking.TrueForAll(missing => missing.Count > 0)) continue;
            // The best of the possible times is the one where the worst slot lacks least.
            var best = lacking.Select(missing => missing.MaxBy(one => one.Needed - one.Have)).MinBy(missing => missing.Needed - missing.Have);
            yield return new(ReasonCode.Coverage) { About = profile, Needed = best.Needed, Have = Math.Max(0, best.Have), Of = starts.Length, Slot = best.Slot };
        }
        if (starts.All(slot => open.Clashes(0, slot))) yield return new(ReasonCode.People) { Of = starts.Length };
        if (starts.All(slot => open.IsDisordered(0, slot))) yield return new(ReasonCode.Order) { Of = starts.Length, Slot = starts[^1] };
        var left = starts.Count(slot => open.IsOpen(0, slot));
        if (left == 0) yield return new(ReasonCode.NoCommonPlace) { Of = starts.Length, Barriers = Barriers(open, activity, starts) };
        else if (Fit.Find(residual, p, open, ct).Length is var placed && placed < activity.Meetings)
            yield return new(ReasonCode.TooFewPlaces) { Needed = activity.Meetings, Have = placed, Of = left };
    }

    static ImmutableSortedDictionary<string, int> Barriers(Openings open, Activity activity, int[] starts) =>
        activity.Needs.Select((need, index) => (need.Kind, starts.Count(slot => !open.Free(0, index, slot).Any())))
            .Concat(starts.SelectMany(slot => open.Missing(0, slot).Select(missing => missing.Profile).Distinct()).GroupBy(profile => profile).Select(profile => (profile.Key, profile.Count())))
            .Append((nameof(ReasonCode.People), starts.Count(slot => open.Clashes(0, slot))))
            .Append((nameof(ReasonCode.Order), starts.Count(slot => open.IsDisordered(0, slot))))
            .Where(barrier => barrier.Item2 > 0).GroupBy(barrier => barrier.Item1).ToImmutableSortedDictionary(same => same.Key, same => same.Max(barrier => barrier.Item2));

    static Reason Unfit(PlanningProblem problem, Activity activity, Need need)
    {
        var kind = problem.Resources.Where(resource => resource.Kind == need.Kind).ToList();
        var fitting = kind.Where(need.IsMetBy).ToList();
        return fitting.Count == 0
            ? new(ReasonCode.NoResource) { About = need.Kind, Features = need.Features, Of = kind.Count }
            : new(ReasonCode.TooLarge) { About = need.Kind, Needed = activity.Attendance, Have = fitting.Max(resource => resource.Seats), Of = fitting.Count };
    }

    /// <summary>Two activities of which each has its place, but not both in their order: without the order they fit.</summary>
    IEnumerable<Reason> OutOfOrder(string activity, CancellationToken ct)
    {
        var activities = InEveryPlan.Activities.ToDictionary(one => one.Id);
        foreach (var order in InEveryPlan.Precedences.Where(order => order.Before == activity || order.After == activity))
        {
            var (before, after) = (activities[order.Before], activities[order.After]);
            bool Fits(PlanningProblem one) => Fit.Find(Residual.Of(one, InEveryPlan.Locked, [before.Id, after.Id]), ct).Length == before.Meetings + after.Meetings;
            if (Fits(InEveryPlan) || !Fits(InEveryPlan with { Precedences = InEveryPlan.Precedences.Remove(order) })) continue;
            var starts = new CompiledProblem(Residual.Of(InEveryPlan, [], [before.Id, after.Id]).Problem).Starts;
            var earliest = Reach(before, starts[0], ct) + before.Duration;
            var latest = Reach(after, [.. starts[1].Reverse()], ct);
            // Where one alone could end before the other alone starts, it is something they share that keeps them apart, and no two numbers do.
            yield return new(ReasonCode.Order) { About = order.Before == activity ? after.Id : before.Id, Needed = earliest, Have = latest, Slot = earliest > latest ? latest : -1 };
        }
    }

    /// <summary>How far into its starts, in the order given, an activity must go that all its meetings can be held.</summary>
    int Reach(Activity activity, int[] starts, CancellationToken ct)
    {
        bool Suffice(int count) => Fit.Find(Residual.Of(
            InEveryPlan with { Activities = InEveryPlan.Activities.Replace(activity, activity with { Starts = [.. starts.Take(count)] }) }, InEveryPlan.Locked, [activity.Id]), ct).Length == activity.Meetings;
        var (low, high) = (1, starts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Suffice(middle)) high = middle;
            else low = middle + 1;
        }
        return starts[low - 1];
    }

    static int LongestRow(Horizon horizon, Activity activity)
    {
        var (longest, row, last) = (0, 0, -2);
        foreach (var slot in activity.Available.IsDefault ? Enumerable.Range(0, horizon.Slots) : activity.Available.Order())
        {
            row = slot == last + 1 && horizon.DayOf(slot) == horizon.DayOf(last) ? row + 1 : 1;
            (longest, last) = (Math.Max(longest, row), slot);
        }
        return longest;
    }
}
