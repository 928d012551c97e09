using System.Collections.Immutable;
using Google.OrTools.Sat;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>Whether something can be held at all: every placement that breaks nothing by itself is a variable, every rule a constraint, written from the model and not from the planner.</summary>
static class Possible
{
    public static bool CanHold(PlanningProblem problem, ImmutableArray<string> asked, ImmutableArray<Placement> beside)
    {
        var (model, standing) = (new CpModel(), Broken(problem, beside));
        var activities = problem.Activities.ToDictionary(activity => activity.Id);
        var all = asked.SelectMany(id => Everywhere(problem, activities[id])).Where(at => Broken(problem, [.. beside, at]) <= standing)
            .Select(at => (At: at, Activity: activities[at.Activity], Var: model.NewBoolVar(""))).ToList();
        foreach (var id in asked) model.Add(LinearExpr.Sum(all.Where(one => one.At.Activity == id).Select(one => one.Var)) == activities[id].Meetings);

        var held = beside.Select(at => (At: at, Activity: activities[at.Activity])).ToList();
        foreach (var together in problem.Groups.Select(group => group.Activities).Concat(asked.Select(id => ImmutableArray.Create(id))))
            for (var slot = 0; slot < problem.Horizon.Slots; slot++)
                model.Add(LinearExpr.Sum(all.Where(one => together.Contains(one.At.Activity) && Covers(one.At, slot, one.Activity.Duration)).Select(one => one.Var)) <= 1);
        foreach (var resource in problem.Resources)
        {
            var served = held.Where(one => one.At.Resources.Contains(resource.Id)).Sum(one => one.Activity.Duration);
            var uses = all.SelectMany(one => one.At.Resources.Where(id => id == resource.Id).Select(_ => one)).ToList();
            if (uses.Count == 0) continue;
            if (resource.MostSlots < int.MaxValue) model.Add(LinearExpr.WeightedSum(uses.Select(one => one.Var), uses.Select(one => (long)one.Activity.Duration)) <= Math.Max(0, resource.MostSlots - served));
            for (var slot = 0; slot < problem.Horizon.Slots; slot++)
                model.Add(LinearExpr.Sum(uses.Where(one => Covers(one.At, slot, one.Activity.Duration + resource.Pause)).Select(one => one.Var)) <= 1);
        }
        foreach (var profile in problem.Profiles)
            for (var slot = 0; slot < problem.Horizon.Slots; slot++)
            {
                var taken = all.Select(one => (one.Var, Amount: (long)Drawn(problem, one.At, one.Activity, profile.Id, slot))).Where(use => use.Amount > 0).ToList();
                var free = profile.Free[slot] - held.Sum(one => Drawn(problem, one.At, one.Activity, profile.Id, slot));
                if (taken.Count > 0) model.Add(LinearExpr.WeightedSum(taken.Select(use => use.Var), taken.Select(use => use.Amount)) <= free);
            }
        foreach (var order in problem.Precedences)
            foreach (var before in all.Where(one => one.At.Activity == order.Before))
                foreach (var after in all.Where(one => one.At.Activity == order.After && one.At.Slot < before.At.Slot + before.Activity.Duration))
                    model.AddBoolOr([before.Var.Not(), after.Var.Not()]);

        var solver = new CpSolver { StringParameters = "num_workers:1 random_seed:1" };
        var status = solver.Solve(model);
        if (status == CpSolverStatus.Infeasible) return false;
        Assert.Equal(CpSolverStatus.Optimal, status);
        var found = all.Where(one => solver.BooleanValue(one.Var)).GroupBy(one => one.At.Activity).SelectMany(one => one.Select((each, meeting) => each.At with { Meeting = meeting }));
        Assert.True(Broken(problem, [.. beside, .. found]) <= standing);
        return true;
    }

    /// <summary>Hard rules broken, leaving out aside.</summary>
    public static int Broken(PlanningProblem problem, ImmutableArray<Placement> held) => PlanCheck.Findings(problem, new(held))
        .Where(finding => finding.Severity == Severity.Hard && finding.Kind != RuleKind.LeftOut).Sum(finding => finding.Amount);

    static IEnumerable<Placement> Everywhere(PlanningProblem problem, Activity activity)
    {
        IEnumerable<ImmutableArray<string>> served = [[]];
        foreach (var need in activity.Needs)
            served = [.. from some in served from resource in problem.Resources where resource.Kind == need.Kind select some.Add(resource.Id)];
        return from resources in served from slot in Enumerable.Range(0, problem.Horizon.Slots - activity.Duration + 1) select new Placement(activity.Id, 0, slot, resources);
    }

    static bool Covers(Placement at, int slot, int length) => at.Slot <= slot && slot < at.Slot + length;

    /// <summary>What a meeting draws from a profile in a slot.</summary>
    public static int Drawn(PlanningProblem problem, Placement at, Activity activity, string profile, int slot) =>
        problem.Horizon.DayOf(slot) != problem.Horizon.DayOf(at.Slot) || slot < at.Slot - activity.Margin || slot >= at.Slot + activity.Duration + activity.Margin ? 0
            : activity.Draws.Where(draw => draw.Profile == profile && draw.From <= slot && slot < draw.To).Sum(draw => draw.Amount);
}
