using Training.Benchmarks.PropertyGroup;

namespace Training.Benchmarks;

/// <summary>The planner beside published solvers and beside simple methods, every result judged from its solution file. All of it, unless parts are named or left out.</summary>
static class PlannerTable
{
    /// <summary>The process is to keep within 2 GiB: the heap gets most of it, and a collector that knows so collects sooner.</summary>
    public static void LimitHeap(int mebibytes)
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)mebibytes << 20);
        GC.RefreshMemoryLimit();
    }

    public static int Show(Options options)
    {
        var quick = options.Has("quick");
        string[] only = [.. options.Text("only", options.Has("print") ? "ctt,tim" : "ctt,tim,group,replan").Split(',').Where(part => !options.Leaves(part))];
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
