using System.Collections.Immutable;

namespace Training.Scheduling.Planning;

/// <summary>One thing a plan does against the rules, in words.</summary>
public sealed record Finding(RuleKind Kind, Severity Severity, int Amount, string Text);

/// <summary>
/// Judges a plan from the problem alone. It shares no code with the search, so that neither can hide a mistake of the other: every plan passes it before
/// anyone sees it.
/// </summary>
public static class PlanCheck
{
    public static PlanCost Cost(PlanningProblem problem, Plan plan) =>
        PlanCost.Of(Findings(problem, plan).Select(finding => (finding.Severity, finding.Kind, finding.Amount)));

    public static IEnumerable<Finding> Findings(PlanningProblem problem, Plan plan)
    {
        var held = Read(problem, plan);
        var leftOut = problem.Rules.Any(rule => rule.Kind == RuleKind.LeftOut) ? Rule.Always : Rule.Always.Add(RuleKind.LeftOut);
        return Structure(problem, held)
            .Concat(leftOut.Select(kind => new Rule(kind, Severity.Hard)).Concat(problem.Rules).SelectMany(rule => Judge(problem, held, rule)
                .Where(count => count.Amount > 0)
                .Select(count => new Finding(rule.Kind, rule.Severity, count.Amount * (rule.Severity == Severity.Soft ? rule.Weight : 1), count.Text))));
    }

    sealed record Held(Activity Activity, int Meeting, int Slot, ImmutableArray<Resource> Resources)
    {
        public int End => Slot + Activity.Duration;
        public IEnumerable<int> Slots => Enumerable.Range(Slot, Activity.Duration);
        public string Name => $"{Activity.Id} #{Meeting + 1}";
        public bool Overlaps(Held other) => Slot < other.End && other.Slot < End;
    }

    static List<Held> Read(PlanningProblem problem, Plan plan)
    {
        var activities = problem.Activities.ToDictionary(activity => activity.Id);
        var resources = problem.Resources.ToDictionary(resource => resource.Id);
        return [.. plan.Placements.Select(at => new Held(activities[at.Activity], at.Meeting, at.Slot, [.. at.Resources.Select(id => resources[id])]))];
    }

    /// <summary>What no rule allows to price: a placement outside of what the problem offers.</summary>
    static IEnumerable<Finding> Structure(PlanningProblem problem, List<Held> held)
    {
        var seatsAreHard = problem.Rules.Any(rule => rule is { Kind: RuleKind.Seats, Severity: Severity.Hard });
        Finding Broken(Held one, RuleKind kind, string what) => new(kind, Severity.Hard, 1, $"{one.Name} {what}.");

        foreach (var twice in held.GroupBy(one => (one.Activity.Id, one.Meeting)).Where(same => same.Count() > 1))
            yield return Broken(twice.First(), RuleKind.GroupClash, "is placed more than once");
        foreach (var one in held)
        {
            var day = problem.Horizon.DayOf(one.Slot);
            if (one.Meeting < 0 || one.Meeting >= one.Activity.Meetings) yield return Broken(one, RuleKind.LeftOut, "doesn't exist");
            if (one.Slot < 0 || one.End > problem.Horizon.Slots || problem.Horizon.DayOf(one.End - 1) != day)
                yield return Broken(one, RuleKind.Order, "runs over the end of a day");
            else if (!one.Activity.Available.IsDefault && one.Slots.Any(slot => !one.Activity.Available.Contains(slot)))
                yield return Broken(one, RuleKind.GroupClash, "lies outside of its available slots");
            else if (!one.Activity.Starts.IsDefault && !one.Activity.Starts.Contains(one.Slot))
                yield return Broken(one, RuleKind.GroupClash, "starts where it may not");

            if (one.Resources.Length != one.Activity.Needs.Length) yield return Broken(one, RuleKind.ResourceClash, "has too few or too many resources");
            foreach (var (need, resource) in one.Activity.Needs.Zip(one.Resources))
            {
                if (need.Kind != resource.Kind || need.Features.Except(resource.Features).Any())
                    yield return Broken(one, RuleKind.ResourceClash, $"is served by {resource.Id}, which isn't what it needs");
                else if (need.Features.FirstOrDefault(feature => resource.Until.TryGetValue(feature, out var until) && one.End > until) is { } lapsed)
                    yield return Broken(one, RuleKind.ResourceClash, $"is served by {resource.Id}, which no longer is {lapsed} then");
                if (seatsAreHard && resource.Seats < one.Activity.Attendance)
                    yield return Broken(one, RuleKind.Seats, $"has {one.Activity.Attendance} people for the {resource.Seats} seats of {resource.Id}");
            }
        }
        foreach (var locked in problem.Locked)
            if (!IsKept(held, locked))
                yield return new(RuleKind.Order, Severity.Hard, 1, $"{locked.Activity} #{locked.Meeting + 1} was locked and has been moved.");
    }

