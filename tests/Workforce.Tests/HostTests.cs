using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Foundation;
using Training.Workforce.Employees;
using Training.Workforce.Estates;
using Training.Workforce.HrEdge;
using Training.Workforce.Imports;
using Training.Workforce.Rosters;
using Training.Workforce.WageBases;
using V1 = Training.Contracts.Workforce.V1;

namespace Training.Workforce.Tests;

public sealed class WorkforceHost : ServiceHost<Program>;

[CollectionDefinition]
public class WithHost : ICollectionFixture<WorkforceHost>;

[Collection<WithHost>]
public sealed class HostTests(WorkforceHost host) : IAsyncLifetime
{
    HrSystem? connected;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HrSystem Hr => connected ?? throw new InvalidOperationException("Not connected.");
    HttpClient Integrator => host.Client(Role.HrIntegrator);

    public async ValueTask InitializeAsync() => connected = await HrSystem.Connect(host.BusAddress);
    public async ValueTask DisposeAsync() => await Hr.DisposeAsync();

    static string New(string kind) => $"{kind}-{Guid.NewGuid():N}";
    static Guid EstateOf(string unit) => Estate.IdOf("YL", unit).Value;
    static Guid EmployeeOf(string person) => Employee.IdOf("YL", person).Value;

    Task<T?> Get<T>(string path) => Integrator.GetFromJsonAsync<T>(path, House.Options, Ct);

    Task<QuarantineCard> Quarantined(Func<QuarantineCard, bool> which) => Eventually.Some(
        async () => (await Get<Page<QuarantineCard>>("/quarantine?take=1000"))?.Items.FirstOrDefault(which), "the message is in quarantine");

    Task Left(Guid quarantineId) => Eventually.True(
        async () => (await Get<QuarantineSheet>($"/quarantine/{quarantineId}"))?.Message.State == QuarantineState.Redriven, "the message got through");

