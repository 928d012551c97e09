using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Budgeting.Funding;
using Training.Budgeting.Lines;
using Training.Budgeting.Periods;
using Training.Contracts.Scheduling.V1;
using Training.Foundation;
using V1 = Training.Contracts.Budgeting.V1;

namespace Training.Budgeting.Tests;

public sealed class BudgetingHost : ServiceHost<Program>;

[CollectionDefinition]
public class WithHost : ICollectionFixture<BudgetingHost>;

[Collection<WithHost>]
public class HostTests(BudgetingHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static FundingRequested Request(Guid run, decimal amount, string quarter) => new()
    {
        RunId = run, CourseCode = "S02", FundCategory = "FC2", LegalEntity = "YL-HZ", Quarter = quarter, FrontLine = true, Learners = 20,
        Amount = amount, Currency = "CNY",
    };

    async Task<Guid> PlanLine(string quarter, decimal amount, Guid? estateId = null)
    {
        var id = Guid.CreateVersion7();
        var answer = await host.Client(Role.FinanceController).PutAsJsonAsync($"/lines/{id}", new
        {
            year = int.Parse(quarter[..4], CultureInfo.InvariantCulture), quarter, code = "BL-02", legalEntity = "YL-HZ", fundCategory = "FC2", frontLine = true, estateId, amount, currency = "CNY", onOverrun = "Stop", warnAt = 0.85,
        }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return id;
    }

    Task<LineCard?> Line(Guid id) => host.Client(Role.FinanceController).GetFromJsonAsync<LineCard>($"/lines/{id}", House.Options, Ct);

    [Fact]
    public async Task A_run_is_funded_committed_and_spent()
    {
        var (line, run) = (await PlanLine("2027Q1", 1_000), Guid.CreateVersion7());

        await host.Bus.Publish(Request(run, 600, "2027Q1"), run);
        Assert.Equal(line, (await host.Bus.Next<V1.FundsReserved>(message => message.RunId == run)).LineId);
        await host.Bus.Publish(new CourseRunConfirmed { RunId = run, Sessions = 1 }, run);
        await Eventually.True(async () => await Line(line) is { Committed: 600 }, "the reservation is committed");
        await host.Bus.Publish(new SessionHeld
        {
            SessionId = Guid.CreateVersion7(), RunId = run, CourseId = Guid.CreateVersion7(), TrainerId = Guid.CreateVersion7(), EndedAt = LineFacts.Now,
            ActualAmount = 550, Currency = "CNY", LastOfRun = true, Attendance = [],
        }, run);

        await Eventually.True(async () => await Line(line) is { Actual: 550, Reserved: 0, Committed: 0, Available: 450 }, "the session is paid and the rest free");
        var funding = await host.Client(Role.FinanceController).GetFromJsonAsync<FundingCard>($"/runs/{run}/funding", House.Options, Ct);
        Assert.Equal(550, funding?.Actual);
    }

    [Fact]
    public async Task What_a_session_cost_beyond_its_line_is_shown()
    {
        (await host.Client(Role.FinanceController).PutAsJsonAsync("/periods/2033", new { currency = "CNY" }, Ct)).EnsureSuccessStatusCode();
        var (line, run) = (await PlanLine("2033Q1", 1_000), Guid.CreateVersion7());
        await host.Bus.Publish(Request(run, 600, "2033Q1"), run);
        await host.Bus.Next<V1.FundsReserved>(message => message.RunId == run);

        await host.Bus.Publish(new SessionHeld
        {
            SessionId = Guid.CreateVersion7(), RunId = run, CourseId = Guid.CreateVersion7(), TrainerId = Guid.CreateVersion7(), EndedAt = LineFacts.Now,
            ActualAmount = 1_050, Currency = "CNY", LastOfRun = true, Attendance = [],
        }, run);

        await Eventually.True(async () => await Line(line) is { Actual: 1_000, Overspent: 50, Warned: true }, "the session is paid as far as the line goes");
        var finance = host.Client(Role.FinanceController);
        Assert.Equal(50, (await finance.GetFromJsonAsync<FundingCard>($"/runs/{run}/funding", House.Options, Ct))?.Overspent);
        Assert.Equal(50, (await finance.GetFromJsonAsync<Summary>("/summary?year=2033", House.Options, Ct))?.Overspent);
        // Of its own lines only, whatever other years spent.
        var month = (await finance.GetFromJsonAsync<BurnDown>("/burn-down?year=2033", House.Options, Ct))?.Items[^1];
        Assert.Equal((0, 0, 1_000, 50), (month?.Reserved, month?.Committed, month?.Actual, month?.Overspent));
    }

    [Fact]
    public async Task Lines_of_an_estate_are_found_by_it()
    {
        var estate = Guid.CreateVersion7();
        var line = await PlanLine("2027Q4", 100, estate);
        await PlanLine("2027Q4", 100);

        var found = await host.Client(Role.FinanceController).GetFromJsonAsync<Page<LineCard>>($"/lines?year=2027&estateId={estate}", House.Options, Ct);

        Assert.Equal((line, estate), (Assert.Single(found?.Items ?? []).Id, found?.Items[0].EstateId));
    }

    [Fact]
    public async Task Runs_and_invoices_that_race_for_the_last_money_never_overdraw_a_stop_line()
    {
        var line = await PlanLine("2027Q2", 1_000);
        Guid[] runs = [.. Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7())];

        var postings = Enumerable.Range(0, 20).Select(_ => PostUntilDecided(line, 30));
        await Task.WhenAll(runs.Select(run => host.Bus.Publish(Request(run, 90, "2027Q2"), run)));
        var posted = (await Task.WhenAll(postings)).Count(status => status == HttpStatusCode.NoContent);
        await Eventually.True(() => Task.FromResult(Reserved() + host.Bus.Received<V1.FundsDeclined>().Count(message => runs.Contains(message.RunId)) == 40),
            "every run is answered", TimeSpan.FromSeconds(60));

        var card = await Line(line);
        Assert.Equal((posted * 30m, Reserved() * 90m), (card?.Actual, card?.Reserved));
        // Nothing was refused that still fitted.
        Assert.InRange(card?.Available ?? -1, 0, posted < 20 ? 29.99m : 89.99m);

        int Reserved() => host.Bus.Received<V1.FundsReserved>().Count(message => runs.Contains(message.RunId));
    }

    [Fact]
    public async Task The_summary_of_a_year_adds_up_its_lines()
    {
        var finance = host.Client(Role.FinanceController);
        (await finance.PutAsJsonAsync("/periods/2031", new { currency = "CNY" }, Ct)).EnsureSuccessStatusCode();
        foreach (var amount in (decimal[])[700, 300])
            (await finance.PutAsJsonAsync($"/lines/{Guid.CreateVersion7()}", new
            {
                year = 2031, quarter = "2031Q1", code = "BL-02", legalEntity = "YL-HZ", fundCategory = "FC2", courses = Array.Empty<string>(), frontLine = amount == 700, amount,
                currency = "CNY", onOverrun = "Stop", warnAt = 0.85,
            }, Ct)).EnsureSuccessStatusCode();

        var summary = await finance.GetFromJsonAsync<JsonElement>("/summary?year=2031", Ct);

        Assert.Equal(1_000, summary.GetProperty("allocated").GetDecimal());
        Assert.Equal(1_000, summary.GetProperty("available").GetDecimal());
        Assert.Equal(0.7m, summary.GetProperty("frontLineShare").GetDecimal());
        var entity = Assert.Single(summary.GetProperty("legalEntities").EnumerateArray());
        Assert.Equal(("YL-HZ", "Met", "Unknown"), (entity.GetProperty("legalEntity").GetString(), entity.GetProperty("frontLineStatus").GetString(), entity.GetProperty("floor15Status").GetString()));
    }

    /// <summary>Posts an invoice, again while others win the race, until the line takes or refuses it.</summary>
    async Task<HttpStatusCode> PostUntilDecided(Guid line, decimal amount)
    {
        var body = new { postingId = Guid.CreateVersion7(), amount, currency = "CNY", documentNo = "INV-7" };
        while (true)
        {
            var answer = await host.Client(Role.FinanceController).PostAsJsonAsync($"/lines/{line}/postings", body, Ct);
            if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.UnprocessableEntity) return answer.StatusCode;
            Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_message_delivered_again_changes_nothing()
    {
        var (_, run) = (await PlanLine("2027Q3", 1_000), Guid.CreateVersion7());
        var version = await host.Bus.Publish(Request(run, 600, "2027Q3"), run);
        await host.Bus.Next<V1.FundsReserved>(message => message.RunId == run);
        var before = await host.Facts(RunFunding.IdOf(new(run)));

        for (var i = 0; i < 3; i++) await host.Bus.Publish(Request(run, 600, "2027Q3"), run, version);
        var later = Guid.CreateVersion7();
        await host.Bus.Publish(Request(later, 1, "2027Q3"), later);
        await host.Bus.Next<V1.FundsReserved>(message => message.RunId == later);

        Assert.Equal(before, await host.Facts(RunFunding.IdOf(new(run))));
    }

    [Fact]
    public async Task A_refusal_names_its_rule()
    {
        var (from, to) = (await PlanLine("2027Q4", 100), await PlanLine("2027Q4", 100));
        var answer = await host.Client(Role.FinanceController).PostAsJsonAsync("/transfers",
            new { transferId = Guid.CreateVersion7(), fromLineId = from, toLineId = to, amount = 500, currency = "CNY", reason = "more drills" }, Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("not-enough-funds", problem.GetProperty("code").GetString());
        Assert.Equal("Only 100.00 CNY of line BL-02 are available.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_transfer_sent_again_to_another_line_makes_no_money()
    {
        var (from, to, other) = (await PlanLine("2027Q4", 100), await PlanLine("2027Q4", 100), await PlanLine("2027Q4", 100));
        var transfer = Guid.CreateVersion7();
        Task<HttpResponseMessage> Move(Guid taker) => host.Client(Role.FinanceController).PostAsJsonAsync("/transfers",
            new { transferId = transfer, fromLineId = from, toLineId = taker, amount = 60, currency = "CNY", reason = "more drills" }, Ct);

        HttpResponseMessage[] answers = [await Move(to), await Move(to), await Move(other)];

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.UnprocessableEntity], answers.Select(answer => answer.StatusCode));
        Assert.Equal("transfer-fixed", (await answers[2].Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        Assert.Equal([40, 160, 100], [(await Line(from))?.Available, (await Line(to))?.Available, (await Line(other))?.Available]);
    }

    [Fact]
    public async Task A_line_in_another_currency_than_its_open_year_is_refused()
    {
        var finance = host.Client(Role.FinanceController);
        (await finance.PutAsJsonAsync("/periods/2032", new { currency = "CNY" }, Ct)).EnsureSuccessStatusCode();

        var answer = await finance.PutAsJsonAsync($"/lines/{Guid.CreateVersion7()}", new
        {
            year = 2032, quarter = "2032Q1", code = "BL-02", legalEntity = "YL-HZ", fundCategory = "FC2", frontLine = true, amount = 100, currency = "RMB", onOverrun = "Stop", warnAt = 0.85,
        }, Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("currency-fixed", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Malformed_input_is_refused_in_words()
    {
        var answer = await host.Client(Role.FinanceController).PutAsJsonAsync("/periods/2027", new { currency = 5 }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed-request", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Only_the_finance_controller_plans_lines_and_nobody_enters_without_a_token()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Trainer).PutAsJsonAsync("/periods/2027", new { currency = "CNY" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/lines?year=2027", Ct)).StatusCode);
    }

    [Fact]
    public async Task Another_group_sees_nothing()
    {
        var line = await PlanLine("2028Q1", 100);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.FinanceController, tenant: "OTHER").GetAsync($"/lines/{line}", Ct)).StatusCode);
    }
}