    static bool IsKept(List<Held> held, Placement known) => held.Any(one => one.Activity.Id == known.Activity && one.Meeting == known.Meeting
        && one.Slot == known.Slot && one.Resources.Select(resource => resource.Id).SequenceEqual(known.Resources));

    static IEnumerable<(int Amount, string Text)> Judge(PlanningProblem problem, List<Held> held, Rule rule) => rule.Kind switch
    {
        RuleKind.GroupClash => GroupClashes(problem, held),
        RuleKind.ResourceClash => ResourceClashes(problem.Horizon, held),
        RuleKind.Hours => Overworked(held),
        RuleKind.Coverage => Overdrawn(problem, held),
        RuleKind.Order => OutOfOrder(problem, held),
        RuleKind.LeftOut => problem.Activities.Select(activity =>
            ((activity.Meetings - held.Count(one => one.Activity.Id == activity.Id)) * activity.Priority, $"{activity.Id} isn't held as often as it should.")),
        RuleKind.Seats when rule.Severity == Severity.Soft => held.SelectMany(one => one.Resources.Select(resource =>
            (Math.Max(0, one.Activity.Attendance - resource.Seats), $"{one.Name} is too large for {resource.Id}."))),
        RuleKind.Seats => [],
        RuleKind.Spread => problem.Activities.Select(activity => (
            Math.Max(0, activity.MinDays - held.Where(one => one.Activity.Id == activity.Id).Select(one => problem.Horizon.DayOf(one.Slot)).Distinct().Count()),
            $"{activity.Id} is held on too few days.")),
        RuleKind.SameResource => held.GroupBy(one => one.Activity.Id).Select(all => (
            Enumerable.Range(0, all.First().Activity.Needs.Length).Where(need => rule.Covers(all.First().Activity.Needs[need].Kind))
                .Sum(need => Math.Max(0, all.Where(one => need < one.Resources.Length).Select(one => one.Resources[need]).Distinct().Count() - 1)),
            $"{all.Key} changes resources.")),
        RuleKind.Isolated => Days(problem, held, rule, "has an isolated meeting",
            slots => slots.Count(slot => !slots.Contains(slot - 1) && !slots.Contains(slot + 1))),
        RuleKind.LongRow => Days(problem, held, rule, "has no break",
            slots => slots.Count(slot => Enumerable.Range(slot - rule.Limit, rule.Limit).All(slots.Contains))),
        RuleKind.Gap => Days(problem, held, rule, "waits between meetings", slots => slots.Max() - slots.Min() + 1 - slots.Count),
        RuleKind.LoneSlot => Days(problem, held, rule, "comes for one slot only", slots => slots.Count == 1 ? 1 : 0),
        RuleKind.SlotPrice => held.Where(one => !one.Activity.SlotPrices.IsDefault)
            .Select(one => (one.Activity.SlotPrices[one.Slot], $"{one.Name} lies in a slot that has a price.")),
        RuleKind.ResourcePrice => held.SelectMany(one => one.Activity.Needs.Zip(one.Resources).Select(use =>
            (use.Second.Price + use.First.Prices.GetValueOrDefault(use.Second.Id), $"{one.Name} pays for {use.Second.Id}."))),
        RuleKind.Uneven => Parties(problem, held).Select(party => ((int)((long)party.Missing * party.Missing / party.People), $"{party.Id} goes without {party.Missing} of {party.People} places.")),
        RuleKind.Moved => problem.Published.Where(known => problem.Activities.Any(activity => activity.Id == known.Activity) && !IsKept(held, known))
            .Select(known => (1, $"{known.Activity} #{known.Meeting + 1} was published and has been moved.")),
        _ => throw new NotSupportedException($"No check for {rule.Kind}."),
    };

    static IEnumerable<(string Id, int People, int Missing)> Parties(PlanningProblem problem, List<Held> held)
    {
        var meetings = held.GroupBy(one => one.Activity.Id).ToDictionary(all => all.Key, all => all.Count());
        return problem.Activities.SelectMany(activity => activity.Shares.Select(share => (share.Party,
                People: share.People * activity.Meetings, Missing: share.People * (activity.Meetings - meetings.GetValueOrDefault(activity.Id)))))
            .GroupBy(share => share.Party).Select(party => (party.Key, party.Sum(share => share.People), party.Sum(share => share.Missing))).Where(party => party.Item2 > 0);
    }

