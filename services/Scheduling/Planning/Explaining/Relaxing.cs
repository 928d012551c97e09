using System.Collections.Immutable;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>Looks for the cheapest changes that let an activity be held while everything else stays where it is, but for one other activity at most.</summary>
static class Relaxing
{
    const int MostAuthorisations = 24, MostMoves = 8;

    sealed record Idea(Relaxation Relaxation, PlanningProblem Problem, ImmutableArray<string> Asked)
    {
        /// <summary>Where it is held, if the price is that of this place.</summary>
        public ImmutableArray<Placement> Witness { get; init; } = [];
    }

    /// <summary>One change of each sort at most, cheapest first, each held and checked.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="others">What stays.</param>
    /// <param name="activity">What is to be held.</param>
    /// <param name="inTheWay">Whether it is the others that keep it out, so that moving one may help.</param>
    /// <param name="prices">What changes cost.</param>
    /// <param name="limits">What can really be done.</param>
    /// <param name="ct">Ends the search.</param>
    public static IEnumerable<Relaxation> Cheapest(
        PlanningProblem problem, ImmutableArray<Placement> others, Activity activity, bool inTheWay, RelaxationPrices prices, RelaxationLimits limits, CancellationToken ct)
    {
        HashSet<RelaxationCode> found = [];
        var backfill = Backfill(problem, others, activity, prices, ct).ToList();
        foreach (var idea in backfill.Concat(Authorise(problem, activity, prices, limits)).Concat(OneMore(problem, activity, prices))
            .Concat(inTheWay ? Move(problem, others, activity, prices) : []).OrderBy(idea => idea.Relaxation.Price))
        {
            if (found.Contains(idea.Relaxation.Code)) continue;
            var kept = others.RemoveAll(at => idea.Asked.Contains(at.Activity));
            var witness = idea.Witness.IsEmpty ? Held(idea, kept, ct) : idea.Witness;
            if (witness.IsEmpty) continue;
            var held = idea.Relaxation with { Witness = witness };
            if (!limits.Stands(held)) continue;
            Confirm(idea, kept, witness);
            found.Add(held.Code);
            yield return held;
        }
    }

    /// <summary>All that is asked, one after the other beside what is kept; nothing if one of them finds no place.</summary>
    static ImmutableArray<Placement> Held(Idea idea, ImmutableArray<Placement> kept, CancellationToken ct)
    {
        ImmutableArray<Placement> placed = [];
        foreach (var activity in idea.Asked.Select(id => idea.Problem.Activities.Single(one => one.Id == id)))
        {
            var here = Fit.Find(Residual.Of(idea.Problem, [.. kept, .. placed], [activity.Id]), ct);
            if (here.Length < activity.Meetings) return [];
            placed = [.. placed, .. here];
        }
        return placed;
    }

    static void Confirm(Idea idea, ImmutableArray<Placement> kept, ImmutableArray<Placement> witness)
    {
        // What is priced can't break anything, and takes most of the check's time.
        var hard = idea.Problem with { Rules = [.. idea.Problem.Rules.Where(rule => rule.Severity == Severity.Hard)] };
        int Broken(IEnumerable<Placement> placements) => PlanCheck.Findings(hard, new([.. placements]))
            .Where(finding => finding.Severity == Severity.Hard && finding.Kind != RuleKind.LeftOut).Sum(finding => finding.Amount);
        if (Broken(kept.Concat(witness)) is var broken and > 0 && broken > Broken(kept))
            throw new InvalidOperationException($"{idea.Relaxation.Code} doesn't let {string.Join(", ", idea.Asked)} be held.");
    }

    static Relaxation New(RelaxationCode code, string about, int amount, int price) => new(code, about, amount, price, []);

    static IEnumerable<Idea> Authorise(PlanningProblem problem, Activity activity, RelaxationPrices prices, RelaxationLimits limits) =>
        from need in activity.Needs
        let lacking = problem.Resources.Where(resource => resource.Kind == need.Kind)
            .Select(resource => (resource, missing: need.Features.Where(feature => !resource.Features.Contains(feature) || resource.Until.ContainsKey(feature)).ToImmutableArray()))
            .Where(one => one.missing.Length > 0 && one.missing.All(limits.CanBeGiven)).ToList()
        where lacking.Count > 0
        let least = lacking.Min(one => one.missing.Length)
        from one in lacking.Where(one => one.missing.Length == least).Take(MostAuthorisations)
        select new Idea(New(RelaxationCode.Authorise, one.resource.Id, 1, prices.Authorise * least) with { Features = one.missing },
            problem with { Resources = problem.Resources.Replace(one.resource, one.resource with
            {
                Features = [.. one.resource.Features.Union(one.missing)], Until = one.resource.Until.RemoveRange(one.missing),
            }) }, [activity.Id]);

    static IEnumerable<Idea> OneMore(PlanningProblem problem, Activity activity, RelaxationPrices prices)
    {
        var everybody = Math.Max(activity.Attendance, activity.Shares.Sum(share => share.People));
        return activity.Needs.DistinctBy(need => need.Kind).Select(need => new Idea(
            New(RelaxationCode.OneMore, need.Kind, everybody, prices.OneMore * activity.Meetings) with { Features = need.Features },
            problem with { Resources = problem.Resources.Add(new($"one more {need.Kind}", need.Kind) { Seats = everybody, Features = need.Features }) }, [activity.Id]));
    }

