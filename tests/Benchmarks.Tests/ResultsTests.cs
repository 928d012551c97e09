using System.Globalization;

namespace Training.Benchmarks.Tests;

public sealed class ResultsTests : IDisposable
{
    readonly DirectoryInfo data = Directory.CreateTempSubdirectory();

    public ResultsTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var folder = data.CreateSubdirectory("cb-ctt/ctt").FullName;
        File.WriteAllText(Path.Combine(folder, "comp99.ctt"), """
            Name: Small
            Courses: 2
            Rooms: 2
            Days: 2
            Periods_per_day: 3
            Curricula: 1
            Constraints: 0

            COURSES:
            A t1 2 2 30
            B t2 1 1 10

            ROOMS:
            big	40
            small	20

            CURRICULA:
            q1 2 A B

            UNAVAILABILITY_CONSTRAINTS:

            END.
            """);
        File.WriteAllText(Path.Combine(data.FullName, "cb-ctt", "reference.csv"), "instance,best_known,proven_optimal,mueller_2007_mean,bellio_sa_2014_mean,kiefer_alns_2014_mean\ncomp99,2,y,7.5,8,9\n");
    }

    string Results => Path.Combine(data.FullName, "results.jsonl");

    public void Dispose() => data.Delete(recursive: true);

    string Table(params string[] more)
    {
        using var text = new StringWriter();
        var console = Console.Out;
        Console.SetOut(text);
        try
        {
            PlannerTable.Show(new(["planner", "--data", data.FullName, "--results", Results, "--iterations", "5000", "--seeds", "2", .. more]));
        }
        finally
        {
            Console.SetOut(console);
        }
        return text.ToString();
    }

    [Fact]
    public void A_finished_run_is_a_line_and_is_not_repeated()
    {
        Table("--only", "ctt");
        var lines = File.ReadAllLines(Results);
        Assert.Equal(5, lines.Length); // two seeds, first fit, regret insertion, CP-SAT
        Table("--only", "ctt");
        Assert.Equal(lines, File.ReadAllLines(Results));
        Table("--only", "ctt", "--threads", "2", "--without", "cp-sat");
        Assert.Equal(lines.Length + 2, File.ReadAllLines(Results).Length); // methods that end by themselves have no threads
    }

    [Fact]
    public void The_whole_table_is_a_minute_and_five_on_two_threads_and_parts_can_be_left_out()
    {
        static string[] Budgets(params string[] args) => [.. PublishedTables.Budgets(new(["planner", .. args]), args.Contains("--quick")).Select(budget => $"{Run.Of(budget)} × {budget.Threads}")];
        Assert.Equal(["60 CPU-s × 1", "300 CPU-s × 2"], Budgets());
        Assert.Equal(["3 CPU-s × 1"], Budgets("--quick"));
        Assert.Equal(["60 CPU-s × 1"], Budgets("--without", "cp-sat,ctt-300"));
        Assert.Equal(["20 CPU-s × 1"], Budgets("--cpu-seconds", "20"));
        Assert.Equal("", Table("--only", "ctt,group", "--without", "ctt,group"));
        Assert.False(File.Exists(Results));
    }

    [Fact]
    public void The_heap_is_told_how_large_it_may_become()
    {
        PlannerTable.LimitHeap(1_741);
        GC.Collect();
        Assert.Equal(1_741L << 20, GC.GetGCMemoryInfo(GCKind.FullBlocking).TotalAvailableMemoryBytes);
    }

    [Fact]
    public void Tables_are_printed_from_the_file_alone()
    {
        File.WriteAllText(Results, """
            {"Run":{"Format":"ctt","Instance":"comp99","Solver":"planner","Budget":"60 CPU-s","Threads":2,"Seed":1},"Judged":{"Hard":0,"Cost":6,"MovesPerSecond":12000000}}
            {"Run":{"Format":"ctt","Instance":"comp99","Solver":"planner","Budget":"60 CPU-s","Threads":2,"Seed":2},"Judged":{"Hard":0,"Cost":7,"MovesPerSecond":14000000}}
            {"Run":{"Format":"ctt","Instance":"comp99","Solver":"regret","Budget":"","Threads":1,"Seed":1},"Judged":{"Hard":3,"Cost":70,"MovesPerSecond":1}}
            {"Run":{"Format":"tim","Instance":"comp-2007-2-1","Solver":"planner","Budget":"300 CPU-s","Threads":1,"Seed":4},"Judged":{"Hard":0,"Cost":800,"MovesPerSecond":2000000}}

            """);
        var table = Table("--print");
        Assert.Contains("60 CPU-s × 2 thread(s)", table, StringComparison.Ordinal);
        Assert.Contains("| comp99 | 2 | 7.5 | 8 | 9 | 6.5 | 6 | 7 | 2 | 0 | yes |  | 70 (3) |  | 13.0 M |", table, StringComparison.Ordinal);
        Assert.Contains("| comp-2007-2-1 | 0 | 800.0 | 800 | 800 | 1 |  |  | 2.0 M |", table, StringComparison.Ordinal);
    }
}
