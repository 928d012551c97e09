using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Xunit;

namespace Training.Testing;

/// <summary>One service as a process of its own, as it was built beside these tests. It can be killed, frozen, asked to end, and started again.</summary>
public sealed class ServiceProcess(string service, Uri address, string log, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    const int SigTerm = 15, SigCont = 18, SigStop = 19;

    Process? process;

    public string Service => service;
    public Uri Address => address;
    public bool Runs => process is { HasExited: false };

    /// <summary>Resident memory in bytes; 0 when it does not run.</summary>
    public long Memory
    {
        get
        {
            if (process is not { HasExited: false } running) return 0;
            running.Refresh();
            return running.WorkingSet64;
        }
    }

    /// <summary>The last lines the service wrote.</summary>
    public string Tail(int lines = 15) => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(lines)) : "";

    /// <summary>Starts a service on a free port, with settings as in a settings file, and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(string service, params (string Key, string Value)[] settings)
    {
        var process = new ServiceProcess(service, new($"http://127.0.0.1:{FreePort()}"), Path.GetTempFileName(),
            settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value));
        process.Start();
        await process.Ready();
        return process;
    }

    public void Start()
    {
        var library = Path.Combine(Root, "services", service, "bin", Configuration, "net10.0", $"Training.{service}.dll");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{library}' >>'{log}' 2>&1"])
        {
            WorkingDirectory = Path.GetDirectoryName(library) ?? Root,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["ASPNETCORE_URLS"] = address.ToString() },
        };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        process = Process.Start(start) ?? throw new InvalidOperationException($"{service} did not start.");
    }

    public async Task Ready(TimeSpan? limit = null)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.True(async () =>
        {
            Assert.True(Runs, $"{service} ended:\n{Tail(100)}");
            try { return (await http.GetAsync("/ready")).IsSuccessStatusCode; }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException) { return false; }
        }, $"{service} is ready", limit ?? TimeSpan.FromSeconds(60));
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said goodbye to.</summary>
    public async Task Kill()
    {
        if (process is not { } running) return;
        running.Kill();
        await running.WaitForExitAsync();
        running.Dispose();
        process = null;
    }

    /// <summary>SIGTERM, and SIGKILL for what has not ended in time. Answers whether it ended by itself.</summary>
    public async Task<bool> Stop(TimeSpan patience)
    {
        if (process is not { HasExited: false } running) return true;
        Signal(running.Id, SigTerm);
        using var limit = new CancellationTokenSource(patience);
        try { await running.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { /* it had its time */ }
        var itself = running.HasExited;
        await Kill();
        return itself;
    }

    public void Freeze() => Signal(process?.Id ?? 0, SigStop);

    public void Thaw() => Signal(process?.Id ?? 0, SigCont);

    public async ValueTask DisposeAsync() => await Kill();

    public static void Signal(int process, int signal)
    {
        if (process > 0) _ = kill(process, signal);
    }

    /// <summary>A free port below the range that the kernel gives to clients, so that it is still free when a service comes back.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) { /* taken */ }
        }
    }

    public static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

    static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

    static string FindRoot(DirectoryInfo at) =>
        File.Exists(Path.Combine(at.FullName, "Training.Platform.sln")) ? at.FullName : FindRoot(at.Parent ?? throw new InvalidOperationException("Not inside the repository."));

    [DllImport("libc")]
    static extern int kill(int pid, int signal);
}
