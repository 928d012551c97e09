using System.Diagnostics;

namespace Training.Benchmarks.Messaging;

/// <summary>What else the machine does. Figures of a busy machine are worth nothing, so they are refused.</summary>
sealed class Noise(CpuMeter meter, string folder)
{
    const double MostFsyncChange = 2, MostForeignCores = 0.5;

    readonly double fsyncBefore = FsyncMs(folder);
    readonly (double Busy, double Stolen) machine = CpuMeter.Machine();
    readonly double own = meter.Now().Sum;
    readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Milliseconds that 8 KiB need to reach the disk; median of 100.</summary>
    public double FsyncBefore => fsyncBefore;

    /// <summary>Processors kept busy by others for the last second; empty when few enough, else the reason.</summary>
    public static async Task<string> Before(CpuMeter meter)
    {
        var (start, own) = (CpuMeter.Machine(), meter.Now().Sum);
        await Task.Delay(1_000);
        return Foreign(start, own, meter, 1_000);
    }

    /// <summary>Empty when the run counts, else the reason why not.</summary>
    public string After()
    {
        var fsync = FsyncMs(folder);
        var change = Math.Max(fsync, fsyncBefore) / Math.Min(fsync, fsyncBefore);
        return change > MostFsyncChange
            ? FormattableString.Invariant($"an fsync took {fsyncBefore:0.00} ms before and {fsync:0.00} ms after the run")
            : Foreign(machine, own, meter, watch.Elapsed.TotalMilliseconds);
    }

    static string Foreign((double Busy, double Stolen) start, double own, CpuMeter meter, double ms)
    {
        var now = CpuMeter.Machine();
        var foreign = (now.Busy - start.Busy - (meter.Now().Sum - own)) / ms;
        var stolen = (now.Stolen - start.Stolen) / ms;
        return foreign > MostForeignCores || stolen > MostForeignCores
            ? FormattableString.Invariant($"other programs kept {foreign:0.0} processors busy and the hypervisor took {stolen:0.0}; at most {MostForeignCores} is allowed")
            : "";
    }

    static double FsyncMs(string folder)
    {
        var path = Path.Combine(folder, $"fsync.{Environment.ProcessId}");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        var block = new byte[8_192];
        return Statistics.Median([.. Enumerable.Range(0, 100).Select(_ =>
        {
            var start = Clock.Now;
            file.Position = 0;
            file.Write(block);
            file.Flush(flushToDisk: true);
            return Clock.Ms(Clock.Now - start);
        })]);
    }
}
