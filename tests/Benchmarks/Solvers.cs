using Training.Scheduling.Planning;

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

    static PlanResult Alone(PlanningProblem problem, PlanBudget budget, int seed)
    {
        var started = CpuClock.OfThisProcess();
        var plan = ConstraintModel.Solve(problem, budget, seed);
        return new(plan, PlanCheck.Cost(problem, plan), 0, CpuClock.OfThisProcess() - started, false);
    }
}
