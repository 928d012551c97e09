using System.Net.Http.Json;
using Npgsql;
using Training.Budgeting.Funding;
using Training.Foundation;

namespace Training.Backbone.Tests;

/// <summary>A business action is one trace, whatever services it goes through: seen as a collector sees it, over OTLP.</summary>
[Collection("trouble")]
public sealed class TraceTests : IAsyncLifetime
{
    /// <summary>A name, a mobile number and an employee number.</summary>
    static readonly string[] Personal = ["王小明", "13800138000", "E-004217"];

    Ground? ground;
    SpanCollector? collector;

    Ground Ground => ground ?? throw new InvalidOperationException("Not started.");
    SpanCollector Collector => collector ?? throw new InvalidOperationException("Not started.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Trouble.Make = (_, _, _, _) => Task.CompletedTask;
        ground = await Ground.Prepare();
        collector = await SpanCollector.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (ground is not null) await ground.DisposeAsync();
        if (collector is not null) await collector.DisposeAsync();
    }

    [Fact]
    public async Task A_request_is_one_trace_through_two_services_and_back()
    {
        var other = $"{Ground.Name}-budgeting";
        try
        {
            await using var host = await CountingHost.Start(Ground, Collector.Settings);
            await using var budgeting = await ServiceProcess.Start("Budgeting", [.. Collector.Settings,
                ("ConnectionStrings:store", await Servers.NewDatabase(other)), ("ConnectionStrings:bus", Ground.Bus), ("Auth:PublicKeyFile", Ground.PublicKeyFile)]);
            var counter = Guid.CreateVersion7();
            await host.Do($"/counters/{counter}/money", new { who = string.Join(' ', Personal) });

            var last = await Eventually.Some(() => Task.FromResult(Collector.Spans.FirstOrDefault(span =>
                span.Service == "tests" && span.Tags.GetValueOrDefault("tp.stream") == RunFunding.IdOf(new(counter)).ToString() && span.Name.EndsWith("receive", StringComparison.Ordinal))), "the answer is received");
            await Eventually.True(() => Task.FromResult(Orphans(last.Trace).Count == 0 && Path(last).Count > 1), "no span of the trace hangs in the air");

            var path = Path(last);
            string[] hops = [.. path.Select(span => $"{span.Service} {Kind(span)}")];
            Assert.Equal(
                ["tests request", "tests outbox", "tests send", "budgeting receive", "budgeting outbox", "budgeting send", "tests receive"],
                hops.Where(hop => !hop.EndsWith("call", StringComparison.Ordinal)));
            Assert.Single(Collector.Spans, span => span.Trace == last.Trace && span.Parent == "");
            foreach (var received in path.Where(span => Kind(span) == "receive"))
                Assert.Contains(Collector.Spans, span => span.Parent == received.Id && span.Service == received.Service && Kind(span) == "consume");

            Assert.All(path.Where(span => Kind(span) is "outbox" or "receive"), span =>
            {
                Assert.Equal(Ground.Tenant, span.Tags["tp.tenant"]);
                Assert.True(Guid.TryParse(span.Tags["tp.message_id"], out _) && Guid.TryParse(span.Tags["tp.stream"], out _) && span.Tags.ContainsKey("tp.version"), span.ToString());
            });
            Assert.Single(path.Where(span => span.Tags.ContainsKey("tp.correlation_id")).Select(span => span.Tags["tp.correlation_id"]).Distinct());
            Assert.DoesNotContain(Collector.Spans, span => span.Source == "Marten");
            Assert.DoesNotContain(Collector.Spans, span => Personal.Any(word => $"{span.Name} {string.Join(' ', span.Tags.Values)} {string.Join(' ', span.Noted)}".Contains(word, StringComparison.Ordinal)));
        }
        finally
        {
            await Servers.DropDatabase(other);
        }
    }

