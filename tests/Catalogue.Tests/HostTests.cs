using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Catalogue.Courses;
using Training.Catalogue.Reviews;
using Training.Catalogue.Tests.Reviews;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;
using Training.Contracts.NeedsAssessment.V1;
using Training.Contracts.Workforce.V1;
using Training.Foundation;
using V1 = Training.Contracts.Catalogue.V1;

namespace Training.Catalogue.Tests;

public sealed class CatalogueHost : ServiceHost<Program>;

[CollectionDefinition]
public class WithHost : ICollectionFixture<CatalogueHost>;

[Collection<WithHost>]
public class HostTests(CatalogueHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HttpClient Manager => host.Client(Role.GroupTrainingManager);

    static object Gate(string code) => new
    {
        code, title = "门岗", titleEnglish = "Gate", module = "K", mode = "OJT", minutes = 240, minLearners = 4, maxLearners = 15,
        steps = new[] { new { competencyCode = "C13", fromLevel = 3, toLevel = 4 } }, audience = new Dictionary<string, decimal> { ["SEC"] = 1 }, validityMonths = 24, fundCategory = "FC2",
        trainerGrade = "OJT", costPerRun = 0, costPerLearner = 0, currency = "CNY",
    };

    static object Coach(Guid? employee = null, string region = "HZ") =>
        new { name = "OJT-HZ-1", grade = "OJT", region, employeeId = employee, hoursPerYear = 14, currency = "CNY", feePerHour = 20 };

    async Task<Guid> Put(string path, object body)
    {
        var id = Guid.CreateVersion7();
        await Done(Manager.PutAsJsonAsync($"{path}/{id}", body, Ct));
        return id;
    }

    static async Task Done(Task<HttpResponseMessage> answer) => Assert.Equal(HttpStatusCode.NoContent, (await answer).StatusCode);

    static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();

    Task<TrainerCard?> Trainer(Guid id) => Manager.GetFromJsonAsync<TrainerCard>($"/trainers/{id}", House.Options, Ct);

    [Fact]
    public async Task A_course_is_published_authorised_and_retired()
    {
        var (course, trainer) = (await Put("/courses", Gate("H01")), await Put("/trainers", Coach()));
        var venue = await Put("/venues", new { name = "HZ-1", region = "HZ", seats = 30, equipment = new[] { "projector" }, hourlyRate = 200, currency = "CNY" });
        await Done(Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations", new { courses = new[] { new { courseId = course, validTo = "2090-12-31" } } }, Ct));
        await Done(Manager.PostAsJsonAsync($"/trainers/{trainer}/unavailability", new { from = "2027-01-04T09:00:00+08:00", to = "2027-01-04T12:00:00+08:00", reason = "main job" }, Ct));
        await Done(Manager.PostAsJsonAsync($"/venues/{venue}/closures", new { from = "2027-01-05T00:00:00+08:00", to = "2027-01-06T00:00:00+08:00", reason = "painters" }, Ct));

        var published = await host.Bus.Next<V1.CoursePublished>(message => message.CourseId == course);
        Assert.Equal(("H01", 1, "OJT", "K"), (published.Code, published.Version, published.Mode, published.Module));
        Assert.Equal(["SEC"], published.Audience);
        Assert.Equal(new DateOnly(2090, 12, 31), (await host.Bus.Next<V1.TrainerAuthorised>(message => message.TrainerId == trainer && message.CourseId == course)).ValidTo);
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 1, 0, 0, TimeSpan.Zero), (await host.Bus.Next<V1.TrainerUnavailable>(message => message.TrainerId == trainer)).From);
        Assert.Equal(30, (await host.Bus.Next<V1.VenueOpened>(message => message.VenueId == venue)).Seats);
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 16, 0, 0, TimeSpan.Zero), (await host.Bus.Next<V1.VenueClosed>(message => message.VenueId == venue)).From);
        await Done(Manager.DeleteAsync($"/trainers/{trainer}/unavailability?from=2027-01-04T11:00:00%2B08:00&to=2027-01-04T12:00:00%2B08:00", Ct));
        await Done(Manager.DeleteAsync($"/venues/{venue}/closures?from=2027-01-05T00:00:00%2B08:00&to=2027-01-06T00:00:00%2B08:00", Ct));
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 3, 0, 0, TimeSpan.Zero), (await host.Bus.Next<V1.TrainerAvailable>(message => message.TrainerId == trainer)).From);
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 16, 0, 0, TimeSpan.Zero), (await host.Bus.Next<V1.VenueReopened>(message => message.VenueId == venue)).From);
        Assert.Equal(new DateTimeOffset(2027, 1, 4, 3, 0, 0, TimeSpan.Zero), Assert.Single((await Trainer(trainer))?.Absences ?? []).To);
        Assert.Equal([course], (await Trainer(trainer))?.Authorisations.Select(held => held.CourseId));

        await Done(Manager.DeleteAsync($"/trainers/{trainer}/authorisations/{course}", Ct));
        await Done(Manager.PostAsync($"/courses/{course}/retire", null, Ct));
        await host.Bus.Next<V1.TrainerLapsed>(message => message.TrainerId == trainer && message.CourseId == course);
        await host.Bus.Next<V1.CourseRetired>(message => message.CourseId == course);
        var retired = await Manager.GetFromJsonAsync<Page<CourseCard>>("/courses?state=Retired&take=1000", House.Options, Ct);
        Assert.Contains(retired?.Items ?? [], card => card.Id == course && card is { State: CourseState.Retired, Audience: { Count: 1 } });
    }

    [Fact]
    public async Task A_course_that_asks_for_more_leaves_only_the_trainers_who_have_it()
    {
        object Lecture(string grade) => new
        {
            code = "H09", title = "讲座", titleEnglish = "Lecture", module = "K", mode = "ILT", minutes = 240, minLearners = 4, maxLearners = 15,
            steps = new[] { new { competencyCode = "C13", fromLevel = 3, toLevel = 4 } }, audience = new Dictionary<string, decimal> { ["SEC"] = 1 }, validityMonths = 24, fundCategory = "FC2",
            trainerGrade = grade, costPerRun = 0, costPerLearner = 0, currency = "CNY",
        };
        object Teacher(string grade) => new { name = $"{grade}-HZ-9", grade, region = "HZ", hoursPerYear = 26, currency = "CNY", feePerHour = 80 };
        var course = await Put("/courses", Lecture("I1"));
        var (junior, senior) = (await Put("/trainers", Teacher("I1")), await Put("/trainers", Teacher("I3")));
        foreach (var trainer in new[] { junior, senior }) await Done(Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations/{course}", new { validTo = "2090-12-31" }, Ct));
        Assert.Equal("authorisation-over", await Code(await Manager.PutAsJsonAsync($"/trainers/{senior}/authorisations/{course}", new { validTo = "2020-12-31" }, Ct)));

        await Done(Manager.PutAsJsonAsync($"/courses/{course}", Lecture("I2"), Ct));

        await host.Bus.Next<V1.TrainerLapsed>(message => message.TrainerId == junior && message.CourseId == course);
        Assert.Empty((await Trainer(junior))?.Authorisations ?? []);
        Assert.Equal(new(course, new(2090, 12, 31)), Assert.Single((await Trainer(senior))?.Authorisations ?? []));

        // The senior's own grade is measured against what the course asks for now.
        await Done(Manager.PutAsJsonAsync($"/trainers/{senior}", Teacher("I1"), Ct));
        Assert.Empty((await Trainer(senior))?.Authorisations ?? []);
    }

    [Fact]
    public async Task E_learning_is_published_without_trainer_and_class_size()
    {
        var course = await Put("/courses", new
        {
            code = "H08", title = "微课", titleEnglish = "Micro course", module = "S", mode = "ELearning", minutes = 60,
            steps = new[] { new { competencyCode = "C05", fromLevel = 2, toLevel = 3 } }, audience = new Dictionary<string, decimal> { ["SEC"] = 0.5m },
            validityMonths = 12, fundCategory = "FC2", trainerGrade = (string?)null, costPerRun = 0, costPerLearner = 0, currency = "CNY",
        });

        Assert.Equal(("ELearning", "E"), await host.Bus.Next<V1.CoursePublished>(message => message.CourseId == course) is var told ? (told.Mode, told.TrainerGrade) : default);
    }

    [Fact]
    public async Task The_same_commands_again_store_nothing()
    {
        var (course, trainer) = (await Put("/courses", Gate("H02")), await Put("/trainers", Coach()));
        for (var i = 0; i < 2; i++)
        {
            await Done(Manager.PutAsJsonAsync($"/courses/{course}", Gate("H02"), Ct));
            await Done(Manager.PutAsJsonAsync($"/trainers/{trainer}", Coach(), Ct));
            await Done(Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations/{course}", new { validTo = "2090-12-31" }, Ct));
        }

        Assert.IsType<CoursePublished>(Assert.Single(await host.Facts(course)));
        Assert.Equal([typeof(TrainerRegistered), typeof(TrainerAuthorised)], (await host.Facts(trainer)).Select(fact => fact.GetType()));
    }

    [Fact]
    public async Task A_trainer_who_leaves_the_group_teaches_no_more_even_when_told_twice()
    {
        var employee = Guid.CreateVersion7();
        var (course, trainer) = (await Put("/courses", Gate("H03")), await Put("/trainers", Coach(employee)));
        await Done(Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations/{course}", new { validTo = "2090-12-31" }, Ct));
        await host.Bus.Publish(Hired(employee, "SEC"), employee);

        var left = new EmployeeLeft { EmployeeId = employee, LastWorkingDay = new(2026, 12, 31) };
        var version = await host.Bus.Publish(left, employee);
        Assert.Equal(left.LastWorkingDay, (await host.Bus.Next<V1.TrainerLapsed>(message => message.TrainerId == trainer && message.CourseId == course)).LapsedOn);
        await Eventually.True(async () => await Manager.PutAsJsonAsync($"/trainers/{trainer}", Coach(employee), Ct) is { StatusCode: HttpStatusCode.UnprocessableEntity } refused
            && await Code(refused) == "employee-left", "the employee is known to have left");

        await host.Bus.Publish(left, employee, version);
        await host.Bus.Publish(new EmployeeReturned { EmployeeId = employee, EstateId = Guid.CreateVersion7(), PositionCode = "SEC", ReturnedOn = new(2027, 3, 1) }, employee);
        await Eventually.True(async () => (await Manager.PutAsJsonAsync($"/trainers/{trainer}", Coach(employee), Ct)).IsSuccessStatusCode, "the employee is known to be back");
        Assert.Equal([typeof(TrainerRegistered), typeof(TrainerAuthorised), typeof(TrainerLapsed), typeof(TrainerDeparted), typeof(TrainerReinstated)],
            (await host.Facts(trainer)).Select(fact => fact.GetType()));
    }

    [Fact]
    public async Task The_reviews_follow_standards_people_and_courses()
    {
        const string tenant = "REVIEWS";
        var (group, manager) = (ReferenceGroup.Load(), host.Client(Role.GroupTrainingManager, tenant: tenant));
        foreach (var line in group.Courses) await Done(manager.PutAsJsonAsync($"/courses/{Guid.CreateVersion7()}", line.Body, House.Options, Ct));
        foreach (var (position, levels) in group.Positions) await Standard("position", position, levels);
        foreach (var (role, levels) in group.Roles) await Standard("role", role, levels);
        Guid[] people = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        await host.Bus.Publish(Hired(people[0], "SEC"), people[0], tenant: tenant);
        await host.Bus.Publish(Hired(people[1], "SEC"), people[1], tenant: tenant);
        await host.Bus.Publish(Hired(people[2], "CLN"), people[2], tenant: tenant);
        await host.Bus.Publish(new EmployeeMoved { EmployeeId = people[1], EstateId = Guid.CreateVersion7(), PositionCode = "MON", EffectiveOn = new(2027, 1, 1) }, people[1], tenant: tenant);
        await host.Bus.Publish(new EmployeeLeft { EmployeeId = people[2], LastWorkingDay = new(2027, 1, 1) }, people[2], tenant: tenant);

        await Eventually.True(async () => await manager.GetFromJsonAsync<Coverage>("/coverage", House.Options, Ct) is { Served: 237, Steps: 408, OverTraining.Count: 11 } coverage
            && coverage.Holes.Where(hole => hole.Heads > 0).Select(hole => (hole.PositionCode, hole.Heads)).Distinct().Order().SequenceEqual([("MON", 1), ("SEC", 1)]), "the coverage is complete");
        var capacity = await manager.GetFromJsonAsync<Capacity>("/capacity", House.Options, Ct);
        Assert.Equal((1, 1), capacity?.Courses.First(demand => demand.CourseCode == "K05") is { } gate ? (gate.Learners, gate.Sessions) : (0, 0));
        Assert.Equal(new Summary(60, 60, 0, 0, 2, 13), await manager.GetFromJsonAsync<Summary>("/summary", House.Options, Ct));

        Task Standard(string appliesTo, string code, IReadOnlyDictionary<string, int> levels) => host.Bus.Publish(new CompetencyStandardPublished
        {
            AppliesTo = appliesTo, Code = code, Version = 1,
            Requirements = [.. levels.Select(level => new Requirement { CompetencyCode = level.Key, Level = level.Value, Weight = 1, Criticality = 1 })],
        }, DerivedId.Of("standard", appliesTo, code), tenant: tenant);
    }

    [Fact]
    public async Task A_refusal_names_its_rule()
    {
        var trainer = await Put("/trainers", new { name = "I1-HZ-1", grade = "I1", region = "HZ", hoursPerYear = 26, currency = "CNY", feePerHour = 80 });
        var course = await Put("/courses", Gate("H04"));
        var answer = await Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations/{course}", new { validTo = "2090-12-31" }, Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("grade-too-low", await Code(answer));
        Assert.Equal(HttpStatusCode.NotFound, (await Manager.PutAsJsonAsync($"/trainers/{trainer}/authorisations/{Guid.CreateVersion7()}", new { validTo = "2090-12-31" }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Malformed_input_is_refused_in_words()
    {
        var answer = await Manager.PutAsJsonAsync($"/trainers/{Guid.CreateVersion7()}", new { name = "?", grade = "I9", region = "HZ", hoursPerYear = 26, currency = "CNY", feePerHour = 80 }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed-request", await Code(answer));

        Assert.Equal(HttpStatusCode.BadRequest, (await Manager.PutAsJsonAsync($"/courses/{Guid.CreateVersion7()}", new { code = "H05" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Manager.PutAsJsonAsync($"/venues/{Guid.CreateVersion7()}", new { name = (string?)null, region = "HZ", seats = 3, hourlyRate = 0, currency = "CNY" }, Ct)).StatusCode);
    }

    [Fact]
    public async Task Regional_managers_keep_to_their_region_and_nobody_enters_without_a_token()
    {
        var hangzhou = host.Client(Role.RegionalManager, "region:HZ");
        var id = Guid.CreateVersion7();
        await Done(hangzhou.PutAsJsonAsync($"/trainers/{id}", Coach(), Ct));
        Assert.Equal(HttpStatusCode.Forbidden, (await hangzhou.PutAsJsonAsync($"/trainers/{Guid.CreateVersion7()}", Coach(region: "SH"), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.RegionalManager, "region:SH").PutAsJsonAsync($"/trainers/{id}", Coach(region: "SH"), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hangzhou.PutAsJsonAsync($"/courses/{Guid.CreateVersion7()}", Gate("H06"), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Trainer).PostAsJsonAsync($"/trainers/{id}/unavailability", new { }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/courses", Ct)).StatusCode);
    }

    [Fact]
    public async Task Another_group_sees_nothing()
    {
        var course = await Put("/courses", Gate("H07"));
        var other = host.Client(Role.GroupTrainingManager, tenant: "OTHER");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/courses/{course}", Ct)).StatusCode);
        Assert.Equal(0, (await other.GetFromJsonAsync<Page<CourseCard>>("/courses", House.Options, Ct))?.Total);
        Assert.Equal(0, (await other.GetFromJsonAsync<Page<VenueCard>>("/venues", House.Options, Ct))?.Total);
    }

    static EmployeeHired Hired(Guid employee, string position) =>
        new() { EmployeeId = employee, EmployeeNo = "E1", EstateId = Guid.CreateVersion7(), PositionCode = position, HiredOn = new(2026, 1, 1) };
}
