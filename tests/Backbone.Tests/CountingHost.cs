using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>A database and a virtual host; on them as many counting services as a test likes.</summary>
public sealed class Ground : IAsyncDisposable
{
    public const string Tenant = "YL";

    readonly string publicKeyFile = Path.GetTempFileName();

    Ground(string name, string store, string bus)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(publicKeyFile, key.ExportSubjectPublicKeyInfoPem());
        (Name, Store, Bus, Tokens) = (name, store, bus, new(key.ExportECPrivateKeyPem(), TimeProvider.System));
    }

    public string Name { get; }
    public string Store { get; }
    public string Bus { get; }
    public LocalTokens Tokens { get; }
    public string PublicKeyFile => publicKeyFile;

    public static async Task<Ground> Prepare()
    {
        var name = $"test-backbone-{Guid.NewGuid():N}";
        return new(name, await Servers.NewDatabase(name), await Servers.NewVirtualHost(name));
    }

    public async ValueTask DisposeAsync()
    {
        await Servers.DropVirtualHost(Name);
        await Servers.DropDatabase(Name);
        File.Delete(publicKeyFile);
    }
}

/// <summary>The lines a service logs.</summary>
public sealed class LoggedLines : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));
    public void Dispose() { }
}

/// <summary>One running replica of the counting service.</summary>
public sealed class CountingHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Ground ground;

    CountingHost(WebApplication app, Ground ground, LoggedLines logged) => (this.app, this.ground, Logged) = (app, ground, logged);

    public LoggedLines Logged { get; }

    public IServiceProvider Services => app.Services;
    public IDocumentStore Store => app.Services.GetRequiredService<IDocumentStore>();

    public static async Task<CountingHost> Start(Ground ground, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(CountingHost).Assembly.GetName().Name });
        var logged = new LoggedLines();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(logged);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:store"] = ground.Store, ["ConnectionStrings:bus"] = ground.Bus, ["Auth:PublicKeyFile"] = ground.PublicKeyFile,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddFoundation(_ => { }, Counting.Translate);

        var app = builder.Build();
        app.UseFoundation();
        app.MapCounting();
        await app.StartAsync();
        var host = new CountingHost(app, ground, logged);
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "the service is ready", TimeSpan.FromSeconds(60));
        return host;
    }

    public Uri Address => new(app.Urls.First());

    public HttpClient Client(string role = Role.Ops) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ground.Tokens.For(Ground.Tenant, $"test-{role}", role)) },
    };

    /// <summary>What the service says about itself.</summary>
    public async Task<(string Status, string Why)> Ready()
    {
        using var client = Client();
        var text = await (await client.GetAsync("/ready")).Content.ReadAsStringAsync();
        return text.StartsWith('{') ? (System.Text.Json.JsonElement.Parse(text).GetProperty("status").GetString() ?? "", text) : (text, text);
    }

    public async Task Do(string path, object? body = null)
    {
        using var client = Client();
        (await client.PutAsJsonAsync(path, body)).EnsureSuccessStatusCode();
    }

    /// <summary>The numbers heard of a counter, in the order they were handled.</summary>
    public async Task<long[]> Heard(Guid counter, string kind)
    {
        await using var query = Store.QuerySession(Ground.Tenant);
        return [.. (await query.Events.FetchStreamAsync(HeardOf.IdOf(counter, kind))).Select(stored => stored.Data is Heard heard ? heard.Number : ((HeardInBatch)stored.Data).Number)];
    }

    public Task Stop(CancellationToken ct = default) => app.StopAsync(ct);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
