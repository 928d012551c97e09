using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Budgeting.Funding;
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
            return await query.LoadAsync<Watermark>($"/{host.Name}/budgeting-run-stopped/{run}", Ct) is { Seen: 3 };
        }, "the newer message was handled");
        Assert.Equal("no-funding-answer", Assert.IsType<RunFundingWithdrawn>(Assert.Single(await host.Facts(RunFunding.IdOf(new(run))))).Reason);
    }
}
