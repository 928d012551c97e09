using System.Text.Json;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>What was run.</summary>
/// <param name="Format">ctt or tim.</param>
/// <param name="Instance">Name of the problem's file.</param>
/// <param name="Solver">planner, first-fit, regret or cp-sat.</param>
/// <param name="Budget">Of each thread, such as <c>60 CPU-s</c>; empty for methods that end by themselves.</param>
/// <param name="Threads">Independent searches, the best of which counts.</param>
/// <param name="Seed">Of the search.</param>
sealed record Run(string Format, string Instance, string Solver, string Budget, int Threads, int Seed)
{
    public static string Of(PlanBudget budget) => budget.Time == TimeSpan.MaxValue ? $"{budget.Moves} moves" : $"{budget.Time.TotalSeconds:0} CPU-s";
}

/// <summary>What came of it.</summary>
/// <param name="Hard">Hard rules broken, or the distance to feasibility.</param>
/// <param name="Cost">As the judge counts it.</param>
/// <param name="MovesPerSecond">Of one thread.</param>
sealed record Judged(int Hard, int Cost, double MovesPerSecond);

/// <summary>Finished runs, each a line of a file, so that hours of measuring can be done in pieces and none is done twice.</summary>
sealed class Results
{
    sealed record Line(Run Run, Judged Judged);

    readonly string file;
    readonly Dictionary<Run, Judged> finished;

    /// <param name="file">Empty: kept in memory only.</param>
    public Results(string file)
    {
        this.file = file;
        var lines = File.Exists(file) ? File.ReadAllLines(file).Select(line => JsonSerializer.Deserialize<Line>(line) ?? throw new FormatException($"Not a run: {line}")) : [];
        finished = lines.ToDictionary(line => line.Run, line => line.Judged);
    }

    public ILookup<Run, Judged> All => finished.ToLookup(one => one.Key, one => one.Value);

    /// <summary>Performs a run unless its result is known.</summary>
    public void Once(Run run, Func<Judged> perform)
    {
        if (finished.ContainsKey(run)) return;
        var judged = finished[run] = perform();
        if (file.Length > 0) File.AppendAllText(file, $"{JsonSerializer.Serialize(new Line(run, judged))}\n");
        Console.Error.WriteLine($"  {run.Instance} {run.Solver}, seed {run.Seed}: {judged.Hard} hard, cost {judged.Cost}");
    }
}
