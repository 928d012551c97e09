using System.Globalization;
using Training.Benchmarks.Curriculum;
using Training.Benchmarks.Enrolment;
using Training.Benchmarks.PropertyGroup;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>The planner beside published solvers and beside simple methods, every result judged from its solution file.</summary>
static class PlannerTable
{
    sealed record Run(int Hard, int Cost, double MovesPerSecond);

    public static int Show(Options options)
    {
        var quick = options.Has("quick");
        var only = options.Text("only", "ctt,tim,group,replan").Split(',');
        if (only.Contains("ctt") || only.Contains("tim")) Published(options, only, quick);
        if (only.Contains("group")) GroupTable.Show(options, quick);
        if (only.Contains("replan")) ReplanTable.Show(options, quick);
        return 0;
    }

    static void Published(Options options, string[] only, bool quick)
    {
        var data = options.Text("data", Environment.GetEnvironmentVariable("TRAINING_BENCHMARK_DATA") ?? "data");
        if (!Directory.Exists(data))
        {
            Console.WriteLine($"No benchmark data in '{data}'; name the folder with --data. Skipped.");
            return;
        }
        var seeds = options.Number("seeds", quick ? 1 : 5);
        var instances = options.Text("instances", "comp").Split(',');
        if (only.Contains("ctt")) Curriculum(Path.Combine(data, "cb-ctt"), options.Budget(quick ? 3 : 60), seeds, instances, options.Has("cp-sat"));
        if (only.Contains("tim")) Enrolment(Path.Combine(data, "pe-ctt"), options.Budget(quick ? 10 : 300), seeds);
    }

    static void Curriculum(string folder, PlanBudget budget, int seeds, string[] prefixes, bool withCpSat)
    {
        var reference = File.ReadAllLines(Path.Combine(folder, "reference.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0]);
        Console.WriteLine($"\nCB-CTT UD2, {budget.Time.TotalSeconds:0} CPU-s × {budget.Threads} thread(s), {seeds} seeds; (n): lectures left out\n");
        Head("instance", "best known", "Müller 2007", "SA 2014", "ALNS 2014", "mean", "best", "worst", "hard", "≤ Müller", "first fit", "regret", "CP-SAT alone", "moves/s");
        double sum = 0, mueller = 0;
        int kept = 0, count = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "ctt")).Order().Where(file => prefixes.Any(Path.GetFileName(file).StartsWith)))
        {
            var known = reference[Path.GetFileNameWithoutExtension(file)];
            var problem = CurriculumFile.Read(file);
            var runs = Runs(problem, budget, seeds, plan => Judged(CurriculumFile.Write, problem, plan, solution =>
            {
                var verdict = CurriculumJudge.Judge(file, solution);
                return (verdict.Hard, verdict.Cost);
            }));
            var (mean, target) = (runs.Average(run => run.Cost), double.Parse(known[4], CultureInfo.InvariantCulture));
            (sum, mueller, count) = (sum + mean, mueller + target, count + 1);
            if (mean <= target) kept++;
            Row(known[0], known[1], known[4], known[8], known[9], $"{mean:0.0}", runs.Min(run => run.Cost), runs.Max(run => run.Cost), runs.Sum(run => run.Hard),
                mean <= target ? "yes" : "no", Baseline(Planner.FirstFit(problem)), Baseline(Planner.RegretInsertion(problem)),
                withCpSat ? Baseline(Solvers.Solve("cp-sat", problem, budget, 1)) : "", Speed(runs));
        }
        Row("sum", "", $"{mueller:0.0}", "", "", $"{sum:0.0}", "", "", "", $"{kept} of {count}", "", "", "", "");
    }

    static void Enrolment(string folder, PlanBudget budget, int seeds)
    {
        Console.WriteLine($"\nPE-CTT, {budget.Time.TotalSeconds:0} CPU-s × {budget.Threads} thread(s), {seeds} seeds; (n): distance to feasibility\n");
        Head("instance", "distance to feasibility, worst", "mean cost", "best", "worst", "first fit", "regret", "moves/s");
        foreach (var file in Directory.GetFiles(folder, "*.tim").Order())
        {
            var problem = EnrolmentFile.Read(file);
            var runs = Runs(problem, budget, seeds, plan => Judged(EnrolmentFile.Write, problem, plan, solution =>
            {
                var verdict = EnrolmentJudge.Judge(file, solution);
                return (verdict.Hard + verdict.Distance, verdict.Cost);
            }));
            Row(Path.GetFileNameWithoutExtension(file), runs.Max(run => run.Hard), $"{runs.Average(run => run.Cost):0.0}", runs.Min(run => run.Cost),
                runs.Max(run => run.Cost), Baseline(Planner.FirstFit(problem)), Baseline(Planner.RegretInsertion(problem)), Speed(runs));
        }
    }

    public static void Head(params string[] cells)
    {
        Row(cells);
        Row([.. cells.Select(_ => "---")]);
    }

    public static void Row(params object[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    static string Speed(List<Run> runs) => $"{runs.Average(run => run.MovesPerSecond) / 1e6:0.0} M";

    static List<Run> Runs(PlanningProblem problem, PlanBudget budget, int seeds, Func<Plan, (int Hard, int Cost)> judge) =>
        [.. Enumerable.Range(1, seeds).Select(seed =>
        {
            var result = Planner.Solve(problem, budget, seed);
            var (hard, cost) = judge(result.Plan);
            if ((hard, cost) != (result.Cost.Hard, result.Cost.Soft)) throw new InvalidOperationException($"Judge says {hard}/{cost}, planner {result.Cost}.");
            Console.Error.WriteLine($"  seed {seed}: {hard} hard, cost {cost}");
            return new Run(hard, cost, result.Moves / result.Used.TotalSeconds / budget.Threads);
        })];

    static T Judged<T>(Action<string, PlanningProblem, Plan> write, PlanningProblem problem, Plan plan, Func<string, T> judge)
    {
        var path = Path.GetTempFileName();
        write(path, problem, plan);
        var verdict = judge(path);
        File.Delete(path);
        return verdict;
    }

    static string Baseline(PlanResult result) => result.Cost.Hard == 0 ? $"{result.Cost.Soft}" : $"{result.Cost.Soft} ({result.Cost.Hard})";
}
