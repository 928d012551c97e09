using System.Globalization;
using Training.Chaos.Faults;
using Xunit.Runner.InProc.SystemConsole;

namespace Training.Chaos;

/// <summary>
/// <c>dotnet run -c Release --project tests/Chaos -- --minutes 60 --seed 7 [--only broker-killed,disk-full] [--report docs/chaos-report.md]</c> does a long run; without
/// <c>--minutes</c> the program is the test project.
/// </summary>
static class ChaosCommand
{
    const double Longest = 240;

    static async Task<int> Main(string[] args)
    {
        if (!args.Contains("--minutes")) return await ConsoleRunner.Run(args);

        var minutes = double.Parse(Value(args, "--minutes", "10"), CultureInfo.InvariantCulture);
        var seed = int.Parse(Value(args, "--seed", "7"), CultureInfo.InvariantCulture);
        if (minutes is <= 0 or > Longest)
        {
            await Console.Error.WriteLineAsync($"--minutes is a number above 0 and up to {Longest}.");
            return 2;
        }

        string[] only = Value(args, "--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (only.Except(FaultList.All.Select(fault => fault.Name)).ToList() is { Count: > 0 } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no fault {string.Join(", ", unknown)}; see tests/Chaos/Faults/FaultList.cs.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };
        var result = await ChaosRun.Go(new(seed, TimeSpan.FromMinutes(minutes), Shorter: false, only), Console.WriteLine, stop.Token);
        var (report, file) = (Report.Of(result), new FileInfo(Path.Combine(ServiceProcess.Root, Value(args, "--report", "docs/chaos-report.md"))));
        Console.WriteLine(report);
        file.Directory?.Create();
        await File.WriteAllTextAsync(file.FullName, report, CancellationToken.None);
        return result.Violations.Count == 0 ? 0 : 1;
    }

    static string Value(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
}
