using Google.OrTools.Sat;
using Training.Scheduling.Planning;
using Training.Scheduling.Planning.Explaining;

namespace Training.Benchmarks;

/// <summary>The planner and what it is compared with, by name.</summary>
static class Solvers
{
    public static PlanResult Solve(string solver, PlanningProblem problem, PlanBudget budget, int seed, IProgress<PlanProgress>? progress = null) => solver switch
    {
        "planner" => Planner.Solve(problem, budget, seed, progress),
        "first-fit" => Planner.FirstFit(problem),
        "regret" => Planner.RegretInsertion(problem),
        "cp-sat" => Alone(problem, budget, seed),
        _ => throw new ArgumentException($"No solver is called {solver}: planner, first-fit, regret, cp-sat."),
    };

    /// <summary>How large a model of the whole problem is: each start of an activity, with each resource that fits it.</summary>
    public static long VariablesOf(PlanningProblem problem) =>
        problem.Activities.Sum(activity => activity.Starts.Length * (1L + activity.Needs.Sum(need => problem.Resources.Count(need.IsMetBy))));

    /// <summary>With profiles, hours and orders, but without rules about days: those are counted in the result.</summary>
    static Plan Whole(PlanningProblem problem, PlanBudget budget, int seed)
    {
        var begin = CpuClock.OfThisProcess();
        List<CpSolver> running = [];
        using var timer = new Timer(_ =>
        {
            if (CpuClock.OfThisProcess() - begin >= budget.Time) running.ForEach(solver => solver.StopSearch());
        }, null, 100, 100);
        return Fit.Cheapest(problem, running.Add, seed);
    }

    static PlanResult Alone(PlanningProblem problem, PlanBudget budget, int seed)
    {
        var started = CpuClock.OfThisProcess();
        var plan = problem.Activities.All(activity => activity is { Duration: 1, Needs.Length: 1 }) ? ConstraintModel.Solve(problem, budget, seed) : Whole(problem, budget, seed);
        return new(plan, PlanCheck.Cost(problem, plan), 0, CpuClock.OfThisProcess() - started, false);
    }
}
