using System.Net.Http.Headers;
using System.Security.Cryptography;
using Marten;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Training.Foundation;
using Xunit;

namespace Training.Testing;

/// <summary>The real service on a fresh database and a fresh virtual host of the real servers. One per test assembly.</summary>
public class ServiceHost<TProgram> : IAsyncLifetime where TProgram : class
{
    /// <summary>The tenant of the tests.</summary>
    public const string Tenant = "YL";

    readonly string name = $"test-{typeof(TProgram).Assembly.GetName().Name?.Split('.')[^1].ToLowerInvariant()}-{Guid.NewGuid():N}";
    readonly string publicKeyFile = Path.GetTempFileName();
    readonly LocalTokens tokens;
    Factory? factory;
    Probe? probe;

    public ServiceHost()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(publicKeyFile, key.ExportSubjectPublicKeyInfoPem());
        tokens = new(key.ExportECPrivateKeyPem(), TimeProvider.System);
    }

    /// <summary>Name of the database and of the virtual host.</summary>
    public string Name => name;

    public IServiceProvider Services => Started.Services;

    /// <summary>The broker of the service, for tests that speak AMQP themselves.</summary>
    public string BusAddress { get; private set; } = "";

    /// <summary>The other services, played by the test.</summary>
    public Probe Bus => probe ?? throw new InvalidOperationException("Not started.");

    Factory Started => factory ?? throw new InvalidOperationException("Not started.");

    /// <summary>More settings for the service, read at start.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [];

    /// <summary>The service's clock; another than the system's where tests name days that must not have passed.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        var store = await Servers.NewDatabase(name);
        var bus = await Servers.NewVirtualHost(name);
        BusAddress = bus;
        probe = await Probe.Start(bus);
        factory = new Factory([
            new("ConnectionStrings:store", store), new("ConnectionStrings:bus", bus), new("Auth:PublicKeyFile", publicKeyFile), .. Settings], Clock);
        using var client = factory.CreateClient();
        await Eventually.True(async () => (await client.GetAsync("/ready")).IsSuccessStatusCode, "the service is ready");
    }

    /// <summary>A client with a token of this role and scope; <c>Client("")</c> has none.</summary>
    public HttpClient Client(string role, string scope = "group", string tenant = Tenant) => Client(role == "" ? [] : [new Grant(role, scope)], tenant);

    /// <summary>A client with a token of these grants; without any it has none.</summary>
    public HttpClient Client(Grant[] grants, string tenant = Tenant)
    {
        var client = Started.CreateClient(new() { AllowAutoRedirect = false });
        if (grants is [var first, ..]) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(tenant, $"test-{first.Role}", grants));
        return client;
    }

    /// <summary>All facts of a stream.</summary>
    public async Task<IReadOnlyList<object>> Facts(Guid stream, string tenant = Tenant)
    {
        await using var query = Services.GetRequiredService<IDocumentStore>().QuerySession(tenant);
        return [.. (await query.Events.FetchStreamAsync(stream)).Select(stored => stored.Data)];
    }

    /// <summary>How many facts the service has stored at all.</summary>
    public async Task<long> FactCount()
    {
        await using var query = Services.GetRequiredService<IDocumentStore>().QuerySession(Tenant);
        return (await query.AdvancedSql.QueryAsync<long>("select count(*) from mt_events", CancellationToken.None))[0];
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null) await factory.DisposeAsync();
        if (probe is not null) await probe.DisposeAsync();
        await Servers.DropVirtualHost(name);
        await Servers.DropDatabase(name);
        File.Delete(publicKeyFile);
        GC.SuppressFinalize(this);
    }

    sealed class Factory(KeyValuePair<string, string>[] settings, TimeProvider clock) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureServices(services => services.AddSingleton(clock));
        }
    }
}
