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

    Fit(Residual residual, CompiledProblem p)
    {
        (this.residual, this.p) = (residual, p);
        var open = new Openings(residual, p);
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
        model.Maximize(LinearExpr.Sum(held.Select(one => one.Var)));
    }

    /// <summary>The most meetings that can be held together.</summary>
    public static ImmutableArray<Placement> Find(Residual residual)
    {
        var p = new CompiledProblem(residual.Problem);
        var fit = new Fit(residual, p);
        if (fit.held.Count == 0) return [];
        var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:1" };
        var status = solver.Solve(fit.model);
        return status == CpSolverStatus.Optimal ? fit.Read(solver) : throw new InvalidOperationException($"A complete search ended {status}.");
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
        for (var a = 0; a < p.ActivityCount; a++)
            foreach (var b in p.Companions[a].Where(b => b >= a))
                for (var slot = 0; slot < p.Slots; slot++)
                {
                    var at = slot;
                    var covering = held.Where(one => (one.Activity == a || one.Activity == b) && one.Slot <= at && at < one.Slot + p.Duration[one.Activity]).Select(one => one.Var).ToList();
                    if (covering.Count > 1) model.AddAtMostOne(covering);
                }
        foreach (var one in held)
            foreach (var earlier in held.Where(other => p.Before[one.Activity].Contains(other.Activity) && one.Slot < other.Slot + p.Duration[other.Activity]))
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
