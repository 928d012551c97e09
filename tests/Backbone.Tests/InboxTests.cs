using System.Collections.Concurrent;
using System.Net.Http.Json;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>Streams side by side, each in order, once, whatever fails.</summary>
[Collection("trouble")]
public sealed class InboxTests : IAsyncLifetime
{
    /// <summary>RabbitMQ.Client can wait for ever for what was in flight when its connection was cut (its issue 1930); the outbox has such a limit too.</summary>
    static readonly TimeSpan Confirm = TimeSpan.FromSeconds(5);

    Ground? ground;
    CountingHost? host;

    Ground Ground => ground ?? throw new InvalidOperationException("Not started.");
    CountingHost Host => host ?? throw new InvalidOperationException("Not started.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Trouble.Make = (_, _, _, _) => Task.CompletedTask;
        ground = await Ground.Prepare();
        host = await CountingHost.Start(ground, ("Watch:Interval", "00:00:00.3"));
    }

    public async ValueTask DisposeAsync()
    {
        Trouble.Make = (_, _, _, _) => Task.CompletedTask;
        if (host is not null) await host.DisposeAsync();
        if (ground is not null) await ground.DisposeAsync();
    }

    /// <summary>Publishes the numbers 1 to <paramref name="each"/> of every counter, each counter in order, many at a time.</summary>
    Task Publish(IEnumerable<Guid> counters, int each) => Parallel.ForEachAsync(counters, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (counter, _) =>
    {
        for (var number = 1; number <= each; number++) await Tell(counter, number);
    });

    Task Tell(Guid counter, long number, bool again = false) => Host.Services.GetRequiredService<IBus>().Publish(new NumberCounted { CounterId = counter, Number = number }, context =>
    {
        context.MessageId = DerivedId.Of("number", counter.ToString(), number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        context.Headers.Set(Header.Tenant, Ground.Tenant);
        context.Headers.Set(Header.Stream, counter.ToString());
        context.Headers.Set(Header.Version, number);
        context.Headers.Set(Header.CorrelationId, "test");
        if (again) context.Headers.Set(Header.Redrive, "yes");
    }, Ct).WaitAsync(Confirm, Ct);

    async Task Complete(IReadOnlyList<Guid> counters, int each)
    {
        var expected = Enumerable.Range(1, each).Select(number => (long)number).ToArray();
        foreach (var counter in counters)
            foreach (var kind in (string[])["single", "batch"])
            {
                await Eventually.True(async () => (await Host.Heard(counter, kind)).Length >= each, $"all numbers of {counter} are heard ({kind})", TimeSpan.FromSeconds(60));
                Assert.Equal(expected, await Host.Heard(counter, kind));
            }
    }

    [Fact]
    public async Task Every_stream_is_handled_in_order_and_once_while_handlers_are_slow_and_fail()
    {
        Trouble.Make = async (_, counter, number, tried) =>
        {
            var chance = DerivedId.Of("chance", counter.ToString(), $"{number}").GetHashCode() & 0xFF;
            if (chance < 60) await Task.Delay(chance / 6, Ct);
            if (chance is > 240 && tried < 2) throw new TimeoutException("Passes.");
        };
        Guid[] counters = [.. Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7())];
        await Publish(counters, 25);
        await Complete(counters, 25);
        Assert.Equal(0, await Servers.MessagesWaiting(Ground.Name, "_error"));
    }

    [Fact]
    public async Task Lost_connections_lose_and_repeat_nothing()
    {
        Trouble.Make = (_, _, number, _) => number % 3 == 0 ? Task.Delay(15, Ct) : Task.CompletedTask;
        Guid[] counters = [.. Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7())];
        var publishing = PublishUntilDone();
        for (var cut = 0; cut < 3; cut++)
        {
            await Eventually.True(async () => (await Host.Heard(counters[cut], "single")).Length >= 5 * (cut + 1), "the next cut is due", TimeSpan.FromSeconds(60));
            await Servers.CutConnections(Ground.Name);
        }
        await publishing;
        await Complete(counters, 20);