    [Fact]
    public async Task Estates_people_and_rosters_come_in_and_are_told()
    {
        var (unit, person) = (New("EST"), New("P"));
        await Hr.OpenEstate(unit, 186, [new { postCode = "MON", positionCode = "MON", from = "00:00", to = "00:00", heads = 2, licenceType = "fire" }]);
        await Hr.Hire(person, unit);
        await Hr.Send("hr.licence.recorded.v1", new { personId = person, licenceType = "fire", issuedOn = "2024-01-01", expiresOn = "2029-01-01" });
        await Hr.Roster(New("R"), unit, 1, person);

        Assert.Equal(186, (await host.Bus.Next<V1.EstateOpened>(message => message.EstateId == EstateOf(unit))).Households);
        Assert.Equal(2, Assert.Single((await host.Bus.Next<V1.MinimumManningSet>(message => message.EstateId == EstateOf(unit))).Posts).Heads);
        Assert.Equal(EstateOf(unit), (await host.Bus.Next<V1.EmployeeHired>(message => message.EmployeeId == EmployeeOf(person))).EstateId);
        await host.Bus.Next<V1.LicenceRecorded>(message => message.EmployeeId == EmployeeOf(person));
        var shift = Assert.Single((await host.Bus.Next<V1.RosterPublished>(message => message.EstateId == EstateOf(unit))).Shifts);
        Assert.Equal(EmployeeOf(person), Assert.Single(shift.EmployeeIds));
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 0, 0, 0, TimeSpan.Zero), shift.StartsAt);

        var people = await Get<Page<EmployeeCard>>($"/employees?estateId={EstateOf(unit)}&positionCode=SEC");
        Assert.Equal((1, $"E-{person}", Employment.Employed), (people?.Total, people?.Items[0].EmployeeNo, people?.Items[0].State));
        Assert.Contains(person, (await Get<EmployeeSheet>($"/employees/{EmployeeOf(person)}"))?.PersonId);
        Assert.Equal("MON", (await Get<EstateSheet>($"/estates/{EstateOf(unit)}"))?.Posts.Single().PostCode);
    }

    [Fact]
    public async Task What_comes_late_replaces_nothing()
    {
        var (unit, person) = (New("EST"), New("P"));
        object[] Posts(int heads) => [new { postCode = "MON", positionCode = "MON", from = "00:00", to = "00:00", heads }];
        await Hr.OpenEstate(unit, posts: Posts(1), at: 10);
        await Hr.OpenEstate(unit, posts: Posts(3), at: 12);
        await Hr.OpenEstate(unit, posts: Posts(2), at: 11);
        await Hr.Hire(person, unit);

        await host.Bus.Next<V1.EmployeeHired>(message => message.EmployeeId == EmployeeOf(person));
        Assert.Equal(3, (await Get<EstateSheet>($"/estates/{EstateOf(unit)}"))?.Posts.Single().Heads);
    }

    [Fact]
    public async Task A_message_sent_again_changes_nothing_and_is_counted()
    {
        var (unit, person, id) = (New("EST"), New("P"), Guid.NewGuid().ToString());
        async Task<SourceCard?> Source() => (await Get<Page<SourceCard>>("/sources"))?.Items.SingleOrDefault(source => source.Source == HrSystem.Source);
        await Hr.OpenEstate(unit);
        var before = (await Source())?.Duplicates ?? 0;

        for (var i = 0; i < 4; i++) await Hr.Hire(person, unit, id: id);
        await Eventually.True(async () => (await Source())?.Duplicates == before + 3, "three repetitions are counted");

        Assert.IsType<EmployeeHired>(Assert.Single(await host.Facts(EmployeeOf(person))));
        await host.Bus.Next<V1.EmployeeHired>(message => message.EmployeeId == EmployeeOf(person));
    }

    [Fact]
    public async Task Facts_carry_the_trace_and_the_cause_of_their_own_message()
    {
        var (unit, id) = (New("EST"), Guid.NewGuid().ToString());
        await Hr.OpenEstate(unit);
        var traces = Enumerable.Range(0, 20).ToDictionary(_ => New("P"), _ => System.Diagnostics.ActivityTraceId.CreateRandom().ToString());
        foreach (var (person, trace) in traces) await Hr.Hire(person, unit, id: $"{id}-{person}", traceParent: $"00-{trace}-00f067aa0ba902b7-01");
        await Eventually.True(async () => (await Get<Page<EmployeeCard>>($"/employees?estateId={EstateOf(unit)}"))?.Total == 20, "all are hired");

        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession("YL");
        foreach (var (person, trace) in traces)
        {
            var stored = Assert.Single(await query.Events.FetchStreamAsync(EmployeeOf(person), token: Ct));
            Assert.Equal(($"{id}-{person}", $"{id}-{person}"), (stored.CausationId, stored.CorrelationId));
            Assert.StartsWith($"00-{trace}-", stored.GetHeader(Header.TraceParent)?.ToString());
        }
    }

    [Theory]
    [InlineData("this is no json", "not-a-cloud-event")]
    [InlineData("""{"specversion":"1.0","type":"cn.trainingplatform.hr.employee.hired.v1"}""", "not-a-cloud-event")]
    [InlineData("""{"specversion":"1.0","id":"q1","source":"/hr/test/YL","type":"cn.trainingplatform.hr.weather.changed.v1","data":{}}""", "unknown-type")]
    [InlineData("""{"specversion":"1.0","id":"q2","source":"/hr/test/YL","type":"cn.trainingplatform.hr.employee.hired.v1","sequence":"1","data":{"personId":"P"}}""", "malformed-data")]
    public async Task What_nobody_understands_waits_with_a_reason(string body, string code)
    {
        await Hr.SendRaw(body, "hr.something.v1.YL");

        var entry = await Quarantined(entry => entry.Code == code && entry.State == QuarantineState.Waiting);
        Assert.NotEqual("", entry.Reason);
        await Eventually.True(async () =>
        {
            foreach (var one in (await Get<Page<QuarantineCard>>("/quarantine?state=Waiting"))?.Items ?? [])
                if ((await Get<QuarantineSheet>($"/quarantine/{one.Id}"))?.Body == body) return true;
            return false;
        }, "the body is kept as it came");
    }

    [Fact]
    public async Task A_person_of_an_unknown_estate_waits_for_the_estate()
    {
        var (unit, person) = (New("EST"), New("P"));
        await Hr.Hire(person, unit);
        var entry = await Quarantined(entry => entry.Reason.Contains(unit, StringComparison.Ordinal));
        Assert.Equal(("unknown-estate", $"Estate {unit} is not known; send hr.orgunit.changed first."), (entry.Code, entry.Reason));

        await Hr.OpenEstate(unit);
        await Left(entry.Id);
        Assert.IsType<EmployeeHired>(Assert.Single(await host.Facts(EmployeeOf(person))));
    }

    [Fact]
    public async Task A_roster_with_an_unknown_employee_waits_and_names_who_is_missing()
    {
        var (unit, known, missing, roster) = (New("EST"), New("P"), New("P"), New("R"));
        await Hr.OpenEstate(unit);
        await Hr.Hire(known, unit);
        await Hr.Roster(roster, unit, 1, known, missing);
        var entry = await Quarantined(entry => entry.Code == "unknown-employment" && entry.Reason.Contains(missing, StringComparison.Ordinal));
        Assert.DoesNotContain(known, entry.Reason, StringComparison.Ordinal);
        Assert.Empty(await host.Facts(Roster.IdOf("YL", roster)));

        await Hr.Hire(missing, unit);
        await Left(entry.Id);
        Assert.Equal(2, Assert.IsType<RosterPublished>(Assert.Single(await host.Facts(Roster.IdOf("YL", roster)))).Shifts[0].Employees.Length);
    }

    [Fact]
    public async Task A_corrected_message_gets_through_and_a_wrong_one_stays()
    {
        var (unit, person, id) = (New("EST"), New("P"), Guid.NewGuid().ToString());
        await Hr.OpenEstate(unit);
        await Hr.Send("hr.employee.hired.v1", new { personId = person }, id);
        var entry = await Quarantined(entry => entry.EventId == id);

        var again = await Integrator.PostAsync($"/quarantine/{entry.Id}/redrive", null, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal("malformed-data", (await again.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        await Quarantined(waiting => waiting.Id == entry.Id && waiting.State == QuarantineState.Waiting);

        await Eventually.True(async () => (await Integrator.GetAsync($"/estates/{EstateOf(unit)}", Ct)).IsSuccessStatusCode, "the estate is open");
        var corrected = new { specversion = "1.0", id, source = HrSystem.Source, type = "cn.trainingplatform.hr.employee.hired.v1", sequence = "7", data = HrSystem.Hiring(person, unit) };
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await Integrator.PostAsJsonAsync($"/quarantine/{entry.Id}/redrive", corrected, Ct)).StatusCode);

        Assert.IsType<EmployeeHired>(Assert.Single(await host.Facts(EmployeeOf(person))));
        var facts = await host.Facts(entry.Id);
        Assert.Equal((2, "test-hr-integrator", true), (facts.Count, Assert.IsType<MessageRedriven>(facts[1]).By, Assert.IsType<MessageRedriven>(facts[1]).Corrected));
    }

    [Fact]
    public async Task A_discarded_message_is_closed_with_its_reason()
    {
        var id = Guid.NewGuid().ToString();
        await Hr.Send("hr.nonsense.v1", new { }, id);
        var entry = await Quarantined(entry => entry.EventId == id);

        Assert.Equal(HttpStatusCode.NoContent, (await Integrator.PostAsJsonAsync($"/quarantine/{entry.Id}/discard", new { reason = "a test" }, Ct)).StatusCode);
        Assert.Equal((QuarantineState.Discarded, "a test"), ((await Get<QuarantineSheet>($"/quarantine/{entry.Id}"))?.Message.State, (await Get<QuarantineSheet>($"/quarantine/{entry.Id}"))?.Message.ClosedBecause));
    }

    [Fact]
    public async Task A_transfer_that_overtakes_its_hiring_counts_once_the_hiring_is_there()
    {
        var (first, second, person) = (New("EST"), New("EST"), New("P"));
        await Hr.OpenEstate(first);
        await Hr.OpenEstate(second);
        await Hr.Send("hr.employee.transferred.v1", new { personId = person, employmentId = $"C-{person}", effectiveFrom = "2027-02-01", to = new { orgUnitId = second } });
        await Eventually.True(async () => (await host.Facts(EmployeeOf(person))).Count == 1, "the transfer is kept");
        Assert.Equal(0, (await Get<Page<EmployeeCard>>($"/employees?estateId={EstateOf(second)}"))?.Total);

        await Hr.Hire(person, first);
        Assert.Equal(EstateOf(second), (await host.Bus.Next<V1.EmployeeHired>(message => message.EmployeeId == EmployeeOf(person))).EstateId);
        Assert.Equal(1, (await Get<Page<EmployeeCard>>($"/employees?estateId={EstateOf(second)}"))?.Total);
    }

    [Fact]
    public async Task The_door_opens_again_after_the_broker_closed_it()
    {
        var (unit, person) = (New("EST"), New("P"));
        await Hr.OpenEstate(unit);
        await host.Bus.Next<V1.EstateOpened>(message => message.EstateId == EstateOf(unit));
        await Hr.DeleteQueue();
        await Eventually.True(Hr.QueueExists, "the queue is there again");

        await Hr.Hire(person, unit);
        await host.Bus.Next<V1.EmployeeHired>(message => message.EmployeeId == EmployeeOf(person));
    }

    [Fact]
    public async Task Two_thousand_hirings_come_in_quickly()
    {
        var unit = New("EST");
        await Hr.OpenEstate(unit);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var window in Enumerable.Range(0, 2_000).Chunk(200)) await Task.WhenAll(window.Select(_ => Hr.Hire(New("P"), unit)));
        await Eventually.True(async () => (await Get<Page<EmployeeCard>>($"/employees?estateId={EstateOf(unit)}&take=1"))?.Total == 2_000, "all are hired", TimeSpan.FromSeconds(60));
        TestContext.Current.SendDiagnosticMessage($"2,000 hirings in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task A_file_is_checked_first_and_stored_as_a_whole_or_not_at_all()
    {
        var (unit, first, second) = (New("EST"), New("P"), New("P"));
        await Hr.OpenEstate(unit);
        await Eventually.True(async () => (await Integrator.GetAsync($"/estates/{EstateOf(unit)}", Ct)).IsSuccessStatusCode, "the estate is open");
        string File(string date, string where) =>
            $"employeeNo,personId,employmentId,legalEntity,orgUnitId,positionCode,hireDate\nE1,{first},C-{first},YL-HZ,{unit},SEC,2027-01-04\nE2,{second},C-{second},YL-HZ,{where},SEC,{date}\n";
        Task<HttpResponseMessage> Send(string file, bool dryRun) => Integrator.PostAsync($"/imports/employees?dryRun={dryRun}", new StringContent(file, Encoding.UTF8, "text/csv"), Ct);

        var broken = await Send(File("2027-13-01", unit), dryRun: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        var problem = await broken.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("broken-rows", 3, "hireDate"),
            (problem.GetProperty("code").GetString(), problem.GetProperty("broken")[0].GetProperty("line").GetInt32(), problem.GetProperty("broken")[0].GetProperty("column").GetString()));
        Assert.Equal("orgUnitId", Assert.Single((await (await Send(File("2027-01-04", "EST-99"), dryRun: true)).Content.ReadFromJsonAsync<ImportReport>(House.Options, Ct))?.Broken ?? []).Column);
        Assert.Equal(2, (await (await Send(File("2027-01-04", unit), dryRun: true)).Content.ReadFromJsonAsync<ImportReport>(House.Options, Ct))?.Accepted);
        Assert.Empty(await host.Facts(EmployeeOf(first)));

        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await Send(File("2027-01-04", unit), dryRun: false)).StatusCode);
        Assert.IsType<EmployeeHired>(Assert.Single(await host.Facts(EmployeeOf(first))));
        Assert.IsType<EmployeeHired>(Assert.Single(await host.Facts(EmployeeOf(second))));
    }

    [Fact]
    public async Task Wages_are_posted_by_message_and_by_hand()
    {
        var entity = New("YL");
        await Hr.Send("hr.payroll-base.posted.v1", new { legalEntity = entity, year = 2027, amount = 100.50m, currency = "CNY" });
        Assert.Equal(100.50m, (await host.Bus.Next<V1.WageBasePosted>(message => message.LegalEntity == entity)).Amount);

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.NoContent, (await host.Client(Role.FinanceController).PutAsJsonAsync($"/wage-bases/{entity}/2027", new { amount = 90, currency = "CNY" }, Ct)).StatusCode);
        await host.Bus.Next<V1.WageBasePosted>(message => message.LegalEntity == entity && message.Amount == 90);
        Assert.Equal(2, (await host.Facts(WageBase.IdOf("YL", entity, 2027))).Count);
    }

    [Fact]
    public async Task Minimum_manning_is_set_within_ones_scope()
    {
        var unit = New("EST");
        await Hr.OpenEstate(unit);
        await Eventually.True(async () => (await Integrator.GetAsync($"/estates/{EstateOf(unit)}", Ct)).IsSuccessStatusCode, "the estate is open");
        object body = new { posts = new[] { new { postCode = "SEC", positionCode = "SEC", from = "00:00", to = "00:00", heads = 12 } } };
        Task<HttpResponseMessage> Put(HttpClient client, object content) => client.PutAsJsonAsync($"/estates/{EstateOf(unit)}/minimum-manning", content, Ct);

        Assert.Equal(HttpStatusCode.NoContent, (await Put(host.Client(Role.GroupTrainingManager), body)).StatusCode);
        Assert.Equal(12, (await host.Bus.Next<V1.MinimumManningSet>(message => message.EstateId == EstateOf(unit))).Posts[0].Heads);
        Assert.Equal(HttpStatusCode.Forbidden, (await Put(host.Client(Role.HrIntegrator, "region:SH"), body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Put(host.Client(Role.Trainer), body)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Put(Integrator, new { posts = "many" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Put(Integrator, new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Put(host.Client(Role.HrIntegrator, tenant: "OTHER"), body)).StatusCode);
        var refused = await Put(Integrator, new { posts = new[] { new { postCode = "SEC", positionCode = "SEC", from = "00:00", to = "00:00", heads = -1 } } });
        Assert.Equal("negative-heads", (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nobody_enters_without_a_token_and_another_group_sees_nothing()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/employees", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Trainer).GetAsync("/quarantine", Ct)).StatusCode);
        var others = await host.Client(Role.HrIntegrator, tenant: "OTHER").GetFromJsonAsync<Page<EmployeeCard>>("/employees", House.Options, Ct);
        Assert.Equal(0, others?.Total);
    }
}
