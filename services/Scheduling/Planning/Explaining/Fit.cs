using System.Collections.Immutable;
using Google.OrTools.Sat;

namespace Training.Scheduling.Planning.Explaining;

/// <summary>Places as many meetings of a residual as can be held, by a complete search: what it doesn't place has no place.</summary>
sealed class Fit
{
    readonly Residual residual;
    readonly CompiledProblem p;
    readonly CpModel model = new();
    readonly List<(int Activity, int Slot, BoolVar Var, List<(int Need, int Resource, BoolVar Var)> By)> held = [];

    Fit(Residual residual, CompiledProblem p, Openings open)
    {
        (this.residual, this.p) = (residual, p);
        for (var a = 0; a < p.ActivityCount; a++)
            foreach (var slot in p.Starts[a].Where(slot => open.IsOpen(a, slot))) Add(open, a, slot);
        AddPeople();
        AddResources();
        AddProfiles();
        for (var a = 0; a < p.ActivityCount; a++)
        {
            var activity = a;
            model.Add(LinearExpr.Sum(held.Where(one => one.Activity == activity).Select(one => one.Var)) <= p.Source.Activities[a].Meetings);
        }
    }

    /// <summary>The cheapest plan found before it is stopped, by the prices of slots, resources and leaving out; nothing placed if none is found.</summary>
    public static Plan Cheapest(PlanningProblem problem, Action<CpSolver> started, int seed)
    {
        var p = new CompiledProblem(problem);
        var nobody = problem.Activities.ToImmutableDictionary(activity => activity.Id, _ => ImmutableHashSet<int>.Empty);
        var residual = new Residual(problem, nobody, nobody);
        var fit = new Fit(residual, p, new(residual, p));
        var prices = fit.held.Select(one => (one.Var, Price: (long)p.SlotPrice[one.Activity][one.Slot] - p.LeftOutCost[one.Activity]))
            .Concat(fit.held.SelectMany(one => one.By.Select(use => (use.Var, Price: (long)p.ResourcePrice[(((one.Activity * p.Needs) + use.Need) * p.ResourceCount) + use.Resource])))).ToList();
        fit.model.Minimize(LinearExpr.WeightedSum(prices.Select(one => one.Var), prices.Select(one => one.Price)));
        var solver = new CpSolver { StringParameters = $"num_workers:1 random_seed:{seed}" };
        started(solver);
        return solver.Solve(fit.model) is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? new(fit.Read(solver)) : new([]);
    }

    /// <summary>The most meetings that can be held together. Cancelled, it throws: half a search proves nothing.</summary>
    public static ImmutableArray<Placement> Find(Residual residual, CancellationToken ct = default)
    {
        var p = new CompiledProblem(residual.Problem);
        return Find(residual, p, new(residual, p), ct);
    }

    public static ImmutableArray<Placement> Find(Residual residual, CompiledProblem p, Openings open, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (residual.Problem.Activities is [var only] && only.Needs.DistinctBy(need => need.Kind).Count() == only.Needs.Length
            && Simply(only, open, p) is var simply && (simply.Length == only.Meetings || only.Meetings == 1)) return simply;
        var fit = new Fit(residual, p, open);
        if (fit.held.Count == 0) return [];
        fit.model.Maximize(LinearExpr.Sum(fit.held.Select(one => one.Var)));
        var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:1" };
        using var stop = ct.Register(solver.StopSearch);
        var status = solver.Solve(fit.model);
        if (status != CpSolverStatus.Optimal) ct.ThrowIfCancellationRequested();
        return status == CpSolverStatus.Optimal ? fit.Read(solver) : throw new InvalidOperationException($"A complete search ended {status}.");
    }

    /// <summary>A meeting a day, at the first time nothing bars, with whoever is free first: seconds faster where it does, and complete for a single meeting.</summary>
    static ImmutableArray<Placement> Simply(Activity only, Openings open, CompiledProblem p)
    {
        var (placed, horizon, next) = (ImmutableArray.CreateBuilder<Placement>(), p.Source.Horizon, 0);
        int[] left = [.. p.Source.Resources.Select(resource => resource.MostSlots)];
        foreach (var slot in p.Starts[0])
        {
            if (slot < next || !open.IsOpen(0, slot)) continue;
            int[] by = [.. only.Needs.Select((_, need) => open.Free(0, need, slot).FirstOrDefault(resource => left[resource] >= only.Duration, -1))];
            if (by.Contains(-1)) continue;
            foreach (var resource in by) left[resource] -= only.Duration;
            placed.Add(new(only.Id, placed.Count, slot, [.. by.Select(resource => p.Source.Resources[resource].Id)]));
            if (placed.Count == only.Meetings) break;
            next = Math.Max((horizon.DayOf(slot) + 1) * horizon.SlotsPerDay, slot + only.Duration + by.Select(resource => p.Source.Resources[resource].Pause).DefaultIfEmpty().Max());
        }
        return placed.ToImmutable();
    }

