using System.Globalization;

namespace Training.Benchmarks.Messaging;

/// <summary>Processor time in milliseconds, of the programs under test, of PostgreSQL with all its backends, and of the broker.</summary>
readonly record struct Cpu(double App, double Postgres, double Broker)
{
    /// <summary>Where it was not measured.</summary>
    public static readonly Cpu Unread = new(double.NaN, double.NaN, double.NaN);

    public double Sum => App + Postgres + Broker;

    public static Cpu operator -(Cpu later, Cpu earlier) => new(later.App - earlier.App, later.Postgres - earlier.Postgres, later.Broker - earlier.Broker);

    public static Cpu operator /(Cpu cpu, double events) => new(cpu.App / events, cpu.Postgres / events, cpu.Broker / events);
}

/// <summary>Reads /proc.</summary>
sealed class CpuMeter(int postgres, int broker)
{
    const double MsPerTick = 10;

    readonly List<int> children = [];
    double gone;

    /// <summary>Counts a program as part of what is measured.</summary>
    public void Add(int process) => children.Add(process);

    /// <summary>To be said while the program still lives, so that what it used stays counted.</summary>
    public void Remove(int process)
    {
        gone += Own(process);
        children.Remove(process);
    }

    public Cpu Now() => new(
        Own(Environment.ProcessId) + children.Sum(Own) + gone,
        // What ended backends used is booked on the postmaster once it has waited for them.
        WithWaitedFor(postgres) + ChildrenOf(postgres).Sum(Own),
        WithWaitedFor(broker));

    /// <summary>All processors together, busy and stolen, in milliseconds since boot.</summary>
    public static (double Busy, double Stolen) Machine()
    {
        var cells = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture) * MsPerTick).ToArray();
        return (cells[0] + cells[1] + cells[2] + cells[5] + cells[6], cells[7]);
    }

    /// <summary>Of one program alone.</summary>
    public static double Own(int process) => Fields(process) is { Length: > 14 } fields ? Ms(fields[11]) + Ms(fields[12]) : 0;

    static double WithWaitedFor(int process) => Fields(process) is { Length: > 14 } fields ? fields[11..15].Sum(Ms) : 0;

    static IEnumerable<int> ChildrenOf(int parent)
    {
        var file = $"/proc/{parent}/task/{parent}/children";
        return File.Exists(file) ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number) : [];
    }

    /// <summary>The fields of proc(5) "stat" from the third on; empty when the process is gone.</summary>
    static string[] Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException) { return []; }
    }

    static double Ms(string ticks) => double.Parse(ticks, CultureInfo.InvariantCulture) * MsPerTick;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
