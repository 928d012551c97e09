using System.Globalization;

namespace Training.Chaos.Ground;

/// <summary>A PostgreSQL and a RabbitMQ of this run alone, started by <c>deploy/servers</c>, so that they may be killed.</summary>
sealed class PrivateServers : IAsyncDisposable
{
    const int SigQuit = 3, SigKill = 9, SigCont = 18, SigStop = 19;

    // Not below the temporary folder: the user postgres has to be able to enter it.
    readonly string folder = $"/var/tmp/training-chaos-{Environment.ProcessId}";

    PrivateServers() { }

    public string Folder => folder;
    public int PostgresPort { get; private set; }
    public int BrokerPort { get; private set; }

    /// <summary>A tablespace whose size can be limited; empty when this user may not mount one.</summary>
    public string SmallSpace { get; private set; } = "";

    public static async Task<PrivateServers> Start()
    {
        var servers = new PrivateServers();
        Directory.CreateDirectory(servers.folder);
        try
        {
            await servers.Up();
            servers.PostgresPort = servers.Number("postgres.port");
            servers.BrokerPort = servers.Number("rabbitmq.port");
            if (Environment.UserName == "root") await servers.MountSmallSpace();
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps what services and broker logged where it outlives the run, and says where.</summary>
    public string KeepLogs(int seed)
    {
        var kept = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults", $"chaos-{seed}")).FullName;
        foreach (var log in Directory.EnumerateFiles(folder, "*.log").Concat(Directory.EnumerateFiles(Path.Combine(folder, "rabbitmq"), "*.log", SearchOption.AllDirectories)))
            File.Copy(log, Path.Combine(kept, Path.GetFileName(log)), overwrite: true);
        return Path.GetRelativePath(AppContext.BaseDirectory, kept);
    }

    /// <summary>Starts whichever of the two does not run.</summary>
    public Task Up() => Script("start");

    /// <summary>As <c>pg_ctl stop -m immediate</c>: nothing is written back, recovery comes from the log.</summary>
    public Task CrashPostgres() => End(Postmaster, SigQuit);

    public Task KillPostgres() => End(Postmaster, SigKill);

    public Task KillBroker() => End(Broker, SigKill);

    public void FreezeBroker() => ServiceProcess.Signal(Broker, SigStop);

    public void ThawBroker() => ServiceProcess.Signal(Broker, SigCont);

    /// <summary>The postmaster first, so that no backend comes after the others were found.</summary>
    public void FreezePostgres()
    {
        ServiceProcess.Signal(Postmaster, SigStop);
        foreach (var backend in Backends) ServiceProcess.Signal(backend, SigStop);
    }

    public void ThawPostgres()
    {
        foreach (var process in (int[])[.. Backends, Postmaster]) ServiceProcess.Signal(process, SigCont);
    }

    public Task<string> RabbitCtl(params string[] arguments)
    {
        var home = Path.Combine(folder, "rabbitmq");
        return Shell.Run("/usr/lib/rabbitmq/bin/rabbitmqctl", ["-q", "-n", File.ReadAllText(Path.Combine(home, "node")).Trim(), .. arguments], new Dictionary<string, string?>
        {
            ["HOME"] = home, ["LC_ALL"] = "C.UTF-8", ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null", ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = File.ReadAllText(Path.Combine(home, "epmd.port")).Trim(),
        });
    }

    /// <summary>Leaves the small tablespace this much room.</summary>
    public async Task Limit(long freeBytes)
    {
        var used = long.Parse((await Shell.Run("df", ["--output=used", "-B1", SmallSpace])).Split('\n')[1].Trim(), CultureInfo.InvariantCulture);
        await Shell.Run("mount", ["-o", $"remount,size={used + freeBytes}", SmallSpace]);
    }

    public Task Widen() => Shell.Run("mount", ["-o", "remount,size=4g", SmallSpace]);

    public async ValueTask DisposeAsync()
    {
        ThawBroker();
        ThawPostgres();
        await Script("stop");
        if (SmallSpace != "") await Shell.Run("umount", ["-l", SmallSpace]);
        // The data of a folder that the user postgres could not enter would lie elsewhere; this one it can.
        Directory.Delete(folder, recursive: true);
    }

    int Postmaster => FirstNumber(Path.Combine(folder, "postgres", "data", "postmaster.pid"));
    int[] Backends => Lives(Postmaster) ? [.. Numbers(File.ReadAllText($"/proc/{Postmaster}/task/{Postmaster}/children"))] : [];
    int Broker => FirstNumber(Path.Combine(folder, "rabbitmq", "pid"));

    async Task MountSmallSpace()
    {
        var space = Path.Combine(folder, "small");
        Directory.CreateDirectory(space);
        try
        {
            await Shell.Run("mount", ["-t", "tmpfs", "-o", "size=4g,mode=700", "tmpfs", space]);
        }
        // Root inside a container may lack the right.
        catch (InvalidOperationException) { return; }
        SmallSpace = space;
        await Shell.Run("chown", ["postgres", space]);
    }

    Task<string> Script(string verb) => Shell.Run("/bin/sh", ["-c", $"exec '{ServiceProcess.Root}/deploy/servers' {verb} '{folder}' >>'{folder}/servers.log' 2>&1"], new Dictionary<string, string?>
    {
        // Servers of others, which tests/run names, must not be used here.
        ["TRAINING_POSTGRES"] = null, ["TRAINING_RABBITMQ"] = null, ["TRAINING_RABBITMQ_MANAGEMENT"] = null,
    });

    static async Task End(int process, int signal)
    {
        ServiceProcess.Signal(process, signal);
        await Eventually.True(() => Task.FromResult(!Lives(process)), $"process {process} has ended", TimeSpan.FromSeconds(30));
    }

    /// <summary>A dead process that nobody has asked about yet is a zombie.</summary>
    static bool Lives(int process)
    {
        try { return process > 0 && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal); }
        catch (IOException) { return false; }
    }

    int Number(string file) => int.Parse(File.ReadAllText(Path.Combine(folder, file)), CultureInfo.InvariantCulture);

    static IEnumerable<int> Numbers(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture));

    static int FirstNumber(string file) => File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var number) ? number : 0;
}
