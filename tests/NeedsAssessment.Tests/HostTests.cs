using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Contracts.Evaluation.V1;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;
using V1 = Training.Contracts.NeedsAssessment.V1;

namespace Training.NeedsAssessment.Tests;

public sealed class NeedsHost : ServiceHost<Program>
{
    public HttpClient Manager => Client(Role.GroupTrainingManager);

    public Task<T?> Get<T>(string path) => Manager.GetFromJsonAsync<T>(path, House.Options, TestContext.Current.CancellationToken);

    public async Task Put(string path, object body) => await Ok(await Manager.PutAsJsonAsync(path, body, House.Options, TestContext.Current.CancellationToken));

    public async Task<HttpResponseMessage> Post(string path, object body) =>
        await Ok(await Manager.PostAsJsonAsync(path, body, House.Options, TestContext.Current.CancellationToken));

    public static async Task<HttpResponseMessage> Ok(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    public static async Task Refused(HttpResponseMessage answer, string code)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    public Task PublishStandard(string position, params object[] requirements) => Put($"/standards/position/{position}", new { requirements });

    public static object Require(string competency, int level, decimal weight = 1, decimal criticality = 1) => new { competencyCode = competency, level, weight, criticality };

    public async Task<Guid> OpenEstate(string region)
    {
        var estate = Guid.CreateVersion7();
        await Bus.Publish(new EstateOpened
        {
            EstateId = estate, Code = $"EST-{estate}", Name = "西溪别院", Region = region, LegalEntity = $"YL-{region}", Kind = "V", Households = 186, TimeZone = "Asia/Shanghai",
        }, estate);
        return estate;
    }

    public async Task<Guid[]> Hire(int heads, Guid estate, string position)
    {
        Guid[] people = [.. Enumerable.Range(0, heads).Select(_ => Guid.CreateVersion7())];
        await Task.WhenAll(people.Select(person => Bus.Publish(
            new EmployeeHired { EmployeeId = person, EmployeeNo = "100001", EstateId = estate, PositionCode = position, HiredOn = new(2020, 3, 1) }, person)));
        foreach (var person in people) await Eventually.True(async () => (await Manager.GetAsync($"/employees/{person}/competencies")).IsSuccessStatusCode, "the profile is open");
        return people;
    }

    /// <summary>Long ago, on whatever day the tests run.</summary>
    public static readonly DateTimeOffset Assessed = ProfileFacts.Now.AddYears(-1);

    public Task<HttpResponseMessage> Assess(IEnumerable<Guid> people, Dictionary<string, int> ratings, string cycle = "2026Q4", DateTimeOffset? at = null) => Manager.PostAsJsonAsync("/assessments", new
    {
        cycle, source = "manager", assessor = "100000", at = at ?? Assessed, people = people.Select(person => new { employeeId = person, ratings }),
    });
}

[CollectionDefinition]
public class WithHost : ICollectionFixture<NeedsHost>;

[Collection<WithHost>]
public class HostTests(NeedsHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Task<GapCard?> Card(Guid person) => host.Get<GapCard>($"/employees/{person}/competencies");

    [Fact]
    public async Task A_passed_test_closes_a_gap()
    {
        var estate = await host.OpenEstate("HZ");
        await host.PublishStandard("A1", NeedsHost.Require("C07", 4, 1.3m, 1.5m), NeedsHost.Require("C01", 3));
        var people = await host.Hire(3, estate, "A1");
        Assert.Equal(1.3m * 1.5m * 4 + 3, (await Card(people[0]))?.WeightedGap);

        await NeedsHost.Ok(await host.Assess(people, new() { ["C07"] = 2, ["C01"] = 3 }));
        Assert.Equal(2, (await Card(people[0]))?.Competencies.Single(line => line.CompetencyCode == "C07").Gap);

        var run = Guid.CreateVersion7();
        var proven = new LearningProven
        {
            RunId = run, CourseId = Guid.CreateVersion7(), Steps = [new() { CompetencyCode = "C07", FromLevel = 2, ToLevel = 4 }],
            Learners = [.. people.Select(person => new ProvenLearner { EmployeeId = person, Score = 90 })], ProvenAt = ProfileFacts.Now.AddDays(60),
        };
        var version = await host.Bus.Publish(proven, run);
        foreach (var person in people) Assert.Equal(4, (await host.Bus.Next<V1.CompetencyLevelChanged>(message => message.EmployeeId == person && message.RunId == run)).ToLevel);
        var card = await Card(people[0]);
        Assert.Equal((0m, 1m), (card?.WeightedGap, card?.Attainment));

        var before = await host.Facts(CompetencyProfile.IdOf("YL", people[0]));
        await host.Bus.Publish(proven, run, version);
        await host.Bus.Publish(proven with { ProvenAt = ProfileFacts.Now.AddDays(61) }, run);
        await host.Hire(1, estate, "A1");
        Assert.Equal(before.Count, (await host.Facts(CompetencyProfile.IdOf("YL", people[0]))).Count);
    }

    [Fact]
    public async Task A_standard_published_later_measures_everyone_anew()
    {
        var people = await host.Hire(5, await host.OpenEstate("SH"), "A2");
        await host.Put($"/employees/{people[0]}/roles/R2", new { });
        Assert.Equal(0, (await Card(people[1]))?.WeightedGap);
        Assert.Empty((await host.Get<Page<HeatMapCell>>("/gaps?positionCode=A2&competencyCode=C14"))?.Items ?? []);

        await host.PublishStandard("A2", NeedsHost.Require("C14", 4, 1.3m, 2));
        foreach (var person in people) await Eventually.True(async () => (await Card(person))?.WeightedGap == 10.4m, "the gap is measured");
        await host.Put("/standards/role/R2", new { requirements = new[] { NeedsHost.Require("C21", 5) } });
        await Eventually.True(async () => (await Card(people[0]))?.WeightedGap == 15.4m, "the role asks for more");
        Assert.Equal(10.4m, (await Card(people[1]))?.WeightedGap);

        var cells = await host.Get<Page<HeatMapCell>>("/gaps?positionCode=A2&competencyCode=C14");
        var cell = Assert.Single(cells?.Items ?? []);
        Assert.Equal((5, 5, 52m, 0m, "SH"), (cell.HeadsRequired, cell.HeadsBelow, cell.WeightedGap, cell.Attainment, cell.Region));
    }

    [Fact]
    public async Task People_move_leave_and_return()
    {
        var (from, to) = (await host.OpenEstate("GD"), await host.OpenEstate("BJ"));
        await host.PublishStandard("A3", NeedsHost.Require("C12", 4));
        var person = (await host.Hire(1, from, "A9"))[0];

        await host.Bus.Publish(new EmployeeMoved { EmployeeId = person, EstateId = to, PositionCode = "A3", EffectiveOn = new(2027, 1, 1) }, person);
        await Eventually.True(async () => await Card(person) is { PositionCode: "A3", WeightedGap: 4 }, "moved and measured");
        Assert.Equal(1, await Heads());
        await host.Bus.Publish(new EmployeeLeft { EmployeeId = person, LastWorkingDay = new(2027, 2, 1) }, person);
        await Eventually.True(async () => await Card(person) is { Active: false, WeightedGap: 0 }, "left");
        Assert.Equal(0, await Heads());
        await host.Bus.Publish(new EmployeeReturned { EmployeeId = person, EstateId = from, PositionCode = "A3", ReturnedOn = new(2027, 3, 1) }, person);
        await Eventually.True(async () => await Card(person) is { Active: true, WeightedGap: 4 } card && card.EstateId == from, "returned");
        Assert.Equal(1, await Heads());

        async Task<int> Heads() => (await host.Get<Page<HeatMapCell>>("/gaps?positionCode=A3"))?.Items.Sum(cell => cell.HeadsRequired) ?? 0;
    }

    [Fact]
    public async Task Hundreds_are_assessed_at_once_or_not_at_all()
    {
        var competencies = Enumerable.Range(1, 22).Select(i => $"C{i:00}").ToArray();
        await host.PublishStandard("A4", [.. competencies.Select(code => NeedsHost.Require(code, 4))]);
        var people = await host.Hire(150, await host.OpenEstate("CC"), "A4");
        var ratings = competencies.ToDictionary(code => code, _ => 3);

        var stranger = Guid.CreateVersion7();
        await NeedsHost.Refused(await host.Assess([.. people, stranger], ratings), "unknown-employees");
        Assert.All((await Card(people[0]))?.Competencies ?? [], line => Assert.Equal(0, line.Assessed));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await NeedsHost.Ok(await host.Assess(people, ratings));
        TestContext.Current.TestOutputHelper?.WriteLine($"150 people x 22: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(22m, (await Card(people[149]))?.WeightedGap);

        var before = await host.FactCount();
        await NeedsHost.Ok(await host.Assess(people, ratings));
        await NeedsHost.Refused(await host.Assess(people, ratings, "2099", DateTimeOffset.UtcNow.AddDays(2)), "assessed-in-future");
        var late = await (await NeedsHost.Ok(await host.Assess(people[..1], ratings, "2025Q3", NeedsHost.Assessed.AddDays(-90)))).Content.ReadFromJsonAsync<RecordAssessmentsHandler.Answer>(House.Options, Ct);
        Assert.Equal((people[0], 22), Assert.Single(late?.LeftOut ?? []) is var left ? (left.EmployeeId, left.CompetencyCodes.Count) : default);
        Assert.Equal((1, 0), (late?.People, late?.Changed));
        Assert.Equal(before, await host.FactCount());
    }

    [Fact]
    public async Task Doors_are_kept()
    {
        var estate = await host.OpenEstate("HZ");
        var hired = await host.Hire(2, estate, "A5");
        var (person, colleague) = (hired[0], hired[1]);
        object body = new { requirements = Array.Empty<object>() };

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Trainer).PutAsJsonAsync("/standards/position/A5", body, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/gaps", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.GroupTrainingManager, tenant: "OTHER").GetAsync($"/employees/{person}/competencies", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await host.Client(Role.EstateManager, $"estate:{Guid.CreateVersion7()}").PutAsJsonAsync($"/employees/{person}/roles/Coach", body, Ct)).StatusCode);
        await NeedsHost.Ok(await host.Client(Role.EstateManager, $"estate:{estate}").PutAsJsonAsync($"/employees/{person}/roles/Coach", body, Ct));

        // The money of the whole group is not everybody's gaps.
        var controller = host.Client([new(Role.FinanceController, "group"), new(Role.Employee, $"self:{person}")]);
        Assert.Equal(HttpStatusCode.OK, (await controller.GetAsync($"/employees/{person}/competencies", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await controller.GetAsync($"/employees/{colleague}/competencies", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await controller.GetAsync("/plans", Ct)).StatusCode);

        var malformed = await host.Manager.PutAsJsonAsync("/standards/position/A5", new { requirements = "many" }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Equal("malformed-request", (await malformed.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
        await NeedsHost.Refused(await host.Manager.PutAsJsonAsync("/standards/position/A5", new { requirements = new[] { NeedsHost.Require("C01", 7) } }, Ct), "level-out-of-range");
    }
}
