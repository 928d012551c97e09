using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Training.Benchmarks.Messaging;

/// <summary>The machine's monotonic clock, which all processes share.</summary>
static partial class Clock
{
    public static long Now => Stopwatch.GetTimestamp();

    public static double Ms(long ticks) => ticks * 1_000.0 / Stopwatch.Frequency;

    public static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    /// <summary>As a signal carries it, always of the same length.</summary>
    public static string Text(long ticks) => ticks.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>Blocks the thread until then; more exact than the thread pool's timers, which count whole milliseconds.</summary>
    public static void Until(long ticks)
    {
        for (var left = ticks - Now; left > 0; left = ticks - Now) _ = Sleep((uint)Math.Clamp(left * 1_000_000.0 / Stopwatch.Frequency, 1, 900_000));
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}
