using Google.OrTools.Sat;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>
/// CP-SAT alone, as something to compare with: the whole problem as one model, no search of ours. For problems with meetings of one slot that need one resource,
/// without profiles, precedences and rules on learners' days.
/// </summary>
sealed class ConstraintModel
{
    const int LeftOutCost = 100_000;

    readonly PlanningProblem problem;
    readonly CpModel model = new();
    readonly List<(LinearExpr Expression, long Weight)> cost = [];
    readonly Dictionary<(string Activity, int Slot), BoolVar> held = [];
    readonly Dictionary<(string Activity, string Resource, int Slot), BoolVar> served = [];

    ConstraintModel(PlanningProblem problem)
    {
        this.problem = problem;
        if (problem.Activities.Any(activity => activity.Duration != 1 || activity.Needs.Length != 1 || !activity.Draws.IsEmpty)
            || !problem.Precedences.IsEmpty || !problem.Locked.IsEmpty)
            throw new NotSupportedException("This baseline knows meetings of one slot with one need only.");
        foreach (var activity in problem.Activities) Add(activity);
        AddResources();
        AddGroups();
        foreach (var rule in problem.Rules) Add(rule);
        model.Minimize(LinearExpr.WeightedSum(cost.Select(item => item.Expression), cost.Select(item => item.Weight)));
    }

    /// <summary>The best plan CP-SAT finds with a worker and the time of each thread before the clock says so; nothing placed if it finds none.</summary>
    public static Plan Solve(PlanningProblem problem, PlanBudget budget, int seed)
    {
        var compiled = new ConstraintModel(problem);
        var solver = new CpSolver { StringParameters = $"num_workers:{budget.Threads} random_seed:{seed}" };
        var started = CpuClock.OfThisProcess();
        using var timer = new Timer(_ =>
        {
            if ((CpuClock.OfThisProcess() - started) / budget.Threads >= budget.Time) solver.StopSearch();
        }, null, 100, 100);
        var status = solver.Solve(compiled.model);
        return status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? compiled.Read(solver) : new([]);
    }

    void Add(Activity activity)
    {
        var starts = activity.Available.IsDefault ? [.. Enumerable.Range(0, problem.Horizon.Slots)] : activity.Available;
        var need = activity.Needs[0];
        var candidates = problem.Resources.Where(resource => resource.Kind == need.Kind && !need.Features.Except(resource.Features).Any()).ToList();
        foreach (var slot in starts)
        {
            var here = held[(activity.Id, slot)] = model.NewBoolVar("");
            var by = candidates.Select(resource => served[(activity.Id, resource.Id, slot)] = model.NewBoolVar("")).ToList();
            model.Add(LinearExpr.Sum(by) == here);
        }
        var leftOut = model.NewIntVar(0, activity.Meetings, "");
        model.Add(LinearExpr.Sum(starts.Select(slot => held[(activity.Id, slot)])) + leftOut == activity.Meetings);
        cost.Add((leftOut, LeftOutCost * activity.Priority));
    }

    void AddResources()
    {
        foreach (var use in served.GroupBy(use => (use.Key.Resource, use.Key.Slot)))
        {
            var closed = problem.Resources.Single(resource => resource.Id == use.Key.Resource).Unavailable.Contains(use.Key.Slot);
            model.Add(LinearExpr.Sum(use.Select(each => each.Value)) <= (closed ? 0 : 1));
        }
    }

    void AddGroups()
    {
        foreach (var group in problem.Groups)
            for (var slot = 0; slot < problem.Horizon.Slots; slot++)
                model.AddAtMostOne(At(group, slot));
    }

    List<BoolVar> At(Group group, int slot) =>
        slot < 0 || slot >= problem.Horizon.Slots ? [] : [.. group.Activities.Where(id => held.ContainsKey((id, slot))).Select(id => held[(id, slot)])];

    void Add(Rule rule)
    {
        switch (rule.Kind)
        {
            case RuleKind.Seats:
                var attendance = problem.Activities.ToDictionary(activity => activity.Id, activity => activity.Attendance);
                var seats = problem.Resources.ToDictionary(resource => resource.Id, resource => resource.Seats);
                foreach (var (use, variable) in served)
                    if (attendance[use.Activity] > seats[use.Resource]) cost.Add((variable, (long)rule.Weight * (attendance[use.Activity] - seats[use.Resource])));
                break;
            case RuleKind.Spread: AddSpread(rule); break;
            case RuleKind.SameResource: AddSameResource(rule); break;
            case RuleKind.Isolated: AddIsolated(rule); break;
            default: throw new NotSupportedException($"This baseline doesn't know {rule.Kind}.");
        }
    }

    void AddSpread(Rule rule)
    {
        foreach (var activity in problem.Activities)
        {
            var days = held.Where(one => one.Key.Activity == activity.Id).GroupBy(one => problem.Horizon.DayOf(one.Key.Slot)).Select(day =>
            {
                var used = model.NewBoolVar("");
                model.Add(used <= LinearExpr.Sum(day.Select(one => one.Value)));
                return used;
            }).ToList();
            var missing = model.NewIntVar(0, activity.MinDays, "");
            model.Add(LinearExpr.Sum(days) + missing >= activity.MinDays);
            cost.Add((missing, rule.Weight));
        }
    }

    void AddSameResource(Rule rule)
    {
        foreach (var activity in served.GroupBy(use => use.Key.Activity))
        {
            var used = activity.GroupBy(use => use.Key.Resource).Select(resource =>
            {
                var any = model.NewBoolVar("");
                foreach (var (_, variable) in resource) model.AddImplication(variable, any);
                return any;
            }).ToList();
            var changes = model.NewIntVar(0, used.Count, "");
            model.Add(LinearExpr.Sum(used) <= 1 + changes);
            cost.Add((changes, rule.Weight));
        }
    }

    void AddIsolated(Rule rule)
    {
        foreach (var group in problem.Groups.Where(group => rule.Covers(group.Kind)))
            for (var slot = 0; slot < problem.Horizon.Slots; slot++)
            {
                var first = slot % problem.Horizon.SlotsPerDay == 0;
                var last = slot % problem.Horizon.SlotsPerDay == problem.Horizon.SlotsPerDay - 1;
                var isolated = model.NewBoolVar("");
                List<BoolVar> beside = [.. first ? [] : At(group, slot - 1), .. last ? [] : At(group, slot + 1)];
                model.Add(LinearExpr.Sum(At(group, slot)) <= LinearExpr.Sum(beside) + isolated);
                cost.Add((isolated, rule.Weight));
            }
    }

    Plan Read(CpSolver solver)
    {
        var placed = served.Where(use => solver.BooleanValue(use.Value)).OrderBy(use => use.Key.Slot).ToLookup(use => use.Key.Activity, use => use.Key);
        return new([.. placed.SelectMany(activity => activity.Select((use, meeting) => new Placement(use.Activity, meeting, use.Slot, [use.Resource])))]);
    }
}
