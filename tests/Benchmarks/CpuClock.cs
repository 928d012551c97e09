using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Training.Benchmarks;

/// <summary>Processor time, so that a figure doesn't depend on what else the machine does.</summary>
static partial class CpuClock
{
    const int ThreadCpuTime = 3;

    public static TimeSpan OfThisThread()
    {
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().TotalProcessorTime;
        _ = Read(ThreadCpuTime, out var time);
        return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));
    }

    public static TimeSpan OfThisProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Instant
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Instant time);
}
