using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Budgeting.Funding;
using Training.Budgeting.Lines;
using Training.Contracts.Scheduling.V1;
using V1 = Training.Contracts.Budgeting.V1;

namespace Training.Foundation.Tests;

public sealed class BudgetingHost : ServiceHost<Program>;

[CollectionDefinition]
public class WithHost : ICollectionFixture<BudgetingHost>;

/// <summary>Outbox, inbox and tracing, seen from outside a running service.</summary>
[Collection<WithHost>]
public class DeliveryTests(BudgetingHost host)
{
    const string Declined = "Training.Contracts.Budgeting.V1:FundsDeclined";

    static readonly DateTimeOffset LineTime = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static FundingRequested Request(Guid run) => new()
    {
        RunId = run, CourseCode = "S02", FundCategory = "FC2", LegalEntity = "YL-HZ", Quarter = "2027Q1", FrontLine = true, Learners = 20, Amount = 10, Currency = "CNY",
    };

    async Task<bool> Answered(Guid run) => (await host.Facts(RunFunding.IdOf(new(run)))).Count > 0;

    [Fact]
    public async Task A_message_no_queue_takes_is_published_once_there_is_one()
    {
        var run = Guid.CreateVersion7();
        await Servers.Unbind(host.Name, Declined, "probe");
        try
        {
            await host.Bus.Publish(Request(run), run);
            await Eventually.True(() => Answered(run), "the run is declined");
            Assert.DoesNotContain(host.Bus.Received<V1.FundsDeclined>(), message => message.RunId == run);
        }
        finally
        {
            await Servers.Bind(host.Name, Declined, "probe");
        }
        await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == run);
    }

    [Fact]
    public async Task A_message_that_names_no_group_is_set_aside_and_others_flow()
    {
        var (stray, run) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Bus.PublishBare(Request(stray));
        await host.Bus.Publish(Request(run), run);

        await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == run);
        var parked = await Eventually.Some(() => Servers.Take(host.Name, "budgeting-funding-requested_error"), "the stray message in the error queue");
        Assert.Contains("names no tenant", parked, StringComparison.Ordinal);
        Assert.False(await Answered(stray));
    }

    [Fact]
    public async Task The_facts_of_a_request_carry_its_trace_its_cause_and_its_author()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        var line = Guid.CreateVersion7();
        using var client = host.Client(Role.FinanceController);
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        await client.PutAsJsonAsync($"/lines/{line}", new
        {
            year = 2027, quarter = "2027Q1", code = "BL-99", legalEntity = "YL-XX", fundCategory = "FC9", frontLine = true, amount = 1, currency = "CNY", onOverrun = "Stop", warnAt = 1,
        }, Ct);

        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(BudgetingHost.Tenant);
        var stored = Assert.Single(await query.Events.FetchStreamAsync(line, token: Ct));
        Assert.StartsWith($"00-{trace}-", stored.GetHeader(Header.TraceParent)?.ToString(), StringComparison.Ordinal);
        Assert.Equal(trace, stored.CorrelationId);
        Assert.Equal($"test-{Role.FinanceController}", stored.GetHeader(Header.Actor)?.ToString());
        Assert.Equal(BudgetingHost.Tenant, stored.TenantId);
    }

    [Fact]
    public async Task An_older_fact_never_overrides_a_newer_one()
    {
        var run = Guid.CreateVersion7();
        await host.Bus.Publish(new CourseRunParked { RunId = run, Code = "no-funding-answer", Reason = "" }, run, version: 2);
        await Eventually.True(() => Answered(run), "the run gave up");
        await host.Bus.Publish(new CourseRunParked { RunId = run, Code = "older", Reason = "" }, run, version: 1);
        await host.Bus.Publish(new CourseRunParked { RunId = run, Code = "newer", Reason = "" }, run, version: 3);

        // Version 3 is handled after version 1, so once its watermark is there the older one had its chance.
        await Eventually.True(async () =>
        {
            await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(BudgetingHost.Tenant);
            return await query.LoadAsync<Watermark>($"budgeting-run-stopped/{run}", Ct) is { Seen: 3 };
        }, "the newer message was handled");
        Assert.Equal("no-funding-answer", Assert.IsType<RunFundingWithdrawn>(Assert.Single(await host.Facts(RunFunding.IdOf(new(run))))).Reason);
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_waits_with_its_reason_and_its_successors_while_others_flow_until_it_is_sent_again()
    {
        var (line, stuck, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        // A request in yuan waits while only a line in dollars could pay.
        await PlanLine(line, "FC8");
        await host.Bus.Publish(Request(stuck) with { FundCategory = "FC8" }, stuck);
        await host.Bus.Publish(Request(stuck), stuck);
        await host.Bus.Publish(Request(other), other);
        await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == other);

        using var ops = host.Client(Role.Ops);
        var parked = await Eventually.Some(async () => await Parked() is { Count: 2 } two ? two : null, "both messages of the stream are parked");
        Assert.Equal(["other-currency", "behind-parked"], parked.Select(message => message.Code));
        Assert.Equal("Every line that pays for S02 is kept in USD.", parked[0].Reason);
        Assert.False(await Answered(stuck));
        Assert.Null(await Servers.Take(host.Name, $"{parked[0].Queue}_skipped"));
        Assert.Null(await Servers.Take(host.Name, $"{parked[0].Queue}_error"));

        await PlanLine(line, "FC9");
        await ops.PostAsJsonAsync("/parked-messages/redrive", new { queue = parked[0].Queue, stream = stuck }, Ct);
        await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == stuck);
        await Eventually.True(async () => await Parked() is { Count: 0 }, "nothing is parked any more");

        async Task<IReadOnlyList<ParkedMessage>> Parked() =>
            [.. (await ops.GetFromJsonAsync<Page<ParkedMessage>>("/parked-messages", House.Options, Ct))?.Items.Where(message => message.Stream == stuck) ?? []];

        Task PlanLine(Guid id, string category) => host.Client(Role.FinanceController).PutAsJsonAsync($"/lines/{id}", new
        {
            year = 2027, quarter = "2027Q1", code = "BL-98", legalEntity = "YL-HZ", fundCategory = category, frontLine = true, amount = 100, currency = "USD", onOverrun = "Stop", warnAt = 1,
        }, Ct);
    }

    [Fact]
    public async Task While_the_store_is_away_messages_wait_and_then_go_on()
    {
        var run = Guid.CreateVersion7();
        await Servers.CloseDatabase(host.Name);
        try
        {
            await host.Bus.Publish(Request(run), run);
            await Eventually.True(async () => !(await host.Client(Role.Ops).GetAsync("/ready", Ct)).IsSuccessStatusCode, "the service says that it is not ready");
        }
        finally
        {
            await Servers.OpenDatabase(host.Name);
        }
        await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == run);
    }

    /// <summary>
    /// Sequence numbers are drawn before commit, so a slow transaction leaves a gap that fills late, and a failed one leaves a gap for ever.
    /// The outbox must wait for the first and pass the second.
    /// </summary>
    [Fact]
    public async Task Slow_and_failed_transactions_lose_no_message_and_publish_none_that_failed()
    {
        var store = host.Services.GetRequiredService<IDocumentStore>();
        await Execute("""
            create function trouble() returns trigger language plpgsql as $$ begin
              if new.data->>'reason' = 'slow' then perform pg_sleep(0.4); end if;
              if new.data->>'reason' = 'fails' then raise exception 'planned'; end if;
              return new; end $$;
            create trigger trouble before insert on mt_events for each row execute function trouble();
            """);
        RunId[] runs = [.. Enumerable.Range(0, 300).Select(_ => new RunId(Guid.CreateVersion7()))];
        var committed = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        try
        {
            await Parallel.ForEachAsync(runs.Select((run, index) => (run, kind: (index % 10) switch { 3 => "slow", 7 => "fails", _ => "quick" })),
                new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = Ct }, async (item, ct) =>
                {
                    await using var session = store.LightweightSession(BudgetingHost.Tenant);
                    session.Events.StartStream<RunFunding>(RunFunding.IdOf(item.run), new RunFundingDeclined(item.run, "no-line", item.kind, LineTime));
                    try { await session.SaveChangesAsync(ct); committed.Add(item.run.Value); }
                    catch (Exception) when (item.kind == "fails") { /* as planned */ }
                });
            Assert.Equal(270, committed.Count);

            await Eventually.True(() => Task.FromResult(Heard().Count == 270), "every committed fact is published");
            // One more, behind all the others, proves that nothing is still on its way.
            var last = Guid.CreateVersion7();
            await host.Bus.Publish(Request(last), last);
            await host.Bus.Next<V1.FundsDeclined>(message => message.RunId == last);
            Assert.Equal(committed.Order(), Heard().Order());
        }
        finally
        {
            await Execute("drop trigger trouble on mt_events; drop function trouble()");
        }

        List<Guid> Heard() => [.. host.Bus.Received<V1.FundsDeclined>().Select(message => message.RunId).Where(id => runs.Contains(new(id)))];

        async Task Execute(string sql)
        {
            await using var connection = store.Storage.Database.CreateConnection();
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Ct);
        }
    }
}
