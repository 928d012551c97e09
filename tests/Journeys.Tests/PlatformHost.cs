using System.Security.Cryptography;
using Npgsql;
using Training.Demo;

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
    readonly Dictionary<string, ServiceProcess> processes = [];
    readonly Dictionary<string, string> stores = [];
    readonly Dictionary<string, Uri> addresses = [];
    readonly LocalTokens tokens;
    string broker = "";
    SpanCollector? collector;

    public PlatformHost()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        tokens = new(key.ExportECPrivateKeyPem(), TimeProvider.System);
        File.WriteAllText(PublicKeyFile, key.ExportSubjectPublicKeyInfoPem());
    }

    string PublicKeyFile => Path.Combine(folder.FullName, "signing.pub.pem");

    /// <summary>What the services have sent to their collector.</summary>
    public IReadOnlyList<TraceSpan> Spans => collector?.Spans ?? throw new InvalidOperationException("Not started.");

    /// <summary>What the demo needs to drive this platform.</summary>
    public DemoOptions Options(int estates) => new(estates, addresses, broker, Token);

    public Uri Address(string service) => addresses[service];

    public Platform Doors(string tenant = "YL") => new(addresses, Token, tenant, TimeProvider.System);

    Task<string> Token(string tenant, string role, CancellationToken _) => Task.FromResult(tokens.For(tenant, $"demo-{role}", role));

    public async ValueTask InitializeAsync()
    {
        broker = await Servers.NewVirtualHost(name);
        collector = await SpanCollector.Start();
        foreach (var service in All)
        {
            stores[service] = await Servers.NewDatabase($"{name}-{service.ToLowerInvariant()}");
            addresses[service] = new($"http://127.0.0.1:{ServiceProcess.FreePort()}");
        }
        foreach (var service in All)
            processes[service] = new(service, addresses[service], Path.Combine(folder.FullName, $"{service}.log"), SettingsOf(service).ToDictionary(pair => pair.Key, pair => pair.Value));
        foreach (var process in processes.Values) process.Start();
        foreach (var process in processes.Values) await process.Ready();
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said goodbye to.</summary>
    public Task Kill(string service) => processes[service].Kill();

    public async Task Restart(string service)
    {
        processes[service].Start();
        await processes[service].Ready();
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
    public string Logs() => string.Join('\n', All.Select(service => $"---- {service}\n{processes[service].Tail()}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values) await process.DisposeAsync();
        if (collector is not null) await collector.DisposeAsync();
        await Servers.DropVirtualHost(name);
        foreach (var service in stores.Keys) await Servers.DropDatabase($"{name}-{service.ToLowerInvariant()}");
        folder.Delete(recursive: true);
    }

    IEnumerable<(string Key, string Value)> SettingsOf(string service) =>
    [
        ("ConnectionStrings__store", stores[service]), ("ConnectionStrings__bus", broker), ("Auth__PublicKeyFile", PublicKeyFile),
        ("Auth__Authority", addresses["Identity"].ToString()), .. collector?.Settings ?? [], .. OwnSettings(service),
    ];

    IEnumerable<(string Key, string Value)> OwnSettings(string service) => service switch
    {
        "Identity" =>
        [
            ("Identity__Issuer", addresses["Identity"].ToString()), ("Identity__Keys", Path.Combine(folder.FullName, "keys")), ("Identity__DemoAccounts", Password),
            ("Identity__Clients__portal__Secret", name.PadRight(20, '-')), ("Identity__Clients__portal__Sites__0", addresses["Portal"].ToString()),
        ],
        // The demo plays the quarter to come.
        "Evaluation" => [("Tolerance__Ahead", "200.00:00:00")],
        "Portal" => [("Auth__ClientSecret", name.PadRight(20, '-')), .. Names.Select(other => ($"Services__{other}", addresses[other].ToString()))],
        _ => [],
    };
}
