using System.Collections.Immutable;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>
/// Says why an activity isn't held: first what holds in every plan, then what every plan must give up, then what is so in this plan. And what would help, each
/// change proved by holding the activity with it.
/// </summary>
public sealed class Explainer(PlanningProblem problem, Plan plan, RelaxationPrices prices)
{
    readonly CompiledProblem compiled = new(problem);

    /// <summary>Cancelled before a reason is proved it throws; afterwards it ends with the relaxations found so far.</summary>
    public Explanation Explain(string activity, CancellationToken ct = default)
    {
        var at = Array.FindIndex([.. problem.Activities], one => one.Id == activity);
        if (at < 0) throw new ArgumentException($"No activity is called {activity}.", nameof(activity));
        var (here, cut) = (Others(activity), new Cut(problem, compiled, ct));
        var reason = Barred(Residual.Of(problem, problem.Locked, [activity]), ct)
            .Concat(OutOfOrder(activity, ct))
            .Concat(cut.Coverage(at)).Concat(cut.Resources(at))
            .Concat(Barred(Residual.Of(problem, here, [activity]), ct).Select(reason => reason with { InThisPlan = true }))
            .FirstOrDefault(new Reason(ReasonCode.Fits));
        return new(activity, reason, reason.Code == ReasonCode.Fits ? [] : Relaxations(here, problem.Activities[at], reason.InThisPlan, ct));
    }

    ImmutableArray<Relaxation> Relaxations(ImmutableArray<Placement> here, Activity activity, bool inTheWay, CancellationToken ct)
    {
        var found = ImmutableArray.CreateBuilder<Relaxation>();
        try
        {
            foreach (var relaxation in Relaxing.Cheapest(problem, here, activity, inTheWay, prices, ct).Take(3)) found.Add(relaxation);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
        return found.ToImmutable();
    }

    ImmutableArray<Placement> Others(string activity) => [.. plan.Placements.Where(at => at.Activity != activity || problem.Locked.Contains(at))];

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
        if (starts.All(slot => open.Missing(0, slot).Any()))
        {
            // The best of the possible times is the one where the worst slot lacks least.
            var best = starts.Select(slot => open.Missing(0, slot).MaxBy(missing => missing.Needed - missing.Have)).MinBy(missing => missing.Needed - missing.Have);
            yield return new(ReasonCode.Coverage) { About = best.Profile, Needed = best.Needed, Have = Math.Max(0, best.Have), Of = starts.Length, Slot = best.Slot };
        }
        if (starts.All(slot => open.Clashes(0, slot))) yield return new(ReasonCode.People) { Of = starts.Length };
        if (starts.All(slot => open.IsDisordered(0, slot))) yield return new(ReasonCode.Order) { Of = starts.Length, Slot = starts[^1] };
        var left = starts.Count(slot => open.IsOpen(0, slot));
        if (left == 0) yield return new(ReasonCode.NoCommonPlace) { Of = starts.Length, Barriers = Barriers(open, activity, starts) };
        else if (Fit.Find(residual, ct).Length is var placed && placed < activity.Meetings)
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
        foreach (var order in problem.Precedences.Where(order => order.Before == activity || order.After == activity))
        {
            bool Fits(PlanningProblem one) => Fit.Find(Residual.Of(one, problem.Locked, [order.Before, order.After]), ct).Length == MeetingsOf(order.Before) + MeetingsOf(order.After);
            if (Fits(problem) || !Fits(problem with { Precedences = problem.Precedences.Remove(order) })) continue;
            var (before, after) = (Array.FindIndex([.. problem.Activities], one => one.Id == order.Before), Array.FindIndex([.. problem.Activities], one => one.Id == order.After));
            var (earliest, latest) = (compiled.Starts[before][0] + compiled.Duration[before], compiled.Starts[after][^1]);
            yield return new(ReasonCode.Order) { About = order.Before == activity ? order.After : order.Before, Needed = earliest, Have = latest, Slot = latest };
        }
    }

    int MeetingsOf(string activity) => problem.Activities.Single(one => one.Id == activity).Meetings;

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