    void Add(Openings open, int activity, int slot)
    {
        var here = model.NewBoolVar("");
        List<(int, int, BoolVar)> by = [];
        for (var need = 0; need < p.NeedCount[activity]; need++)
        {
            var line = need;
            var free = open.Free(activity, need, slot).Select(resource => (line, resource, model.NewBoolVar(""))).ToList();
            model.Add(LinearExpr.Sum(free.Select(use => use.Item3)) == here);
            by.AddRange(free);
        }
        held.Add((activity, slot, here, by));
    }

    void AddPeople()
    {
        var number = p.Source.Activities.Select((activity, index) => (activity.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var byActivity = held.ToLookup(one => one.Activity);
        var together = residual.Problem.Groups.Select(group => group.Activities.Select(id => number[id]).Distinct().ToArray())
            .Concat(Enumerable.Range(0, p.ActivityCount).Where(a => p.Source.Activities[a].Meetings > 1).Select(a => new[] { a }));
        foreach (var members in together)
            foreach (var slot in members.SelectMany(a => byActivity[a].SelectMany(one => Enumerable.Range(one.Slot, p.Duration[a]).Select(slot => (slot, one.Var)))).GroupBy(use => use.slot, use => use.Var))
                if (slot.Count() > 1) model.AddAtMostOne(slot);
        foreach (var one in held.Where(one => p.Before[one.Activity].Length > 0))
            foreach (var earlier in p.Before[one.Activity].SelectMany(before => byActivity[before]).Where(other => one.Slot < other.Slot + p.Duration[other.Activity]))
                model.AddAtMostOne([one.Var, earlier.Var]);
    }

    void AddResources()
    {
        foreach (var resource in held.SelectMany(one => one.By.Select(use => (use.Resource, one.Slot, Duration: p.Duration[one.Activity], use.Var))).GroupBy(use => use.Resource))
        {
            var (uses, source) = (resource.ToList(), residual.Problem.Resources[resource.Key]);
            if (source.MostSlots < int.MaxValue) model.Add(LinearExpr.WeightedSum(uses.Select(use => use.Var), uses.Select(use => (long)use.Duration)) <= source.MostSlots);
            foreach (var slot in uses.SelectMany(use => Enumerable.Range(use.Slot, use.Duration + source.Pause).Select(slot => (slot, use.Var))).GroupBy(use => use.slot, use => use.Var))
                if (slot.Count() > 1) model.AddAtMostOne(slot);
        }
    }

    void AddProfiles()
    {
        var free = residual.Problem.Profiles.ToDictionary(profile => profile.Id, profile => profile.Free);
        var taken = held.SelectMany(one => residual.Problem.Activities[one.Activity].Draws.SelectMany(draw =>
            Residual.SlotsOf(residual.Problem.Horizon, residual.Problem.Activities[one.Activity], draw, one.Slot).Select(slot => (draw.Profile, Slot: slot, draw.Amount, one.Var))));
        foreach (var slot in taken.GroupBy(use => (use.Profile, use.Slot)))
            if (slot.Sum(use => use.Amount) > free[slot.Key.Profile][slot.Key.Slot])
                model.Add(LinearExpr.WeightedSum(slot.Select(use => use.Var), slot.Select(use => (long)use.Amount)) <= free[slot.Key.Profile][slot.Key.Slot]);
    }

    ImmutableArray<Placement> Read(CpSolver solver) =>
    [
        .. held.Where(one => solver.BooleanValue(one.Var)).GroupBy(one => one.Activity).SelectMany(activity => activity.OrderBy(one => one.Slot).Select((one, meeting) =>
            new Placement(residual.Problem.Activities[activity.Key].Id, meeting, one.Slot,
                [.. one.By.Where(use => solver.BooleanValue(use.Var)).OrderBy(use => use.Need).Select(use => residual.Problem.Resources[use.Resource].Id)]))),
    ];
}