    [Fact]
    public async Task A_message_sent_again_begins_a_trace_linked_to_the_first()
    {
        await using var host = await CountingHost.Start(Ground, Collector.Settings);
        using var ops = host.Client();
        var (counter, broken) = (Guid.CreateVersion7(), true);
        Trouble.Make = (consumer, _, _, _) => broken && consumer == "single" ? throw new RuleBroken("not-yet", "Not yet.") : Task.CompletedTask;
        await host.Do($"/counters/{counter}/numbers/1");
        await Eventually.True(async () => (await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Total == 1, "the message is parked");

        broken = false;
        await ops.PostAsJsonAsync("/parked-messages/redrive", new { queue = "tests-number", stream = counter }, Ct);
        await Eventually.True(async () => await host.Heard(counter, "single") is [1], "the number is heard");
        var again = await Eventually.Some(() => Task.FromResult(Collector.Spans.SingleOrDefault(span => Kind(span) == "receive" && span.Links.Count == 1)), "the second delivery is traced");
        Assert.Equal("", again.Parent);
        var first = Collector.Spans.Single(span => span.Id == again.Links[0].Id);
        Assert.NotEqual(first.Trace, again.Trace);
        Assert.Equal((first.Trace, "send"), (again.Links[0].Trace, Kind(first)));
    }

    [Fact]
    public async Task A_fact_published_late_begins_a_trace_linked_to_its_own()
    {
        var counter = Guid.CreateVersion7();
        await using (var silent = await CountingHost.Start(Ground, [.. Collector.Settings, ("Daemon", "Disabled")])) await silent.Do($"/counters/{counter}/numbers/1");
        await using (var connection = new NpgsqlConnection(Ground.Store))
        {
            await connection.OpenAsync(Ct);
            await using var command = new NpgsqlCommand("update mt_events set timestamp = timestamp - interval '5 minutes'", connection);
            await command.ExecuteNonQueryAsync(Ct);
        }
        await using var host = await CountingHost.Start(Ground, [.. Collector.Settings, ("Watch:Interval", "00:00:00.3")]);
        await Eventually.True(async () => await host.Heard(counter, "single") is [1], "the number is heard");

        var published = await Eventually.Some(() => Task.FromResult(Collector.Spans.FirstOrDefault(span => Kind(span) == "outbox")), "the publishing is traced");
        Assert.Equal("", published.Parent);
        var request = await Eventually.Some(() => Task.FromResult(Collector.Spans.FirstOrDefault(span => span.Id == Assert.Single(published.Links).Id)), "the request is traced");
        Assert.Equal("request", Kind(request));
        Assert.NotEqual(request.Trace, published.Trace);
        await Eventually.True(() => Task.FromResult(Collector.Spans.Any(span => span.Trace == published.Trace && Kind(span) == "consume") && Orphans(published.Trace).Count == 0), "the consumer belongs to the new trace");
    }

    /// <summary>Who has the link of a survey may answer it: knowing the path is the permission, and a trace is read by many.</summary>
    [Fact]
    public async Task Where_nobody_signs_in_the_path_stays_out_of_the_trace_and_elsewhere_it_is_told()
    {
        await using var host = await CountingHost.Start(Ground, Collector.Settings);
        var (secret, counter) = (Guid.NewGuid().ToString("N"), Guid.CreateVersion7());
        using var anybody = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(secret, await anybody.GetStringAsync($"/open-counters/{secret}", Ct));
        await host.Do($"/counters/{counter}/numbers/1");

        await Eventually.True(() => Task.FromResult(Collector.Spans.Any(span => Kind(span) == "call" && span.Tags.GetValueOrDefault("url.full") == host.Address.GetLeftPart(UriPartial.Authority))), "the call is traced");
        var open = await Eventually.Some(() => Task.FromResult(Collector.Spans.FirstOrDefault(span => span.Tags.GetValueOrDefault("http.route") == "/open-counters/{secret}")), "the request is traced");
        Assert.Equal("/open-counters/{secret}", open.Tags["url.path"]);
        Assert.DoesNotContain(Collector.Spans, span => $"{span.Name} {string.Join(' ', span.Tags.Values)} {string.Join(' ', span.Noted)}".Contains(secret, StringComparison.Ordinal));
        await Eventually.True(() => Task.FromResult(Collector.Spans.Any(span => span.Tags.GetValueOrDefault("url.path") == $"/counters/{counter}/numbers/1")), "a request of somebody who is signed in says what it is about");
    }

    List<TraceSpan> Orphans(string trace)
    {
        var spans = Collector.Spans.Where(span => span.Trace == trace).ToList();
        return [.. spans.Where(span => span.Parent != "" && spans.All(other => other.Id != span.Parent))];
    }

    /// <summary>From the root down to this span.</summary>
    List<TraceSpan> Path(TraceSpan span)
    {
        List<TraceSpan> path = [];
        for (var at = span; at is not null; at = Collector.Spans.FirstOrDefault(other => other.Id == at.Parent)) path.Insert(0, at);
        return path;
    }

    static string Kind(TraceSpan span) => span.Source switch
    {
        "Training.Outbox" => "outbox",
        "MassTransit" => span.Name.Split(' ')[^1] switch { "send" => "send", "receive" => "receive", _ => "consume" },
        _ => span.Tags.ContainsKey("http.route") ? "request" : "call",
    };
}
