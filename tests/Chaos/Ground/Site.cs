using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Training.Chaos.Ground;

/// <summary>A process of a service, with its own ways to the store and to the broker.</summary>
sealed record Member(string Name, string Service, ServiceProcess Process, Link Store, Link Broker);

/// <summary>All services as processes on private servers; of one of them two replicas, of which only one publishes.</summary>
sealed class Site : IAsyncDisposable
{
    public const string Replicated = "Budgeting";
    public static readonly string[] Services = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];

    static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    readonly Dictionary<string, NpgsqlDataSource> stores = [];
    readonly ConcurrentDictionary<string, byte> meantToBeDown = [];
    readonly List<Member> members = [];
    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    Site(PrivateServers servers) => (Servers, Broker) = (servers, new(servers.BrokerPort));

    public PrivateServers Servers { get; }
    public Broker Broker { get; }
    public IReadOnlyList<Member> Members => members;
    public string PrivateKey => key.ExportECPrivateKeyPem();
    public IReadOnlyList<Subscription> Subscriptions { get; private set; } = [];

    /// <summary>How often a service ended though nobody had ended it.</summary>
    public int EndedByThemselves { get; private set; }

    /// <summary>The most memory any service was seen to hold, in bytes.</summary>
    public long MostMemory { get; private set; }

    public static async Task<Site> Start()
    {
        var site = new Site(await PrivateServers.Start());
        try
        {
            await site.Begin();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public IEnumerable<Member> Of(string service) => members.Where(member => member.Service == service);

    public NpgsqlDataSource Store(string service) => stores[service];

    /// <summary>Which replica holds the daemon's lock at the moment.</summary>
    public async Task<Member> Leader()
    {
        await using var command = Store(Replicated).CreateCommand("""
            select activity.application_name from pg_locks locks join pg_stat_activity activity using (pid)
            where locks.locktype = 'advisory' and locks.granted and activity.datname = current_database() and activity.application_name like 'Budgeting-%' limit 1
            """);
        var name = await command.ExecuteScalarAsync() as string;
        return members.Find(member => member.Name == name) ?? throw new InvalidOperationException("No replica leads.");
    }

    public async Task Kill(Member member)
    {
        meantToBeDown[member.Name] = 0;
        await member.Process.Kill();
    }

    /// <summary>Answers whether it ended by itself within the time.</summary>
    public async Task<bool> Stop(Member member, TimeSpan patience)
    {
        meantToBeDown[member.Name] = 0;
        return await member.Process.Stop(patience);
    }

    public void Start(Member member)
    {
        member.Process.Start();
        meantToBeDown.TryRemove(member.Name, out _);
    }

    /// <summary>Does what an orchestrator does: a service that ended is started again.</summary>
    public async Task Watch(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var member in members.Where(member => !member.Process.Runs && !meantToBeDown.ContainsKey(member.Name)))
            {
                EndedByThemselves++;
                member.Process.Start();
            }
            MostMemory = Math.Max(MostMemory, members.Max(member => member.Process.Memory));
            await Task.Delay(500, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Everything up, every way open.</summary>
    public async Task Mend()
    {
        Servers.ThawBroker();
        Servers.ThawPostgres();
        await Servers.Up();
        foreach (var member in members)
        {
            member.Store.Set(LinkState.Open);
            member.Broker.Set(LinkState.Open);
            (member.Store.Delay, member.Broker.Delay) = (TimeSpan.Zero, TimeSpan.Zero);
            member.Process.Thaw();
            if (!member.Process.Runs && meantToBeDown.ContainsKey(member.Name)) Start(member);
        }
    }

    public async Task<T> Ask<T>(string service, string sql, params object[] parameters)
    {
        await using var command = Store(service).CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (T)Convert.ChangeType(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"No row: {sql}"), typeof(T), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
        {
            member.Process.Thaw();
            await member.Process.DisposeAsync();
            await member.Store.DisposeAsync();
            await member.Broker.DisposeAsync();
        }
        foreach (var store in stores.Values) await store.DisposeAsync();
        Broker.Dispose();
        key.Dispose();
        await Servers.DisposeAsync();
    }

    async Task Begin()
    {
        var publicKeyFile = Path.Combine(Servers.Folder, "signing.pub.pem");
        await File.WriteAllTextAsync(publicKeyFile, key.ExportSubjectPublicKeyInfoPem());
        var administration = Connection("postgres", Servers.PostgresPort);
        await using var source = NpgsqlDataSource.Create(administration);
        if (Servers.SmallSpace != "") await Execute(source, $"create tablespace small location '{Servers.SmallSpace}'");
        foreach (var service in Services)
        {
            var name = service.ToLowerInvariant();
            await Execute(source, $"create database {name}{(service == Replicated && Servers.SmallSpace != "" ? " tablespace small" : "")}");
            stores[service] = NpgsqlDataSource.Create(Connection(name, Servers.PostgresPort));
            for (var replica = 1; replica <= (service == Replicated ? 2 : 1); replica++) members.Add(NewMember(service, replica, publicKeyFile));
        }

        foreach (var member in members.Where(member => !member.Name.EndsWith("-2", StringComparison.Ordinal))) member.Process.Start();
        // Two hosts on an empty database would race for its schema.
        await Of(Replicated).First().Process.Ready(StartLimit);
        Of(Replicated).Last().Process.Start();
        foreach (var member in members) await member.Process.Ready(StartLimit);
        Subscriptions = await Broker.Subscriptions(Services);
    }

    Member NewMember(string service, int replica, string publicKeyFile)
    {
        var (name, store, broker) = ($"{service}-{replica}", new Link("127.0.0.1", Servers.PostgresPort), new Link("127.0.0.1", Servers.BrokerPort));
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__store"] = $"{Connection(service.ToLowerInvariant(), store.Port)};Application Name={name}",
            ["ConnectionStrings__bus"] = $"amqp://guest:guest@127.0.0.1:{broker.Port}/",
            ["Auth__PublicKeyFile"] = publicKeyFile,
            ["Logging__Console__FormatterName"] = "simple",
            ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ",
            ["Daemon"] = service == Replicated ? "HotCold" : "Solo",
        };
        var process = new ServiceProcess(service, new($"http://127.0.0.1:{ServiceProcess.FreePort()}"), Path.Combine(Servers.Folder, $"{name}.log"), settings);
        return new(name, service, process, store, broker);
    }

    static string Connection(string database, int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=30";

    static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
