using System.Globalization;
using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>The words after the command: <c>--name value</c> or <c>--name</c>.</summary>
sealed class Options(string[] args)
{
    public bool Has(string name) => args.Contains($"--{name}");

    public string Text(string name, string otherwise)
    {
        var at = Array.IndexOf(args, $"--{name}");
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
    }

    /// <summary>Whether a part is to be left out: <c>--without cp-sat,group</c>.</summary>
    public bool Leaves(string part) => Text("without", "").Split(',').Contains(part);

    public double Share(string name, double otherwise) => double.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public int Number(string name, int otherwise) => int.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <summary>Processor seconds on each thread, or a number of moves, or both.</summary>
    public PlanBudget Budget(int secondsOtherwise = 60)
    {
        var moves = long.Parse(Text("iterations", "0"), CultureInfo.InvariantCulture);
        var seconds = Number("cpu-seconds", moves > 0 ? 0 : secondsOtherwise);
        return new(seconds > 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue, moves > 0 ? moves : long.MaxValue, Number("threads", 1))
        {
            Clock = CpuClock.OfThisThread,
        };
    }
}
