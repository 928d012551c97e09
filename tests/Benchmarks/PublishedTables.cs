using System.Globalization;
using Training.Benchmarks.Curriculum;
using Training.Benchmarks.Enrolment;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>The planner on published instances: runs what isn't in the results file yet, then prints all that is.</summary>
static class PublishedTables
{
    public static void Show(Options options, string[] only, bool quick)
    {
        var results = new Results(options.Text("results", ""));
        var data = options.Text("data", Environment.GetEnvironmentVariable("TRAINING_BENCHMARK_DATA") ?? "data");
        if (Directory.Exists(data) && !options.Has("print")) RunMissing(results, options, data, only, quick);
        else if (!options.Has("print")) Console.WriteLine($"No benchmark data in '{data}'; name the folder with --data. Skipped.");
        var runs = results.All;
        foreach (var (budget, threads) in Tables(runs, "ctt")) Curriculum(runs, budget, threads, Reference.In(data));
        foreach (var (budget, threads) in Tables(runs, "tim")) Enrolment(runs, budget, threads);
    }

    static void RunMissing(Results results, Options options, string data, string[] only, bool quick)
    {
        var seeds = Enumerable.Range(options.Number("first-seed", 1), options.Number("seeds", quick ? 1 : 5));
        var prefixes = options.Text("instances", "comp").Split(',');
        string[] solvers = ["planner", "first-fit", "regret", .. options.Leaves("cp-sat") ? Array.Empty<string>() : ["cp-sat"]];
        if (only.Contains("ctt"))
        {
            var reference = Reference.In(data);
            foreach (var (budget, file) in Budgets(options, quick).SelectMany(budget => Files(Path.Combine(data, "cb-ctt", "ctt"), "*.ctt").Select(file => (budget, file))))
                All("ctt", file, solvers, budget with { GoodEnough = reference.Optimum(Path.GetFileNameWithoutExtension(file)) }, CurriculumFile.Read, CurriculumFile.Write, solution =>
                {
                    var verdict = CurriculumJudge.Judge(file, solution);
                    return (verdict.Hard, verdict.Cost);
                });
        }
        if (only.Contains("tim"))
            foreach (var file in Files(Path.Combine(data, "pe-ctt"), "*.tim"))
                All("tim", file, solvers[..3], options.Budget(quick ? 10 : 300), EnrolmentFile.Read, EnrolmentFile.Write, solution =>
                {
                    var verdict = EnrolmentJudge.Judge(file, solution);
                    return (verdict.Hard + verdict.Distance, verdict.Cost);
                });

        IEnumerable<string> Files(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order().Where(file => prefixes.Any(Path.GetFileName(file).StartsWith));

        void All(string format, string file, string[] by, PlanBudget budget, Func<string, PlanningProblem> read, Action<string, PlanningProblem, Plan> write, Func<string, (int Hard, int Cost)> judge)
        {
            var problem = read(file);
            foreach (var solver in by)
                foreach (var seed in solver == "planner" ? seeds : [1])
                    results.Once(RunOf(solver, seed),
                        () => Perform(problem, solver, budget, seed, write, judge));

            Run RunOf(string solver, int seed) => new(format, Path.GetFileNameWithoutExtension(file), solver, EndsByItself(solver) ? "" : Run.Of(budget), EndsByItself(solver) ? 1 : budget.Threads, seed);
        }
    }

    /// <summary>The one that is named, or a minute on one thread and five on two.</summary>
    internal static PlanBudget[] Budgets(Options options, bool quick) =>
        quick || options.Leaves("ctt-300") || options.Has("cpu-seconds") || options.Has("iterations") || options.Has("threads")
            ? [options.Budget(quick ? 3 : 60)]
            : [options.Budget(60), options.Budget(300) with { Threads = 2 }];

    static bool EndsByItself(string solver) => solver is "first-fit" or "regret";

    static Judged Perform(PlanningProblem problem, string solver, PlanBudget budget, int seed, Action<string, PlanningProblem, Plan> write, Func<string, (int Hard, int Cost)> judge)
    {
        var result = Solvers.Solve(solver, problem, budget, seed);
        var solution = Path.GetTempFileName();
        write(solution, problem, result.Plan);
        var (hard, cost) = judge(solution);
        File.Delete(solution);
        if (solver == "planner" && (hard, cost) != (result.Cost.Hard, result.Cost.Soft)) throw new InvalidOperationException($"Judge says {hard}/{cost}, planner {result.Cost}.");
        return new(hard, cost, result.Moves / Math.Max(0.001, result.Used.TotalSeconds) / budget.Threads);
    }

    static IEnumerable<(string Budget, int Threads)> Tables(ILookup<Run, Judged> runs, string format) =>
        runs.Select(run => run.Key).Where(run => run.Format == format && run.Solver == "planner").Select(run => (run.Budget, run.Threads)).Distinct().Order();

    static List<(string Instance, List<Judged> Outcomes)> Rows(ILookup<Run, Judged> runs, string format, string budget, int threads) =>
    [
        .. runs.Where(run => run.Key.Format == format && run.Key.Solver == "planner" && run.Key.Budget == budget && run.Key.Threads == threads)
            .GroupBy(run => run.Key.Instance).OrderBy(instance => instance.Key, StringComparer.Ordinal).Select(instance => (instance.Key, instance.Select(run => run.Single()).ToList())),
    ];

    static void Curriculum(ILookup<Run, Judged> runs, string budget, int threads, Reference reference)
    {
        var rows = Rows(runs, "ctt", budget, threads);
        Console.WriteLine($"\nCB-CTT UD2, {budget} × {threads} thread(s); (n): lectures left out\n");
        PlannerTable.Head("instance", "best known", "Müller 2007", "SA 2014", "ALNS 2014", "mean", "best", "worst", "seeds", "hard", "≤ Müller", "first fit", "regret", "CP-SAT alone", "moves/s");
        foreach (var (instance, outcomes) in rows)
            PlannerTable.Row(instance, reference.Of(instance, "best_known"), reference.Of(instance, "mueller_2007_mean"), reference.Of(instance, "bellio_sa_2014_mean"),
                reference.Of(instance, "kiefer_alns_2014_mean"), $"{Mean(outcomes):0.0}", outcomes.Min(run => run.Cost), outcomes.Max(run => run.Cost), outcomes.Count, outcomes.Sum(run => run.Hard),
                reference.Mueller(instance) is not { } target ? "" : Mean(outcomes) <= target ? "yes" : "no",
                Baseline(runs, "ctt", instance, "first-fit"), Baseline(runs, "ctt", instance, "regret"), Baseline(runs, "ctt", instance, "cp-sat", budget, threads), Speed(outcomes));
        PlannerTable.Row("sum", "", $"{rows.Sum(row => reference.Mueller(row.Instance)):0.0}", "", "", $"{rows.Sum(row => Mean(row.Outcomes)):0.0}", "", "", "", rows.Sum(row => row.Outcomes.Sum(run => run.Hard)),
            $"{rows.Count(row => Mean(row.Outcomes) <= reference.Mueller(row.Instance))} of {rows.Count}", "", "", "", "");
    }

    static void Enrolment(ILookup<Run, Judged> runs, string budget, int threads)
    {
        Console.WriteLine($"\nPE-CTT, {budget} × {threads} thread(s); (n): distance to feasibility\n");
        PlannerTable.Head("instance", "distance to feasibility, worst", "mean cost", "best", "worst", "seeds", "first fit", "regret", "moves/s");
        foreach (var (instance, outcomes) in Rows(runs, "tim", budget, threads))
            PlannerTable.Row(instance, outcomes.Max(run => run.Hard), $"{Mean(outcomes):0.0}", outcomes.Min(run => run.Cost), outcomes.Max(run => run.Cost), outcomes.Count,
                Baseline(runs, "tim", instance, "first-fit"), Baseline(runs, "tim", instance, "regret"), Speed(outcomes));
    }

    static double Mean(List<Judged> outcomes) => outcomes.Average(run => run.Cost);

    static string Speed(List<Judged> outcomes) => $"{outcomes.Average(run => run.MovesPerSecond) / 1e6:0.0} M";

    static string Baseline(ILookup<Run, Judged> runs, string format, string instance, string solver, string budget = "", int threads = 1) =>
        runs[new(format, instance, solver, budget, threads, 1)].Select(one => one.Hard == 0 ? $"{one.Cost}" : $"{one.Cost} ({one.Hard})").FirstOrDefault("");

    /// <summary>What is published about an instance; nothing where the data isn't there.</summary>
    sealed class Reference(Dictionary<string, Dictionary<string, string>> byInstance)
    {
        public static Reference In(string data)
        {
            var file = Path.Combine(data, "cb-ctt", "reference.csv");
            var lines = File.Exists(file) ? [.. File.ReadAllLines(file).Select(line => line.Split(','))] : Array.Empty<string[]>();
            return new(lines.Skip(1).ToDictionary(cells => cells[0], cells => lines[0].Zip(cells).ToDictionary()));
        }

        public string Of(string instance, string column) => byInstance.GetValueOrDefault(instance)?.GetValueOrDefault(column, "") ?? "";

        public double? Mueller(string instance) => double.TryParse(Of(instance, "mueller_2007_mean"), CultureInfo.InvariantCulture, out var mean) ? mean : null;

        /// <summary>The proven optimum; 0, which nothing can be better than, where none is proven.</summary>
        public int Optimum(string instance) => Of(instance, "proven_optimal") == "y" ? int.Parse(Of(instance, "best_known"), CultureInfo.InvariantCulture) : 0;
    }
}