    static IEnumerable<(int, string)> GroupClashes(PlanningProblem problem, List<Held> held)
    {
        var companions = problem.Activities.ToDictionary(activity => activity.Id, activity => new HashSet<string> { activity.Id });
        foreach (var group in problem.Groups)
            foreach (var id in group.Activities)
                companions[id].UnionWith(group.Activities);
        for (var i = 0; i < held.Count; i++)
            for (var j = i + 1; j < held.Count; j++)
                if (held[i].Overlaps(held[j]) && companions[held[i].Activity.Id].Contains(held[j].Activity.Id))
                    yield return (Shared(held[i], held[j]), $"{held[i].Name} and {held[j].Name} need the same people at the same time.");
    }

    static int Shared(Held one, Held other) => Math.Min(one.End, other.End) - Math.Max(one.Slot, other.Slot);

    static IEnumerable<(int, string)> ResourceClashes(Horizon horizon, List<Held> held)
    {
        foreach (var use in held.SelectMany(one => one.Resources.Select(resource => (one, resource))).GroupBy(use => use.resource))
        {
            var closed = use.Key.Unavailable.ToHashSet();
            foreach (var slot in use.SelectMany(each => Enumerable.Range(each.one.Slot, each.one.Activity.Duration + use.Key.Pause)).Where(slot => slot < horizon.Slots).GroupBy(slot => slot))
            {
                var most = closed.Contains(slot.Key) ? 0 : 1;
                yield return (slot.Count() - most, $"{use.Key.Id} would have to serve {slot.Count()} meetings in slot {slot.Key} and can serve {most}.");
            }
        }
    }

    static IEnumerable<(int, string)> Overworked(List<Held> held) =>
        from use in held.SelectMany(one => one.Resources.Select(resource => (one.Activity.Duration, Resource: resource))).GroupBy(use => use.Resource.Id)
        let most = use.First().Resource.MostSlots
        let served = use.Sum(each => each.Duration)
        where served > most
        select (served - most, $"{use.Key} would have to serve {served} slots and may serve {most}.");

    static IEnumerable<(int, string)> Overdrawn(PlanningProblem problem, List<Held> held)
    {
        var free = problem.Profiles.ToDictionary(profile => profile.Id, profile => profile.Free);
        return
            from use in held.SelectMany(one => one.Activity.Draws.SelectMany(draw => Around(problem.Horizon, one)
                .Where(slot => draw.From <= slot && slot < draw.To).Select(slot => (draw.Profile, Slot: slot, draw.Amount))))
            group use.Amount by (use.Profile, use.Slot) into taken
            let spare = free[taken.Key.Profile][taken.Key.Slot]
            select (taken.Sum() - spare, $"{taken.Key.Profile} can spare {spare} in slot {taken.Key.Slot}; {taken.Sum()} are taken.");
    }

    static IEnumerable<int> Around(Horizon horizon, Held one) =>
        Enumerable.Range(one.Slot - one.Activity.Margin, one.Activity.Duration + (2 * one.Activity.Margin)).Where(slot =>
            slot >= 0 && slot < horizon.Slots && horizon.DayOf(slot) == horizon.DayOf(one.Slot));

    static IEnumerable<(int, string)> OutOfOrder(PlanningProblem problem, List<Held> held)
    {
        var byActivity = held.ToLookup(one => one.Activity.Id);
        return
            from order in problem.Precedences
            from before in byActivity[order.Before]
            from after in byActivity[order.After]
            where after.Slot < before.End
            select (1, $"{after.Name} starts before {before.Name} has ended.");
    }

    static IEnumerable<(int, string)> Days(PlanningProblem problem, List<Held> held, Rule rule, string what, Func<HashSet<int>, int> count)
    {
        var byActivity = held.ToLookup(one => one.Activity.Id);
        foreach (var group in problem.Groups.Where(group => rule.Covers(group.Kind)))
            foreach (var day in group.Activities.SelectMany(id => byActivity[id]).SelectMany(one => one.Slots).Distinct().GroupBy(problem.Horizon.DayOf))
                // Slots are taken within the day, so that the last slot of one day is no neighbour of the first of the next.
                yield return (count([.. day.Select(slot => slot % problem.Horizon.SlotsPerDay)]), $"{group.Id} {what} on day {day.Key + 1}.");
    }
}
