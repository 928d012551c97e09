using System.Collections.Immutable;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>
/// What a few activities have left when everything else stays where it is: their resources with the hours already taken, their profiles less what is drawn, and
/// the times their people or an order bar.
/// </summary>
sealed record Residual(PlanningProblem Problem, ImmutableDictionary<string, ImmutableHashSet<int>> Clashes, ImmutableDictionary<string, ImmutableHashSet<int>> Disorders)
{
    public static Residual Of(PlanningProblem problem, IEnumerable<Placement> others, IReadOnlyCollection<string> asked)
    {
        var activities = problem.Activities.ToDictionary(activity => activity.Id);
        var chosen = asked.Select(id => activities[id]).ToImmutableArray();
        var kinds = chosen.SelectMany(activity => activity.Needs).Select(need => need.Kind).ToHashSet();
        var drawn = chosen.SelectMany(activity => activity.Draws).Select(draw => draw.Profile).ToHashSet();
        var held = others.Where(at => activities.ContainsKey(at.Activity) && !asked.Contains(at.Activity)).Select(at => (At: at, Activity: activities[at.Activity])).ToList();
        var uses = held.SelectMany(one => one.At.Resources.Select(id => (Id: id, one.At.Slot, one.Activity.Duration))).ToLookup(use => use.Id);
        return new(
            new(problem.Horizon)
            {
                Activities = chosen,
                Resources = [.. problem.Resources.Where(resource => kinds.Contains(resource.Kind)).Select(resource => Less(problem.Horizon, resource, uses[resource.Id]))],
                Groups = [.. problem.Groups.Select(group => group with { Activities = [.. group.Activities.Where(asked.Contains)] }).Where(group => group.Activities.Length > 1)],
                Profiles = Less(problem, drawn, held),
                Precedences = [.. problem.Precedences.Where(order => asked.Contains(order.Before) && asked.Contains(order.After))],
                Rules = [.. problem.Rules.Where(rule => rule.Kind == RuleKind.Seats)],
            },
            chosen.ToImmutableDictionary(activity => activity.Id, activity => ClashesOf(problem, activity, held)),
            chosen.ToImmutableDictionary(activity => activity.Id, activity => DisordersOf(problem, activity, held)));
    }

    static Resource Less(Horizon horizon, Resource resource, IEnumerable<(string, int Slot, int Duration)> uses)
    {
        var taken = uses.ToList();
        if (taken.Count == 0) return resource;
        return resource with
        {
            Unavailable = [.. resource.Unavailable.Concat(taken.SelectMany(use => Enumerable.Range(use.Slot, use.Duration + resource.Pause))).Where(slot => slot < horizon.Slots).Distinct()],
            MostSlots = resource.MostSlots == int.MaxValue ? resource.MostSlots : resource.MostSlots - taken.Sum(use => use.Duration),
        };
    }

    static ImmutableArray<CapacityProfile> Less(PlanningProblem problem, HashSet<string> drawn, List<(Placement At, Activity Activity)> held)
    {
        var left = problem.Profiles.Where(profile => drawn.Contains(profile.Id)).ToDictionary(profile => profile.Id, profile => profile.Free.ToArray());
        foreach (var (at, activity) in held)
            foreach (var draw in activity.Draws)
                if (left.TryGetValue(draw.Profile, out var free))
                    foreach (var slot in SlotsOf(problem.Horizon, activity, draw, at.Slot)) free[slot] -= draw.Amount;
        return [.. left.Select(profile => new CapacityProfile(profile.Key, [.. profile.Value]))];
    }

    /// <summary>The slots in which a meeting draws: its own and its margins, on its day and within the window of the draw.</summary>
    public static IEnumerable<int> SlotsOf(Horizon horizon, Activity activity, Draw draw, int start)
    {
        var (from, to) = (horizon.DayOf(start) * horizon.SlotsPerDay, (horizon.DayOf(start) + 1) * horizon.SlotsPerDay);
        for (var slot = Math.Max(Math.Max(from, draw.From), start - activity.Margin); slot < Math.Min(Math.Min(to, draw.To), start + activity.Duration + activity.Margin); slot++)
            yield return slot;
    }

    /// <summary>Starts at which a meeting would overlap one of the same people.</summary>
    static ImmutableHashSet<int> ClashesOf(PlanningProblem problem, Activity activity, List<(Placement At, Activity Activity)> held)
    {
        var companions = problem.Groups.Where(group => group.Activities.Contains(activity.Id)).SelectMany(group => group.Activities).ToHashSet();
        return [.. held.Where(one => companions.Contains(one.Activity.Id))
            .SelectMany(one => Enumerable.Range(one.At.Slot - activity.Duration + 1, one.Activity.Duration + activity.Duration - 1))];
    }

    /// <summary>Starts before something that must come first has ended, or too late for what must come after.</summary>
    static ImmutableHashSet<int> DisordersOf(PlanningProblem problem, Activity activity, List<(Placement At, Activity Activity)> held)
    {
        var before = problem.Precedences.Where(order => order.After == activity.Id).Select(order => order.Before).ToHashSet();
        var after = problem.Precedences.Where(order => order.Before == activity.Id).Select(order => order.After).ToHashSet();
        if (before.Count == 0 && after.Count == 0) return [];
        var earliest = held.Where(one => before.Contains(one.Activity.Id)).Select(one => one.At.Slot + one.Activity.Duration).DefaultIfEmpty(0).Max();
        var latest = held.Where(one => after.Contains(one.Activity.Id)).Select(one => one.At.Slot - activity.Duration).DefaultIfEmpty(problem.Horizon.Slots).Min();
        return [.. Enumerable.Range(0, problem.Horizon.Slots).Where(slot => slot < earliest || slot > latest)];
    }
}
