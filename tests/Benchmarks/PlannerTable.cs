using Training.Benchmarks.PropertyGroup;

namespace Training.Benchmarks;

/// <summary>The planner beside published solvers and beside simple methods, every result judged from its solution file.</summary>
static class PlannerTable
{
    public static int Show(Options options)
    {
        var quick = options.Has("quick");
        var only = options.Text("only", options.Has("print") ? "ctt,tim" : "ctt,tim,group,replan").Split(',');
        if (only.Contains("ctt") || only.Contains("tim")) PublishedTables.Show(options, only, quick);
        if (only.Contains("group")) GroupTable.Show(options, quick);
        if (only.Contains("replan")) ReplanTable.Show(options, quick);
        return 0;
    }

    public static void Head(params string[] cells)
    {
        Row(cells);
        Row([.. cells.Select(_ => "---")]);
    }

    public static void Row(params object[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
