using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Training.Benchmarks.Messaging;

/// <summary>PostgreSQL and RabbitMQ: those the environment names, or private ones with <c>deploy/servers</c>.</summary>
sealed class BenchServers : IAsyncDisposable
{
    readonly string folder;
    readonly bool own;
    int made;

    BenchServers(string folder, bool own) => (this.folder, this.own) = (folder, own);

    public string Folder => folder;

    static Place Administration() => new("postgres", new NpgsqlConnectionStringBuilder(Setting("TRAINING_POSTGRES")) { Database = "postgres" }.ConnectionString, "");

    static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? "";

    public static async Task<BenchServers> Start(string folder)
    {
        Directory.CreateDirectory(folder);
        var own = Setting("TRAINING_POSTGRES") == "" || Setting("TRAINING_RABBITMQ") == "";
        var servers = new BenchServers(folder, own);
        if (!own) return servers;
        await servers.StartOwn();
        // pgoutput, the limit of B5, and the statement counts of B10 need settings that only a new start takes.
        if (await Administration().Ask("show wal_level") != "logical")
        {
            await Administration().Execute("alter system set wal_level = logical");
            await Administration().Execute("alter system set shared_preload_libraries = pg_stat_statements");
            await Run("stop", folder);
            await servers.StartOwn();
        }
        return servers;
    }

    /// <summary>The process that waits for clients of each server, found by its port.</summary>
    public static async Task<CpuMeter> Meter()
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(await Administration().Ask("show data_directory"), "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        return new(postmaster, ListenerOn(new Uri(Setting("TRAINING_RABBITMQ")).Port));
    }

    /// <summary>An empty database and an empty virtual host of one name, both dropped at the end.</summary>
    public async Task<Place> NewPlace(string purpose)
    {
        var name = $"bench-{purpose}-{Environment.ProcessId}-{made++}".ToLowerInvariant();
        return new(name, await Testing.Servers.NewDatabase(name), await Testing.Servers.NewVirtualHost(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (own) await Run("stop", folder);
    }

    async Task StartOwn()
    {
        foreach (var name in (string[])["TRAINING_POSTGRES", "TRAINING_RABBITMQ", "TRAINING_RABBITMQ_MANAGEMENT"]) Environment.SetEnvironmentVariable(name, null);
        await Run("start", folder);
        Use(folder);
    }

    /// <summary>Names the servers of a folder in this program's environment.</summary>
    public static void Use(string folder)
    {
        foreach (var line in File.ReadAllLines(Path.Combine(folder, "servers.env")))
            Environment.SetEnvironmentVariable(line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('\''));
    }

    /// <summary>Runs <c>deploy/servers</c> of this source tree.</summary>
    public static async Task Run(string verb, string folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "deploy", "servers"), [verb, folder]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("deploy/servers doesn't start.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"deploy/servers {verb} ended with {process.ExitCode}.");
    }

    public static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Training.Platform.sln"))) return folder;
        throw new InvalidOperationException("The benchmarks run from their source tree.");
    }

    /// <summary>From the tables of open sockets in /proc.</summary>
    public static int ListenerOn(int port)
    {
        var inodes = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length > 9 && cells[1].EndsWith($":{port:X4}", StringComparison.Ordinal) && cells[3] == "0A").Select(cells => $"socket:[{cells[9]}]").ToHashSet();
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
            try
            {
                if (Directory.GetFiles(Path.Combine(folder, "fd")).Any(file => File.ResolveLinkTarget(file, false) is { } target && inodes.Contains(target.Name)))
                    return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { /* gone meanwhile, or another user's */ }
        throw new InvalidOperationException($"No process of this user listens on port {port}: the processor time of the server can't be read.");
    }
}
