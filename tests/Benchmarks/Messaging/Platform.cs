using System.Security.Cryptography;
using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Training.Foundation;

namespace Training.Benchmarks.Messaging;

/// <summary>A service built with Foundation, as the real ones are.</summary>
sealed class Platform : IAsyncDisposable
{
    public const string Tenant = "YL", Sender = "Training.Benchmarks", Subscriber = "Training.Subscriber";

    readonly WebApplication app;

    Platform(WebApplication app) => this.app = app;

    public IDocumentStore Store => app.Services.GetRequiredService<IDocumentStore>();

    /// <summary>Built, its tables made, and not started: nothing runs in the background.</summary>
    public static async Task<Platform> Build(string application, Place place, Func<IEvent, object?> translate, Action<StoreOptions>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = application, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("TRAINING_BENCHMARK_LOG") is not null) builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            new("ConnectionStrings:store", place.Store), new("ConnectionStrings:bus", place.Bus), new("Auth:PublicKeyFile", PublicKey()),
            // The reconciler translates old facts once more, which must not be taken for the outbox handing them over.
            new("Watch:Grace", "01:00:00"), new("Logging:LogLevel:Default", "Warning")]);
        builder.AddFoundation(store => more?.Invoke(store), translate);
        var platform = new Platform(builder.Build());
        await platform.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return platform;
    }

    /// <summary>Returns once its queues are there.</summary>
    public async Task Start()
    {
        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
    }

    /// <summary>One command as a request would do it: a scope, its origin, its session, one commit.</summary>
    public async Task Command(Func<IDocumentSession, Task> command)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Origin>().Is(Tenant, Guid.CreateVersion7().ToString("N"), "", "benchmark");
        await command(scope.ServiceProvider.GetRequiredService<IDocumentSession>());
    }

    /// <summary>Starts a stream with one fact.</summary>
    public Task Append(Guid stream, SignalRecorded fact) => Command(session =>
    {
        session.Events.StartStream(stream, fact);
        return session.SaveChangesAsync();
    });

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public static string PublicKey()
    {
        var file = Path.Combine(Path.GetTempPath(), $"training-benchmark-{Environment.ProcessId}.pem");
        if (File.Exists(file)) return file;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(file, key.ExportSubjectPublicKeyInfoPem());
        return file;
    }
}
