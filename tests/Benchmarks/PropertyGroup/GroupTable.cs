using System.Diagnostics;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>The planner on generated groups, beside a clerk, insertion and CP-SAT alone, and beside what no plan can beat.</summary>
static class GroupTable
{
    public static void Show(Options options, bool quick)
    {
        List<string> answers = [];
        foreach (var name in options.Text("sizes", quick ? "S" : "S,M,L").Split(','))
        {
            var group = GroupGenerator.Make(Size.Of(name).As(options), options.Number("group-seed", 1));
            answers.Add(group.Known());
            if (options.Text("answer", "") is { Length: > 0 } file) File.WriteAllLines(file, answers);
            Show(group, [.. Enumerable.Range(options.Number("first-seed", 1), options.Number("seeds", quick ? 1 : 5))], options, quick);
        }
    }

    static void Show(Generated group, int[] seeds, Options options, bool quick)
    {
        var budget = options.Budget(quick ? 10 : group.Size.Name == "L" ? 300 : 60) with { Grain = Grain(group.Situation) };
        Describe(group, budget, seeds, options);
        if (options.Leaves("rounds")) return;
        foreach (var seed in seeds) Plan(group, budget, seed, options);
    }

    static void Describe(Generated group, PlanBudget budget, int[] seeds, Options options)
    {
        var (size, groupSeed) = (group.Size, group.Seed);
        var (translated, translating) = Timed(() => Translation.Of(group.Situation));
        var problem = translated.Problem;
        Console.WriteLine($"\nGroup {size.Name}, seed {groupSeed}: {size.Estates} estates, {problem.Activities.Length} runs, {problem.Activities.Sum(one => one.Meetings)} sessions, "
            + $"{problem.Resources.Length} resources, {problem.Profiles.Length} profiles, {problem.Horizon.Slots} slots; {budget.Time.TotalSeconds:0} CPU-s × {budget.Threads} thread(s), seeds {seeds[0]} to {seeds[^1]}; "
            + $"relief {size.Relief}, spare seats {size.SpareSeats:P0}, spare hours {size.SpareHours:P0}, deadline slack {size.DeadlineSlack} days");
        var mandatory = group.Situation.Runs.SelectMany(run => run.Demands.Where(demand => demand.IsMandatory).Select(demand => (run.Line, demand.Employee))).Distinct().Count();
        Console.WriteLine($"{mandatory} mandatory learners. Planted: bill {group.Answer.Total}, {group.Answer.MissedMandatory} missed. At least {Bounds.Missed(group.Situation)} missed (flow). "
            + $"Translated in {translating.TotalSeconds:0.0} CPU-s, {Memory()} MiB.\n");
        PlannerTable.Head("method", "cost", "hard", "left out", "whole bill", "missed mandatory", "without seat", "violations", "CPU-s", "moves/s", "peak MiB");

        if (!options.Has("planner-only")) Compare(size, group, translated, budget, seeds, options);
    }

    /// <summary>As the service plans: in rounds, with its explanations.</summary>
    static void Plan(Generated group, PlanBudget budget, int seed, Options options)
    {
        var (planned, time) = Timed(() => Rounds.Of(group.Situation, budget, seed, options.Number("rounds", Rounds.Most)));
        Row($"planner, seed {seed}", group, planned.Timetable, "", $"{planned.Search.Cost.Hard}", "", time, "");
        var (explained, explaining) = Timed(() => Explaining.Of(group.Situation, planned.Timetable, TimeSpan.FromSeconds(10)));
        Console.Error.WriteLine($"  explained {explained.Runs.Length} of {planned.Timetable.Unplaced.Length} runs and {explained.Learners.Length} learners in {explaining.TotalSeconds:0.0} CPU-s, peak {Memory()} MiB");
        foreach (var text in explained.Runs.Select(one => (one.Text, one.Remedies)).Concat(explained.Learners.Select(one => (one.Text, one.Remedies))).Take(8))
            Console.Error.WriteLine($"    {text.Text.English} [{string.Join(" | ", text.Remedies.Select(remedy => $"{remedy.Text.English} {remedy.Price}"))}]");
    }

