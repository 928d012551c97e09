using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using JasperFx.Events.Projections;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Training.Foundation;

/// <summary>When the service looks after itself, and what it calls late.</summary>
sealed class WatchSettings(IConfiguration configuration)
{
    /// <summary>Between two looks.</summary>
    public TimeSpan Interval { get; } = configuration.GetValue("Watch:Interval", TimeSpan.FromSeconds(30));

    /// <summary>A fact this old is published, or the outbox is late.</summary>
    public TimeSpan Late { get; } = configuration.GetValue("Watch:Late", TimeSpan.FromSeconds(15));

    /// <summary>A fact this old is part of the digest. Longer than any transaction may last, so that no fact appears behind it.</summary>
    public TimeSpan Grace { get; } = configuration.GetValue("Watch:Grace", TimeSpan.FromSeconds(90));
}

/// <summary>What troubles the service at the moment: each thing is a metric, a log line when it begins and ends, and together they are its state.</summary>
sealed class Troubles : IHealthCheck
{
    public const string MeterName = "Training.Backbone";

    readonly ConcurrentDictionary<string, (long Count, string Reason)> now = [];
    readonly ILogger<Troubles> log;

    public Troubles(IMeterFactory meters, ILogger<Troubles> log)
    {
        this.log = log;
        meters.Create(MeterName).CreateObservableGauge("training.troubles",
            () => now.Select(trouble => new Measurement<long>(trouble.Value.Count, new KeyValuePair<string, object?>("kind", trouble.Key))),
            description: "Messages parked, messages missing, facts that wait to be published, parts of the daemon that stand still.");
    }

    /// <param name="kind">What it is; the tag of the metric.</param>
    /// <param name="count">How much of it; none ends the trouble.</param>
    /// <param name="reason">For a person.</param>
    public void Report(string kind, long count, string reason = "")
    {
        var before = now.GetValueOrDefault(kind);
        now[kind] = (count, reason);
        if (count > 0 && (before.Count == 0 || before.Reason != reason)) log.LogError("{Kind}: {Reason}", kind, reason);
        if (count == 0 && before.Count > 0) log.LogWarning("{Kind}: over", kind);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = string.Join(" ", now.Where(trouble => trouble.Value.Count > 0).OrderBy(trouble => trouble.Key).Select(trouble => trouble.Value.Reason));
        return Task.FromResult(reasons == "" ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(reasons));
    }
}

/// <summary>The service answers while the broker is away; before it was there once, its queues are not bound, and it is not ready.</summary>
sealed class BusHealth(IBusControl bus) : IHealthCheck
{
    bool wasThere;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = bus.CheckHealth();
        wasThere |= health.Status == BusHealthStatus.Healthy;
        return Task.FromResult(health.Status == BusHealthStatus.Healthy ? HealthCheckResult.Healthy()
            : wasThere ? HealthCheckResult.Degraded("The broker can't be reached; facts wait.")
            : HealthCheckResult.Unhealthy("The broker was never reached."));
    }
}

/// <summary>Looks after the backbone of this service now and then; costs a few statements each time.</summary>
sealed class Watch(IDocumentStore store, Reconciler reconciler, ParkedMessages parkedMessages, Troubles troubles, WatchSettings settings, TimeProvider clock, ILogger<Watch> log,
    Marten.Events.Daemon.Coordination.IProjectionCoordinator? coordinator = null) : BackgroundService, IObserver<ShardState>
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var daemon = store.Storage.Database.Tracker.Subscribe(this);
        using var timer = new PeriodicTimer(settings.Interval, clock);
        do
        {
            try
            {
                await Measure(stoppingToken);
                await reconciler.Look(stoppingToken);
                await parkedMessages.RedriveWaiting(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(exception, "The service could not look after itself; it tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Measure(CancellationToken ct)
    {
        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"""
            with sent as (select coalesce(max(last_seq_id), 0) as seq from mt_event_progression where name like '{Outbox.ShardName}:%'),
                 next as (select seq_id, timestamp from mt_events, sent where seq_id > sent.seq order by seq_id limit 1)
            select (select count(*) from mt_doc_parkedmessage),
                   coalesce((select (select max(seq_id) from mt_events) - sent.seq from next, sent where next.timestamp < now() - $1), 0),
                   coalesce((select next.timestamp from next), now())
            """, connection) { Parameters = { new() { Value = settings.Late } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (parked, waiting) = (reader.GetInt64(0), reader.GetInt64(1));
        troubles.Report("parked", parked, $"{parked} messages are parked; see /parked-messages.");
        troubles.Report("waiting", waiting, $"Facts wait to be published since {await reader.GetFieldValueAsync<DateTimeOffset>(2, ct):u}.");
    }

    /// <summary>A part of the daemon that fails stands still and is started again, and fails again until its cause is mended.</summary>
    public void OnNext(ShardState value)
    {
        if (value is { Action: ShardAction.Paused or ShardAction.Stopped, Exception: { } exception })
            troubles.Report(value.ShardName, 1, $"{value.ShardName} stands still after {value.Sequence}: {exception.Message}");
        // Its progress is not where it left it: another replica was at work, or the acknowledgement of its own commit was lost. The daemon would
        // leave it at that; forgotten, it begins anew from what is stored, on the replica that leads.
        if (value is { Action: ShardAction.Stopped, Exception: ProgressionProgressOutOfOrderException }) coordinator?.DaemonForMainDatabase().EjectPausedShard(value.ShardName);
        if (value.Action == ShardAction.Updated && value.ShardName != ShardState.HighWaterMark) troubles.Report(value.ShardName, 0);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
