using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Training.Benchmarks.Messaging;

/// <summary>Marten as it comes: rich appends, daemon with its default polling.</summary>
static class PlainMarten
{
    public static async Task<DocumentStore> Store(Place place, Action<StoreOptions>? more = null)
    {
        var store = DocumentStore.For(options => Configure(options, place, more));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return store;
    }

    /// <summary>A host with the daemon and one subscription.</summary>
    public static async Task<IHost> Host(Place place, Action<IEvent> seen, Action<StoreOptions>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMarten(options =>
        {
            Configure(options, place, more);
            options.Events.Subscribe(new Listener(seen));
        }).ApplyAllDatabaseChangesOnStartup().AddAsyncDaemon(DaemonMode.Solo);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    static void Configure(StoreOptions options, Place place, Action<StoreOptions>? more)
    {
        options.Connection(place.Store);
        options.DisableNpgsqlLogging = true;
        more?.Invoke(options);
    }

    sealed class Listener(Action<IEvent> seen) : SubscriptionBase
    {
        public override Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
        {
            foreach (var stored in page.Events) seen(stored);
            return Task.FromResult<IChangeListener>(NullChangeListener.Instance);
        }
    }
}
