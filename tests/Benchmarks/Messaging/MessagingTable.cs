using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Training.Benchmarks.Messaging;

/// <summary>The platform's messaging beside the physical limit and beside its peers, in one run.</summary>
static class MessagingTable
{
    const int TooNoisy = 3;

    static readonly Dictionary<string, Func<Rig, Task<Outcome>>> Benchmarks = new()
    {
        ["B1"] = B1Append.Run,
        ["B2"] = B2Command.Run,
        ["B4"] = B4Publish.Run,
        ["B5"] = B5TailLatency.Run,
        ["B6"] = B6EndToEnd.Run,
        ["B7"] = B7Throughput.Run,
        ["B8"] = B8Consumer.Run,
        ["B9"] = B9WriteTax.Run,
        ["B10"] = B10Idle.Run,
        ["B11"] = B11Outage.Run,
        ["B13"] = B13Loss.Run,
        ["B14"] = B14Rebuild.Run,
    };

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static async Task<int> Show(string[] args)
    {
        if (args is ["role", var role, .. var rest]) return await Roles.Play(role, rest);
        var options = new Options(args);
        var chosen = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        if (chosen.Find(id => !Benchmarks.ContainsKey(id)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark {unknown}; there are {string.Join(", ", Benchmarks.Keys)}.");
            return 2;
        }
        var quick = options.Has("quick");
        var seconds = double.Parse(options.Text("seconds", quick ? "1" : "15"), CultureInfo.InvariantCulture);
        var extent = new Extent(options.Number("rounds", quick ? 1 : 3), seconds, Math.Min(seconds / 2, 5), quick);
        var folder = Path.Combine(BenchServers.Root(), ".run", "benchmarks");
        await using var servers = await BenchServers.Start(folder);
        var meter = await BenchServers.Meter();

        // A quick run keeps no figures; the other word is for machines that never get quiet, and the noise stands beside the figures.
        var tolerant = quick || options.Has("even-if-noisy");
        var (outcomes, noises) = (new List<Outcome>(), new Dictionary<string, string>());
        var busy = await Noise.Before(meter);
        if (busy != "" && !tolerant)
        {
            await Console.Error.WriteLineAsync($"The machine is too noisy to measure: {busy}.");
            return TooNoisy;
        }
        foreach (var id in chosen.Count > 0 ? chosen : [.. Benchmarks.Keys])
        {
            var quiet = new Noise(meter, folder);
            var outcome = await Benchmarks[id](new Rig(extent, meter, servers));
            noises[id] = quiet.After();
            if (noises[id] != "") Console.WriteLine($"{id} {(tolerant ? "noisy" : "refused")}: {noises[id]}");
            if (noises[id] != "" && !tolerant) continue;
            outcomes.Add(outcome);
            foreach (var line in outcome.Lines()) Console.WriteLine(line);
        }
        if (options.Has("markdown")) foreach (var line in Outcome.Markdown(outcomes)) Console.WriteLine(line);

        var file = options.Text("json", Path.Combine(folder, "messaging.json"));
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { extent, noises, outcomes }, Json));
        await Console.Error.WriteLineAsync($"All figures: {file}");
        return !tolerant && noises.Values.Any(noise => noise != "") ? TooNoisy : outcomes.Exists(outcome => outcome.Wrong != "") ? 1 : 0;
    }
}
