using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using Training.Demo;
using Training.Foundation;

namespace Training.Journeys.Tests;

/// <summary>Every service as a process of its own, on fresh databases and a fresh virtual host. Any of them can be killed and started again.</summary>
public sealed class PlatformHost : IAsyncLifetime
{
    public static readonly string[] Names = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];

    /// <summary>With those that people meet.</summary>
    static readonly string[] All = [.. Names, "Identity", "Portal"];

    /// <summary>Of every demo account.</summary>
    public const string Password = "journey-password";

    readonly string name = $"journey-{Guid.NewGuid():N}"[..20];
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("journey-");
    readonly ConcurrentDictionary<string, Process> processes = [];
    readonly Dictionary<string, string> stores = [];
    readonly Dictionary<string, Uri> addresses = [];
    readonly LocalTokens tokens;
    string broker = "";

    public PlatformHost()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        tokens = new(key.ExportECPrivateKeyPem(), TimeProvider.System);
        File.WriteAllText(PublicKeyFile, key.ExportSubjectPublicKeyInfoPem());
    }

    string PublicKeyFile => Path.Combine(folder.FullName, "signing.pub.pem");

    /// <summary>What the demo needs to drive this platform.</summary>
    public DemoOptions Options(int estates) => new(estates, addresses, broker, Token);

    public Uri Address(string service) => addresses[service];

    public Platform Doors(string tenant = "YL") => new(addresses, Token, tenant, TimeProvider.System);

    Task<string> Token(string tenant, string role, CancellationToken _) => Task.FromResult(tokens.For(tenant, $"demo-{role}", role));

    public async ValueTask InitializeAsync()
    {
        broker = await Servers.NewVirtualHost(name);
        foreach (var service in All)
        {
            stores[service] = await Servers.NewDatabase($"{name}-{service.ToLowerInvariant()}");
            addresses[service] = new($"http://127.0.0.1:{FreePort()}");
        }
        foreach (var service in All) Launch(service);
        foreach (var service in All) await Ready(service);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said goodbye to.</summary>
    public async Task Kill(string service)
    {
        using var process = processes[service];
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task Restart(string service)
    {
        Launch(service);
        await Ready(service);
    }

    /// <summary>Reads one column from a service's own database.</summary>
    public async Task<IReadOnlyList<T>> Read<T>(string service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(stores[service]);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    public async Task Write(string service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(stores[service]);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public Task<long> Waiting(string like = "") => Servers.MessagesWaiting(name, like);

    /// <summary>The end of every service's log, to be read when a journey failed.</summary>
    public string Logs() => string.Join('\n', All.Select(service => $"---- {service}\n{string.Join('\n', File.ReadLines(Log(service)).TakeLast(15))}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values)
        {
            using (process)
            {
                if (!process.HasExited) process.Kill();
                await process.WaitForExitAsync();
            }
        }
        await Servers.DropVirtualHost(name);
        foreach (var service in stores.Keys) await Servers.DropDatabase($"{name}-{service.ToLowerInvariant()}");
        folder.Delete(recursive: true);
    }

    string Log(string service) => Path.Combine(folder.FullName, $"{service}.log");

    void Launch(string service)
    {
        var library = Path.Combine(Root, "services", service, "bin", Configuration, "net10.0", $"Training.{service}.dll");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{library}' >>'{Log(service)}' 2>&1"])
        {
            WorkingDirectory = Path.GetDirectoryName(library) ?? Root,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_URLS"] = addresses[service].ToString(),
                ["ConnectionStrings__store"] = stores[service],
                ["ConnectionStrings__bus"] = broker,
                ["Auth__PublicKeyFile"] = PublicKeyFile,
                ["Auth__Authority"] = addresses["Identity"].ToString(),
            },
        };
        foreach (var (key, value) in SettingsOf(service)) start.Environment[key] = value;
        processes[service] = Process.Start(start) ?? throw new InvalidOperationException($"{service} did not start.");
    }

    IEnumerable<(string Key, string Value)> SettingsOf(string service) => service switch
    {
        "Identity" =>
        [
            ("Identity__Issuer", addresses["Identity"].ToString()), ("Identity__Keys", Path.Combine(folder.FullName, "keys")), ("Identity__DemoAccounts", Password),
            ("Identity__Clients__portal__Secret", name.PadRight(20, '-')), ("Identity__Clients__portal__Sites__0", addresses["Portal"].ToString()),
        ],
        "Portal" => [("Auth__ClientSecret", name.PadRight(20, '-')), .. Names.Select(other => ($"Services__{other}", addresses[other].ToString()))],
        _ => [],
    };

    async Task Ready(string service)
    {
        using var http = new HttpClient { BaseAddress = addresses[service] };
        await Eventually.True(async () =>
        {
            Assert.False(processes[service].HasExited, $"{service} ended:\n{File.ReadAllText(Log(service))}");
            try { return (await http.GetAsync("/ready")).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, $"{service} is ready", TimeSpan.FromSeconds(60));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static string Root { get; } = FindRoot(new(AppContext.BaseDirectory));

    /// <summary>The services are taken as they were built beside these tests.</summary>
    static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

    static string FindRoot(DirectoryInfo at) =>
        File.Exists(Path.Combine(at.FullName, "Training.Platform.sln")) ? at.FullName : FindRoot(at.Parent ?? throw new InvalidOperationException("Not inside the repository."));
}
