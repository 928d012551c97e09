using System.Diagnostics;
using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Daemon.HighWater;
using JasperFx.MultiTenancy;
using Marten;
using Marten.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;

namespace Training.Foundation;

static class Store
{
    internal static MartenServiceCollectionExtensions.MartenConfigurationExpression AddStore(this WebApplicationBuilder builder, Action<StoreOptions> capabilities)
    {
        var connection = builder.Configuration.GetConnectionString("store") ?? throw new InvalidOperationException("ConnectionStrings:store is missing.");
        var service = Assembly.Load(builder.Environment.ApplicationName);

        return builder.Services.AddMarten(options =>
            {
                options.Connection(new NpgsqlConnectionStringBuilder(connection)
                {
                    // The server notices a vanished client within a second, so that its locks are freed.
                    // Nothing here sets anything on a session that the next one could trip over.
                    NoResetOnClose = true,
                    // Every statement here is short; compiling one, or starting parallel workers for it, takes longer than it does.
                    Options = "-c jit=off -c max_parallel_workers_per_gather=0 -c client_connection_check_interval=1000 -c idle_in_transaction_session_timeout=10000 -c lock_timeout=10000 -c statement_timeout=60000",
                }.ConnectionString);
                options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => json.UseHouseStyle());
                options.DisableNpgsqlLogging = true;

                options.Policies.AllDocumentsAreMultiTenanted();
                options.Events.TenancyStyle = TenancyStyle.Conjoined;
                options.Events.AppendMode = EventAppendMode.Quick;
                options.Events.UseAdvisoryLockTransaction = true;
                options.Events.MetadataConfig.CorrelationIdEnabled = true;
                options.Events.MetadataConfig.CausationIdEnabled = true;
                options.Events.MetadataConfig.HeadersEnabled = true;
                options.Events.AddEventTypes(service.GetTypes().Where(type => type.IsAssignableTo(typeof(IFact)) && !type.IsInterface));

                options.Projections.Errors.SkipApplyErrors = false;
                options.Projections.Errors.SkipSerializationErrors = false;
                options.Projections.Errors.SkipUnknownEvents = false;
                // A refused append leaves a gap in the sequence. Marten passes it only when no open transaction can still fill it, so
                // there is no need to wait the default 3 s before asking.
                options.Projections.StaleSequenceThreshold = TimeSpan.FromMilliseconds(100);
                // A database that goes while a gap is looked into ends the daemon's search for new facts. It is looked after this often, and begun anew once in that time.
                options.Projections.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
                options.Projections.HighWaterStalenessThreshold = TimeSpan.FromSeconds(5);
                var wakeup = new Wakeup();
                options.Projections.Wakeup = wakeup;
                options.Listeners.Add(wakeup);

                options.Schema.For<ParkedMessage>().Index(message => new { message.Queue, message.Stream });
                options.Schema.For<Hole>();
                options.Schema.For<Watermark>().UseOptimisticConcurrency(true);
                capabilities(options);
                // A rebuild keeps what it reckons in memory and writes each document once for so many, not once for every page of events.
                foreach (var projection in options.Projections.All) projection.Options.RebuildFlushThreshold = 10_000;
            })
            .BuildSessionsWith<TenantSessions>(ServiceLifetime.Scoped)
            .ApplyAllDatabaseChangesOnStartup();
    }

    internal static void AddDaemon(this MartenServiceCollectionExtensions.MartenConfigurationExpression marten, DaemonMode mode) => marten
        .AddSubscriptionWithServices<Outbox>(ServiceLifetime.Singleton, options =>
        {
            options.Name = Outbox.ShardName;
            options.Options.BatchSize = 1_000;
            // While more than a few facts are on their way no page is read ahead, so the next holds all that came meanwhile: an outage leaves no backlog of pages of one.
            options.Options.MaximumHopperSize = 16;
        })
        .AddAsyncDaemon(mode);

    /// <summary>Wakes the daemon as soon as this process commits facts; polling remains as the safety net.</summary>
    sealed class Wakeup : DocumentSessionListenerBase, IDaemonWakeup
    {
        static readonly TimeSpan Busy = TimeSpan.FromSeconds(3), BusyPause = TimeSpan.FromMilliseconds(100);

        readonly SemaphoreSlim signal = new(0, 1);
        long lastCommit;

        /// <summary>Soon after a commit there may be gaps to look into, so it doesn't wait for long.</summary>
        public Task WaitAsync(TimeSpan timeout, CancellationToken token) =>
            signal.WaitAsync(timeout > BusyPause && Stopwatch.GetElapsedTime(Volatile.Read(ref lastCommit)) < Busy ? BusyPause : timeout, token);

        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            if (!commit.GetStreams().Any()) return Task.CompletedTask;
            Volatile.Write(ref lastCommit, Stopwatch.GetTimestamp());
            if (signal.CurrentCount == 0)
                try { signal.Release(); } catch (SemaphoreFullException) { /* someone else woke it first */ }
            return Task.CompletedTask;
        }

        public void Dispose() => signal.Dispose();
    }
}