    /// <summary>One search without rounds beside simple methods and beside what no plan goes below.</summary>
    static void Compare(Size size, Generated group, Translated translated, PlanBudget budget, int[] seeds, Options options)
    {
        var (clerk, clerkTime) = Timed(() => Seating.FirstFit(group.Situation));
        Row("clerk's first fit", group, clerk, "", "", "", clerkTime, "");
        Row("first fit", group, translated, Planner.FirstFit);
        var regret = Row("regret insertion", group, translated, Planner.RegretInsertion);
        if (!options.Leaves("cp-sat")) Alone(group, translated, budget, options.Number("cp-sat-variables", MostVariables));
        var results = seeds.Select(seed => Row($"search, seed {seed}", group, translated, one => Planner.Solve(one, budget, seed, options.Has("quiet") ? null : new Lines()))).ToList();
        var (bound, bounding) = Timed(() => Bounds.Cost(translated.Problem, options.Text("lp", size.Name == "L" ? "PDLP" : "GLOP"), TimeSpan.FromSeconds(options.Number("lp-seconds", 120))));
        var (mean, worst) = (results.Average(one => one.Cost.Soft), results.Max(one => one.Cost.Soft));
        Console.WriteLine($"\nSearch mean {mean:0}, worst {worst}; {1 - (mean / regret.Cost.Soft):P1} cheaper than regret insertion; LP bound {bound:0} in {bounding.TotalSeconds:0.0} CPU-s, gap {(mean - bound) / mean:P1}.\n");
        PlannerTable.Head("method", "cost", "hard", "left out", "whole bill", "missed mandatory", "without seat", "violations", "CPU-s", "moves/s", "peak MiB");
    }

    /// <summary>So many take about a GiB. What is larger is said to be too large, and how large.</summary>
    const int MostVariables = 2_000_000;

    static void Alone(Generated group, Translated translated, PlanBudget budget, int most)
    {
        var variables = Solvers.VariablesOf(translated.Problem);
        if (variables <= most) Row("CP-SAT alone", group, translated, one => Solvers.Solve("cp-sat", one, budget, 1));
        else PlannerTable.Row("CP-SAT alone", $"not run: {variables / 1e6:0.0} M variables", "", "", "", "", "", "", "", "", "");
    }

    /// <summary>A price that a manager wouldn't argue about: the search warms and cools in it.</summary>
    public static int Grain(Situation situation) => situation.Prices.TravelPerHead;

    static PlanResult Row(string method, Generated group, Translated translated, Func<PlanningProblem, PlanResult> solve)
    {
        var (result, time) = Timed(() => solve(translated.Problem));
        var leftOut = translated.Problem.Activities.Sum(activity => activity.Meetings) - result.Plan.Placements.Length;
        Row(method, group, Seating.Of(group.Situation, translated, result.Plan), $"{result.Cost.Soft}", $"{result.Cost.Hard}", $"{leftOut}", time, $"{result.Moves / Math.Max(0.001, result.Used.TotalSeconds) / 1e6:0.00} M");
        Console.Error.WriteLine($"  {method}: {string.Join(", ", result.Cost.ByKind.Select(pair => $"{pair.Key} {pair.Value}"))}");
        return result;
    }

    static void Row(string method, Generated group, Timetable timetable, string cost, string hard, string leftOut, TimeSpan time, string speed)
    {
        var bill = Bill.Of(group.Situation, timetable);
        var violations = VerifyTimetable.Judge(group.Situation, timetable);
        foreach (var violation in violations.Take(3)) Console.Error.WriteLine($"  {violation.Kind}: {violation.Text}");
        PlannerTable.Row(method, cost, hard, leftOut, bill.Total, bill.MissedMandatory, bill.Unseated, violations.Count, $"{time.TotalSeconds:0.0}", speed, Memory());
    }

    public static (T Value, TimeSpan Time) Timed<T>(Func<T> work)
    {
        var started = CpuClock.OfThisProcess();
        var value = work();
        return (value, CpuClock.OfThisProcess() - started);
    }

    static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