        async Task PublishUntilDone()
        {
            while (true)
                try { await Publish(counters, 20); return; }
                catch (Exception exception) when (!Ct.IsCancellationRequested && exception is not Xunit.Sdk.XunitException) { /* those in flight when the connection was cut go out again */ }
        }
    }

    [Fact]
    public async Task A_refused_message_of_a_batch_is_parked_alone_and_the_others_are_handled()
    {
        Guid[] counters = [.. Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7())];
        var (poisoned, blocked) = (counters[30], true);
        Trouble.Make = (consumer, counter, number, _) =>
            blocked && consumer == "batch" && counter == poisoned && number == 2 ? throw new RuleBroken("not-two", "Two is refused.") : Task.CompletedTask;
        await Publish(counters, 4);
        await Complete([.. counters.Where(counter => counter != poisoned)], 4);

        using var ops = Host.Client();
        var parked = await Eventually.Some(async () => await Parked() is { Count: 3 } three ? three : null, "the refused message is parked, and those behind it");
        Assert.Equal([("not-two", 2), ("behind-parked", 3), ("behind-parked", 4)], parked.Select(message => (message.Code, message.Version)));
        Assert.Equal(1, Assert.Single(await Host.Heard(poisoned, "batch")));
        await Eventually.True(async () => await Host.Ready() is ("Degraded", var why) && why.Contains("parked", StringComparison.Ordinal), "parked messages show in the state of the service");

        blocked = false;
        await ops.PostAsJsonAsync("/parked-messages/redrive", new { queue = parked[0].Queue, stream = poisoned }, Ct);
        await Complete([poisoned], 4);
        await Eventually.True(async () => (await Host.Ready()).Status == "Healthy", "the service is healthy again");

        async Task<IReadOnlyList<ParkedMessage>> Parked() => [.. ((await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Items ?? []).OrderBy(message => message.Version)];
    }

    [Fact]
    public async Task A_defect_is_parked_at_the_first_try_and_what_may_pass_is_tried_again()
    {
        var (defect, passing) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var tries = new ConcurrentDictionary<Guid, int>();
        Trouble.Make = (consumer, counter, _, _) => consumer != "single" ? Task.CompletedTask : (tries.AddOrUpdate(counter, 1, (_, before) => before + 1), counter == defect) switch
        {
            (_, true) => throw new InvalidOperationException("Never."),
            (< 3, _) => throw new TimeoutException("Not now."),
            _ => Task.CompletedTask,
        };
        await Publish([defect, passing], 1);
        using var ops = Host.Client();
        await Eventually.True(async () => (await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Items is [{ Code: "failed", Reason: "Never." }], "the defect is parked");
        await Eventually.True(async () => await Host.Heard(passing, "single") is [1], "the other is handled");
        Assert.Equal((1, 3), (tries[defect], tries[passing]));
    }

    [Fact]
    public async Task Batches_of_new_and_of_known_streams_are_stored_at_the_first_try()
    {
        var again = 0;
        Trouble.Make = (consumer, _, _, tried) => consumer == "batch" && tried > 0 ? Task.FromResult(Interlocked.Increment(ref again)) : Task.CompletedTask;
        Guid[] known = [.. Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7())], counters = [.. known, .. Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7())];
        await Publish(known, 2);
        await Complete(known, 2);
        await Publish(counters, 5);
        await Complete(counters, 5);
        Assert.Equal(0, again);
    }

    [Fact]
    public async Task A_batch_whose_watermark_another_has_moved_stores_nothing_and_is_handled_again()
    {
        var (counter, moved, again) = (Guid.CreateVersion7(), false, 0);
        await Publish([counter], 1);
        await Complete([counter], 1);
        Trouble.Make = async (consumer, _, _, tried) =>
        {
            if (consumer != "batch") return;
            if (tried > 0) again++;
            if (moved) return;
            moved = true;
            await using var other = Host.Store.LightweightSession(Ground.Tenant);
            other.Update(await other.Query<Watermark>().SingleAsync(watermark => watermark.Id.EndsWith(counter.ToString()) && watermark.Id.Contains("batch"), Ct));
            await other.SaveChangesAsync(Ct);
        };
        await Tell(counter, 2);
        await Complete([counter], 2);
        Assert.Equal((true, 1), (moved, again));
    }

    [Fact]
    public async Task What_another_service_has_not_told_yet_is_waited_for_without_a_person()
    {
        var (counter, arrived) = (Guid.CreateVersion7(), false);
        Trouble.Make = (_, _, number, _) => !arrived && number == 2 ? throw new Missing("Employee", counter) : Task.CompletedTask;
        await Publish([counter], 3);
        using var ops = Host.Client();
        await Eventually.True(async () => (await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Items.Count(message => message.Code == "missing") > 0,
            "it is parked after its tries", TimeSpan.FromSeconds(60));

        arrived = true;
        await Complete([counter], 3);
        await Eventually.True(async () => (await Host.Ready()).Status == "Healthy", "nothing is parked any more");
    }

    [Fact]
    public async Task What_is_sent_again_before_the_cause_is_mended_keeps_its_order()
    {
        var (counter, mended, tries) = (Guid.CreateVersion7(), false, 0);
        Trouble.Make = (consumer, _, number, _) =>
        {
            if (consumer != "single" || number != 2 || mended) return Task.CompletedTask;
            tries++;
            throw new RuleBroken("not-two", "Two is refused.");
        };
        await Publish([counter], 3);
        using var ops = Host.Client();
        await Eventually.True(async () => (await Parked()).Count == 2, "two is parked, and three behind it");

        await Redrive();
        await Eventually.True(() => Task.FromResult(tries == 2), "two is refused again");
        await Eventually.True(async () => (await Parked()) is { Count: 2 } again && await Servers.MessagesWaiting(Ground.Name, "tests-number") == 0, "both are parked again");
        Assert.Equal(1, Assert.Single(await Host.Heard(counter, "single")));

        mended = true;
        await Redrive();
        await Complete([counter], 3);
        await Eventually.True(async () => (await Parked()).Count == 0, "nothing is parked any more");

        async Task<IReadOnlyList<ParkedMessage>> Parked() => [.. (await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Items ?? []];
        async Task Redrive() => (await ops.PostAsJsonAsync("/parked-messages/redrive", new { queue = "tests-number", stream = counter }, Ct)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task What_was_parked_while_those_before_it_were_sent_again_is_sent_again_too()
    {
        var (counter, mended) = (Guid.CreateVersion7(), false);
        Trouble.Make = (consumer, _, number, _) => consumer == "single" && number == 1 && !mended ? throw new RuleBroken("not-one", "One is refused.") : Task.CompletedTask;
        // One comes twice, and doesn't take for its reason that it is parked.
        foreach (var number in (long[])[1, 1, 2, 3]) await Tell(counter, number);
        using var ops = Host.Client();
        var parked = await Eventually.Some(async () => await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct) is { Total: 3 } three ? three : null, "one is parked, and the others behind it");
        Assert.Equal(["not-one", "behind-parked", "behind-parked"], parked.Items.OrderBy(message => message.Version).Select(message => message.Code));

        mended = true;
        // Three was not yet there when somebody sent the others again.
        await Tell(counter, 1, again: true);
        await Tell(counter, 2, again: true);
        await Complete([counter], 3);
        await Eventually.True(async () => (await Host.Ready()).Status == "Healthy", "nothing is parked any more");
    }

    [Fact]
    public async Task Everything_delivered_again_changes_nothing()
    {
        Guid[] counters = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];
        await Publish(counters, 5);
        await Complete(counters, 5);
        await Publish(counters, 5);
        var last = Guid.CreateVersion7();
        await Publish([last], 1);
        await Complete([last], 1);
        await Eventually.True(async () => await Servers.MessagesWaiting(Ground.Name, "tests-number") == 0, "nothing waits");
        await Complete(counters, 5);
    }
}
