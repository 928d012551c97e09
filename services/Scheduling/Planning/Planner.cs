using System.Runtime.ExceptionServices;

namespace Training.Scheduling.Planning;

/// <summary>Finds plans. The only door to the search.</summary>
public static class Planner
{
    static readonly Cooling Standard = new(Start: 10, End: 0.1, Levels: 500, CutOff: 0.12, HardWeight: 200);

    /// <summary>
    /// The best plan found within the budget. It breaks no hard rule but <see cref="RuleKind.LeftOut"/>, and those that only locked meetings break: what can't be held is left out. The same problem, seed and
    /// number of moves give the same plan.
    /// </summary>
    public static PlanResult Solve(PlanningProblem problem, PlanBudget budget, int seed, IProgress<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        var compiled = new CompiledProblem(problem);
        var results = new PlanResult[budget.Threads];
        ExceptionDispatchInfo? failed = null;
        void Search(int thread)
        {
            // Nobody else would catch what a thread of our own throws, and the process would end.
            try
            {
                Action<PlanProgress> report = thread == 0 && progress is not null ? progress.Report : _ => { };
                var search = new Annealing(compiled, budget, ((ulong)(uint)seed << 8) + (ulong)thread, report, ct);
                var plan = search.Run(Standard.In(budget.Grain));
                results[thread] = new(plan, Checked(problem, plan, search.Hard, search.Soft), search.Moves, search.Used, search.Cancelled);
            }
            catch (Exception exception)
            {
                failed = ExceptionDispatchInfo.Capture(exception);
            }
        }
        Thread[] others = [.. Enumerable.Range(1, budget.Threads - 1).Select(thread => new Thread(() => Search(thread)) { IsBackground = true })];
        foreach (var other in others) other.Start();
        Search(0);
        foreach (var other in others) other.Join();
        failed?.Throw();

        var best = results.Aggregate((one, two) => two.Cost.IsBetterThan(one.Cost) ? two : one);
        return best with { Moves = results.Sum(result => result.Moves), Used = results.Max(result => result.Used) };
    }

    /// <summary>What a clerk would do: each meeting in the first place where it breaks nothing.</summary>
    public static PlanResult FirstFit(PlanningProblem problem) => Build(problem, Insertion.FirstFit);

    /// <summary>The hardest meeting next, where it costs least.</summary>
    public static PlanResult RegretInsertion(PlanningProblem problem) =>
        Build(problem, (p, draft) => Insertion.Regret(p, draft, force: false, CancellationToken.None));

    static PlanResult Build(PlanningProblem problem, Action<CompiledProblem, Draft> build)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var compiled = new CompiledProblem(problem);
        var draft = new Draft(compiled);
        build(compiled, draft);
        var plan = draft.ToPlan();
        return new(plan, Checked(problem, plan, draft.Hard, draft.Soft), compiled.MeetingCount, clock.Elapsed, false);
    }

    /// <summary>No plan leaves whose cost the check doesn't confirm.</summary>
    static PlanCost Checked(PlanningProblem problem, Plan plan, int hard, int soft)
    {
        var cost = PlanCheck.Cost(problem, plan);
        if ((cost.Hard, cost.Soft) == (hard, soft)) return cost;
        throw new InvalidOperationException($"The search counts {hard} broken and a cost of {soft}, the check {cost}.");
    }
}