    /// <summary>Of the activities that share something with it, those that overlap most of its possible times.</summary>
    static IEnumerable<Idea> Move(PlanningProblem problem, ImmutableArray<Placement> others, Activity activity, RelaxationPrices prices)
    {
        var possible = new CompiledProblem(Residual.Of(problem, [], [activity.Id]).Problem).Starts[0].ToHashSet();
        var companions = problem.Groups.Where(group => group.Activities.Contains(activity.Id)).SelectMany(group => group.Activities)
            .Concat(problem.Precedences.Where(order => order.Before == activity.Id || order.After == activity.Id).SelectMany(order => new[] { order.Before, order.After })).ToHashSet();
        var profiles = activity.Draws.Select(draw => draw.Profile).ToHashSet();
        var fitting = problem.Resources.Where(resource => activity.Needs.Any(need => need.Kind == resource.Kind && need.IsMetBy(resource))).Select(resource => resource.Id).ToHashSet();
        var (held, locked) = (others.ToLookup(at => at.Activity), problem.Locked.Select(at => at.Activity).ToHashSet());

        bool Shares(Activity other) => companions.Contains(other.Id) || other.Draws.Any(draw => profiles.Contains(draw.Profile)) || held[other.Id].Any(at => at.Resources.Any(fitting.Contains));
        int Overlaps(Activity other) => held[other.Id].SelectMany(at => Enumerable.Range(at.Slot - activity.Duration + 1, other.Duration + activity.Duration - 1)).Count(possible.Contains);
        return problem.Activities.Where(other => other.Id != activity.Id && !locked.Contains(other.Id) && held[other.Id].Count() == other.Meetings && Shares(other))
            .Select(other => (Activity: other, InTheWay: Overlaps(other))).Where(other => other.InTheWay > 0 || companions.Contains(other.Activity.Id))
            .OrderByDescending(other => other.InTheWay).ThenBy(other => other.Activity.Id, StringComparer.Ordinal).Take(MostMoves).Select(other => other.Activity)
            .Select(other => new Idea(
                New(RelaxationCode.Move, other.Id, other.Meetings, prices.Move * problem.Published.Count(at => at.Activity == other.Id)) with { Moved = [.. held[other.Id]] },
                problem, [activity.Id, other.Id]));
    }

    /// <summary>The fewest heads that, on every post drawn from, would do.</summary>
    static IEnumerable<Idea> Backfill(
        PlanningProblem problem, ImmutableArray<Placement> others, Activity activity, RelaxationPrices prices, CancellationToken ct)
    {
        var profiles = activity.Draws.Select(draw => draw.Profile).ToHashSet();
        PlanningProblem More(int heads) => problem with
        {
            Profiles = [.. problem.Profiles.Select(profile => profiles.Contains(profile.Id) ? profile with { Free = [.. profile.Free.Select(free => free + heads)] } : profile)],
        };
        ImmutableArray<Placement> Held(int heads) => Fit.Find(Residual.Of(More(heads), others, [activity.Id]), ct);
        var (low, high) = (1, activity.Draws.Select(draw => draw.Amount).DefaultIfEmpty().Sum());
        if (high == 0 || Held(high).Length < activity.Meetings) yield break;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Held(middle).Length == activity.Meetings) high = middle;
            else low = middle + 1;
        }
        var held = Held(high);
        var missing = Missing(problem, others, activity, held);
        if (missing.Count == 0) yield break;
        var most = missing.GroupBy(one => one.Profile).OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Max(slot => slot.Heads));
        var filled = problem with
        {
            Profiles = [.. problem.Profiles.Select(profile => most.TryGetValue(profile.Id, out var heads)
                ? profile with { Free = [.. profile.Free.Select((free, slot) => missing.Any(one => one.Profile == profile.Id && one.Slot == slot) ? free + heads : free)] } : profile)],
        };
        var relaxation = New(RelaxationCode.Backfill, string.Join(", ", most.Keys), most.Values.Sum(), prices.BackfillPerSlot * missing.Sum(one => one.Heads));
        yield return new(relaxation with { Heads = most.ToImmutableSortedDictionary(StringComparer.Ordinal) }, filled, [activity.Id]) { Witness = held };
    }

    static List<(string Profile, int Slot, int Heads)> Missing(PlanningProblem problem, ImmutableArray<Placement> others, Activity activity, ImmutableArray<Placement> held)
    {
        var free = Residual.Of(problem, others, [activity.Id]).Problem.Profiles.ToDictionary(profile => profile.Id, profile => profile.Free);
        return [.. from use in held.SelectMany(at => activity.Draws.SelectMany(draw =>
                Residual.SlotsOf(problem.Horizon, activity, draw, at.Slot).Select(slot => (draw.Profile, slot, draw.Amount))))
            group use.Amount by (use.Profile, use.slot) into taken
            let heads = taken.Sum() - free[taken.Key.Profile][taken.Key.slot]
            where heads > 0
            select (taken.Key.Profile, taken.Key.slot, heads)];
    }
}
