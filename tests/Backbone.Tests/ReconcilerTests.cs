using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>What never arrived is found, said, and forgotten once it arrives in time.</summary>
[Collection("trouble")]
public sealed class ReconcilerTests : IAsyncLifetime
{
    const string Contract = "Training.Backbone.Tests:NumberCounted", Queue = "tests-number";
    static readonly (string, string)[] Quick = [("Watch:Interval", "00:00:00.3"), ("Watch:Grace", "00:00:00.5"), ("Watch:Late", "00:00:02")];

    Ground? ground;

    Ground Ground => ground ?? throw new InvalidOperationException("Not started.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ground = await Ground.Prepare();

    public async ValueTask DisposeAsync()
    {
        if (ground is not null) await ground.DisposeAsync();
    }

    static Task<Page<Hole>?> Holes(HttpClient ops) => ops.GetFromJsonAsync<Page<Hole>>("/missing-messages", House.Options, Ct);

    [Fact]
    public async Task A_message_that_one_queue_never_got_is_reported_and_one_that_came_too_late_until_somebody_accepts_it()
    {
        await using var host = await CountingHost.Start(Ground, Quick);
        using var ops = host.Client();
        var counter = Guid.CreateVersion7();
        await host.Do($"/counters/{counter}/numbers/1");
        await Eventually.True(async () => await host.Heard(counter, "single") is [1], "the first number is heard");

        await Servers.Unbind(Ground.Name, Contract, Queue);
        await host.Do($"/counters/{counter}/numbers/2");
        await Eventually.True(async () => await host.Heard(counter, "batch") is [1, 2], "the other queue hears the second");
        await Servers.Bind(Ground.Name, Contract, Queue);
        await host.Do($"/counters/{counter}/numbers/3");
        await Eventually.True(async () => await host.Heard(counter, "single") is [1, 3], "the third number is heard");

        await Eventually.True(async () => await host.Ready() is ("Degraded", var why) && why.Contains($"{Queue}/{counter}/2", StringComparison.Ordinal), "the hole is in the state of the service");
        Assert.Equal(1, Troubled("missing"));
        Assert.Contains(host.Logged.All, line => line.StartsWith("missing: 1 messages", StringComparison.Ordinal) && line.Contains($"{Queue}/{counter}/2", StringComparison.Ordinal));
        var hole = Assert.Single((await Holes(ops))?.Items ?? []);
        Assert.Equal((Queue, counter, 2L), (hole.Queue, hole.Stream, hole.Version));

        // Too late to be applied: an older fact never overrides a newer one, and that is said until somebody has seen to it.
        await Tell(host, counter, 2);
        await Eventually.True(async () => (await Holes(ops))?.Items is [{ Overtaken: true }], "it is known to have come too late");
        await Tell(host, counter, 4);
        await Eventually.True(async () => await host.Heard(counter, "single") is [1, 3, 4], "newer ones are heard");
        Assert.Equal("Degraded", (await host.Ready()).Status);
        (await ops.PostAsJsonAsync("/missing-messages/accept", new { hole.Queue, hole.Stream, hole.Version, reason = "counted by hand" }, Ct)).EnsureSuccessStatusCode();
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "what is accepted is no trouble");
        Assert.Equal(0, Troubled("missing"));
        Assert.Contains("missing: over", host.Logged.All);
    }

    /// <summary>What the metric says.</summary>
    static long Troubled(string kind)
    {
        var most = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Name == "training.troubles") listening.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => { if (tags.Contains(new("kind", kind))) most = Math.Max(most, value); });
        listener.Start();
        listener.RecordObservableInstruments();
        return most;
    }

    [Fact]
    public async Task A_message_that_is_late_but_not_too_late_heals_its_hole()
    {
        await using var host = await CountingHost.Start(Ground, Quick);
        using var ops = host.Client();
        var counter = Guid.CreateVersion7();
        await Servers.Unbind(Ground.Name, Contract, Queue);
        await host.Do($"/counters/{counter}/numbers/1");
        await Eventually.True(async () => (await Holes(ops))?.Total == 1, "the hole is found");
        await Servers.Bind(Ground.Name, Contract, Queue);
        await Tell(host, counter, 1);
        await Eventually.True(async () => (await Holes(ops))?.Total == 0 && (await host.Ready()).Status == "Healthy", "the hole has healed");
        Assert.Equal(1, Assert.Single(await host.Heard(counter, "single")));
    }

    static Task Tell(CountingHost host, Guid counter, long number) => host.Services.GetRequiredService<IBus>().Publish(new NumberCounted { CounterId = counter, Number = number }, context =>
    {
        context.Headers.Set(Header.Tenant, Ground.Tenant);
        context.Headers.Set(Header.Stream, counter.ToString());
        context.Headers.Set(Header.Version, number);
    }, Ct);

    [Fact]
    public async Task A_fact_the_daemon_skipped_is_reported_until_somebody_accepts_it()
    {
        var counter = Guid.CreateVersion7();
        await using (var broken = await CountingHost.Start(Ground, [.. Quick, ("Daemon", "Disabled")]))
        {
            await broken.Do($"/counters/{counter}/numbers/1");
            await Execute("insert into mt_event_progression (name, last_seq_id) select 'outbox:All', max(seq_id) from mt_events");
        }

        await using var host = await CountingHost.Start(Ground, Quick);
        using var ops = host.Client();
        await Eventually.True(async () => (await Holes(ops))?.Total == 2, "both queues miss the skipped fact");
        await Eventually.True(async () => await host.Ready() is ("Degraded", var why) && why.Contains("2 messages are missing", StringComparison.Ordinal), "the service says so");
        Assert.Empty(await host.Heard(counter, "single"));

        foreach (var hole in (await Holes(ops))?.Items ?? [])
        {
            Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, (await ops.PostAsJsonAsync("/missing-messages/accept", new { hole.Queue, hole.Stream, hole.Version, reason = "" }, Ct)).StatusCode);
            (await ops.PostAsJsonAsync("/missing-messages/accept", new { hole.Queue, hole.Stream, hole.Version, reason = "counted by hand" }, Ct)).EnsureSuccessStatusCode();
        }
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "what is accepted is no trouble");
    }

    [Fact]
    public async Task What_is_parked_is_no_hole()
    {
        Trouble.Make = (consumer, _, _, _) => consumer == "single" ? throw new RuleBroken("never", "Never.") : Task.CompletedTask;
        await using var host = await CountingHost.Start(Ground, Quick);
        using var ops = host.Client();
        var (parked, told) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Do($"/counters/{parked}/numbers/1");
        await host.Do($"/counters/{parked}/numbers/2");
        await Eventually.True(async () => await host.Ready() is (_, var why) && why.Contains("2 messages are parked", StringComparison.Ordinal), "both are parked");

        // A hole made afterwards is found, so the digest with the parked ones was compared before.
        Trouble.Make = (_, _, _, _) => Task.CompletedTask;
        await Servers.Unbind(Ground.Name, Contract, Queue);
        await host.Do($"/counters/{told}/numbers/1");
        await Eventually.True(async () => (await Holes(ops))?.Items is [var only] && only.Stream == told, "the hole is found, and nothing else");
    }

    async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Ground.Store);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
