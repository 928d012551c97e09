using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Contracts.Catalogue.V1;
using Training.Contracts.NeedsAssessment.V1;
using Training.Contracts.Scheduling.V1;
using Training.Contracts.Workforce.V1;
using Training.Evaluation.Certificates;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Findings;
using Training.Evaluation.Inspections;
using Training.Evaluation.Knowledge;
using Training.Evaluation.OnlineTests;
using Training.Evaluation.QuestionBanks;
using Training.Foundation;
using V1 = Training.Contracts.Evaluation.V1;

namespace Training.Evaluation.Tests;

public sealed class EvaluationHost : ServiceHost<Program>
{
    // The tests have days of their own.
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Tolerance:Ahead", "3650.00:00:00")];
}

[CollectionDefinition]
public class WithHost : ICollectionFixture<EvaluationHost>;

[Collection<WithHost>]
public class HostTests(EvaluationHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Half past one in the morning of the 21st in Shanghai.</summary>
    static readonly DateTimeOffset LateEvening = new(2027, 1, 20, 17, 30, 0, TimeSpan.Zero);

    static EstateOpened Estate(Guid estate) => new()
    {
        EstateId = estate, Code = "EST-01", Name = "One", Region = "HZ", LegalEntity = "YL-HZ", Kind = "V", Households = 300, TimeZone = "Asia/Shanghai",
    };

    static CoursePublished Course(Guid course) => new()
    {
        CourseId = course, Code = "S02", Version = 1, Title = "礼仪", TitleEnglish = "Etiquette", Module = "S", Mode = "ILT", Minutes = 240, MinLearners = 10, MaxLearners = 28,
        Steps = [new() { CompetencyCode = "C19", FromLevel = 2, ToLevel = 4 }], Audience = [], Prerequisites = [], ValidityMonths = 24, FundCategory = "FC2",
        TrainerGrade = "I1", Equipment = [], CostPerRun = 1, CostPerLearner = 1, Currency = "CNY",
    };

    static SessionHeld Held(Guid run, Guid course, Guid estate, IEnumerable<Guid> people) => new()
    {
        SessionId = Guid.CreateVersion7(), RunId = run, CourseId = course, TrainerId = Guid.CreateVersion7(), EndedAt = Samples.Now, ActualAmount = 1, Currency = "CNY",
        LastOfRun = true, Attendance = [.. people.Select(person => new RunAttendance { EmployeeId = person, EstateId = estate, AttendedMinutes = 240, PlannedMinutes = 240 })],
    };

    sealed record HeldRun(Guid Run, Guid Course, Guid Estate, Guid[] People);

    /// <summary>A run that was held, with its evaluation open.</summary>
    async Task<HeldRun> HoldRun(int people = 6)
    {
        var held = new HeldRun(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), [.. Enumerable.Range(0, people).Select(_ => Guid.CreateVersion7())]);
        // The course comes last, as messages of different streams may.
        await host.Bus.Publish(Estate(held.Estate), held.Estate);
        await host.Bus.Publish(Held(held.Run, held.Course, held.Estate, held.People), held.Run);
        await host.Bus.Publish(Course(held.Course), held.Course);
        await Eventually.True(async () => (await host.Facts(RunEvaluation.IdOf(new(held.Run)))).Count == 1, "the evaluation is open");
        return held;
    }

    async Task<T> Get<T>(string route) where T : class =>
        await host.Client(Role.GroupTrainingManager).GetFromJsonAsync<T>(route, House.Options, Ct) ?? throw new InvalidOperationException($"No {typeof(T).Name}.");

    async Task<Guid> Inspect(Guid estate, params string[] items)
    {
        var inspection = Guid.CreateVersion7();
        await Eventually.True(async () =>
        {
            var answer = await host.Client(Role.QualityInspector).PutAsJsonAsync($"/inspections/{inspection}", new
            {
                estateId = estate, checklistVersion = "v3", inspector = "E0007", on = "2027-01-20", findings = items.Select(item => new { itemCode = item, cause = "skill", note = "" }),
            }, Ct);
            return answer.StatusCode == HttpStatusCode.NoContent;
        }, "the estate is known and inspected");
        return inspection;
    }

    async Task PublishChecklist() => Assert.Equal(HttpStatusCode.NoContent, (await host.Client(Role.QualityInspector).PutAsJsonAsync("/checklists/v3", new
    {
        sections = new[]
        {
            new
            {
                name = "Service",
                items = new[]
                {
                    new { code = "A1", text = "greets", points = 60, severity = "minor", competency = "C19" },
                    new { code = "A8", text = "keeps data private", points = 40, severity = "critical", competency = "C05" },
                },
            },
        },
    }, Ct)).StatusCode);

    static object Tests(IEnumerable<Guid> people, decimal post) => new { results = people.Select(person => new { employeeId = person, pre = 60, post, takenAt = LateEvening }) };

    static object Reactions(IEnumerable<Guid> people) => new { reactions = people.Select(person => new { employeeId = person, ratings = new { content = 4, trainer = 5 } }) };

    static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();

    [Fact]
    public async Task A_run_is_evaluated_and_what_was_learnt_is_told()
    {
        var held = await HoldRun();
        var trainer = host.Client(Role.Trainer);

        Assert.Equal(HttpStatusCode.NoContent, (await trainer.PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions(held.People), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await trainer.PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People[..4], 90), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await trainer.PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People[4..], 70), Ct)).StatusCode);

        var proven = await host.Bus.Next<V1.LearningProven>(message => message.RunId == held.Run);
        Assert.Equal(held.People[..4], proven.Learners.Select(learner => learner.EmployeeId));
        Assert.Equal(("C19", 2, 4), (proven.Steps[0].CompetencyCode, proven.Steps[0].FromLevel, proven.Steps[0].ToLevel));
        var card = await Get<EvaluationCard>($"/evaluations/{held.Run}");
        Assert.True(card is { CourseCode: "S02", Attendees: 6, Completed: 6, Reactions: { N: 6, SuppressedBecause: "", OverallMean: 4.5m } });
        Assert.Equal(new TestScore(6, 4, 60, 83.3333m, 0.5833m, 6), card.Tests);
        Assert.Contains((await Get<Page<EvaluationCard>>("/evaluations?take=1000")).Items, item => item.RunId == held.Run);

        var certificate = Assert.Single((await Get<Page<CertificateCard>>($"/certificates?employeeId={held.People[0]}")).Items);
        Assert.Equal((new(2027, 1, 21), new DateOnly(2029, 1, 20)), (certificate.ValidFrom, certificate.ValidTo));
        Assert.Empty((await Get<Page<CertificateCard>>($"/certificates?employeeId={held.People[5]}")).Items);
        Assert.True(await Get<Summary>("/summary") is { Evaluations: > 0, Reactions: >= 6, Tested: >= 6, Passed: >= 4, Certificates: >= 4 });
    }

    [Fact]
    public async Task Anybody_may_check_a_certificate_and_learns_no_name()
    {
        var held = await HoldRun(1);
        await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People, 90), Ct);
        var code = Assert.Single((await Get<Page<CertificateCard>>($"/certificates?employeeId={held.People[0]}")).Items).Code;

        var stranger = host.Client("");
        var found = await stranger.GetFromJsonAsync<VerifiedCertificate>($"/certificates/verify/{code}", House.Options, Ct);

        Assert.Equal(("S02", new DateOnly(2029, 1, 20), VerifiedCertificate.HolderOf(held.People[0])), (found?.CourseCode, found?.ValidTo, found?.Holder));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/certificates/verify/YL.{Guid.NewGuid():N}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/certificates/verify/nonsense", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/certificates", Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_attended_sees_whether_he_has_answered()
    {
        var held = await HoldRun(2);
        var own = host.Client(Role.Employee, $"self:{held.People[0]}");
        await own.PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([held.People[0]]), Ct);
        await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People[..1], 90), Ct);

        var first = Assert.Single((await own.GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{held.People[0]}/evaluations", House.Options, Ct))?.Items ?? []);
        Assert.True(first is { Answered: true, Passed: true, LastScore: 90 });
        Assert.Empty((await own.GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{held.People[1]}/evaluations", House.Options, Ct))?.Items ?? [first]);
        Assert.True(Assert.Single((await Get<Page<OwnEvaluation>>($"/employees/{held.People[1]}/evaluations")).Items) is { Answered: false, Passed: false, LastScore: -1 });
    }

    [Fact]
    public async Task Ones_own_evaluations_are_found_without_reading_all()
    {
        const string tenant = "MANY", index = "mt_doc_runevaluation_idx_attendees";
        var estate = Guid.CreateVersion7();
        RunEvaluation[] runs = [.. Enumerable.Range(0, 3_000).Select(_ => new RunId(Guid.CreateVersion7())).Select(run => Given<RunEvaluation>.That(Samples.Opened() with
        {
            RunId = run, Attendees = [.. Enumerable.Range(0, 5).Select(_ => new Attendee(new(Guid.CreateVersion7()), new(estate), Completed: true))],
        }).State)];
        var store = host.Services.GetRequiredService<IDocumentStore>();
        await store.BulkInsertDocumentsAsync(tenant, [new KnownEstate(estate, "EST-01", "HZ", "Asia/Shanghai"), .. runs], cancellation: Ct);
        await using var query = store.LightweightSession(tenant);
        // As the server does by itself in time.
        query.QueueSqlCommand($"select gin_clean_pending_list('{index}')");
        query.QueueSqlCommand("analyze mt_doc_runevaluation");
        await query.SaveChangesAsync(Ct);

        var own = await host.Client(Role.GroupTrainingManager, tenant: tenant)
            .GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{runs[7].Attendees.Keys.First().Value}/evaluations", House.Options, Ct);

        Assert.Equal(runs[7].RunId.Value, Assert.Single(own?.Items ?? []).RunId);
        // The server tells a little later.
        await Eventually.True(async () => (await query.AdvancedSql.QueryAsync<long>($"select idx_scan from pg_stat_user_indexes where indexrelname = '{index}'", Ct)) is [> 0], "the index was used");
    }

    [Fact]
    public async Task A_later_pass_renews_the_certificate()
    {
        var first = await HoldRun(1);
        var second = Guid.CreateVersion7();
        await host.Bus.Publish(Held(second, first.Course, first.Estate, first.People), second);
        await Eventually.True(async () => (await host.Facts(RunEvaluation.IdOf(new(second)))).Count == 1, "the second evaluation is open");

        var trainer = host.Client(Role.Trainer);
        await trainer.PostAsJsonAsync($"/evaluations/{second}/tests", new { results = new[] { new { employeeId = first.People[0], pre = 1, post = 90, takenAt = LateEvening.AddDays(30) } } }, Ct);
        await trainer.PostAsJsonAsync($"/evaluations/{first.Run}/tests", Tests(first.People, 90), Ct);

        var certificate = Assert.Single((await Get<Page<CertificateCard>>($"/certificates?employeeId={first.People[0]}")).Items);
        Assert.Equal((new DateOnly(2027, 2, 20), 1, second), (certificate.ValidFrom, certificate.Renewals, certificate.RunId));
    }

    [Fact]
    public async Task A_whole_class_may_answer_in_the_same_moment_and_nobody_is_remembered_with_an_answer()
    {
        var held = await HoldRun(15);
        var answers = await Task.WhenAll(held.People.Select(person =>
            host.Client(Role.Employee, $"self:{person}").PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([person]), Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal(15, (await Get<EvaluationCard>($"/evaluations/{held.Run}")).Reactions.N);
        var stored = JsonSerializer.Serialize((await host.Facts(RunEvaluation.IdOf(new(held.Run)))).OfType<ReactionsRecorded>(), House.Options);
        Assert.DoesNotContain("test-employee", await Senders(held.Run));
        Assert.DoesNotContain(held.People, person => stored.Contains(person.ToString(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Employee, $"self:{held.People[0]}")
            .PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([held.People[1]]), Ct)).StatusCode);
    }

    async Task<IEnumerable<string?>> Senders(Guid run)
    {
        await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession(EvaluationHost.Tenant);
        return [.. (await query.Events.FetchStreamAsync(RunEvaluation.IdOf(new(run)), token: Ct)).Where(stored => stored.Data is ReactionsRecorded).Select(stored => stored.UserName)];
    }

    [Fact]
    public async Task A_finding_goes_from_found_to_used()
    {
        await PublishChecklist();
        var held = await HoldRun(2);
        var inspection = await Inspect(held.Estate, "A1", "A8");
        Guid finding = Finding.IdOf(new(inspection), "A1").Value, need = Guid.CreateVersion7();
        Assert.True(await host.Bus.Next<V1.FindingRecorded>(message => message.FindingId == finding) is { Severity: "minor", Cause: "skill", CompetencyCode: "C19" });
        Assert.Equal(0, (await Get<InspectionCard>($"/inspections/{inspection}")).Score);

        await host.Bus.Publish(new TrainingNeedApproved
        {
            NeedId = need, CompetencyCode = "C19", PositionCode = "FD", Region = "HZ", FindingIds = [finding], ApprovedAt = Samples.Now,
        }, need);
        await host.Bus.Publish(Raised(held, held.People[0]), held.People[0]);
        await Eventually.True(async () => await Get<FindingDetail>($"/findings/{finding}") is { Finding.State: FindingState.Trained, ProvenPeople: 1 }, "the finding is trained");

        Assert.Equal(HttpStatusCode.NoContent, (await host.Client(Role.QualityInspector).PostAsJsonAsync($"/findings/{finding}/verify", new { on = "2027-01-30", passed = true }, Ct)).StatusCode);
        Assert.Equal(new(2027, 1, 30), (await host.Bus.Next<V1.FindingVerified>(message => message.FindingId == finding)).VerifiedOn);
        var utilisation = (await Get<Utilisation>("/utilisation?from=2027-01-01&to=2027-03-31")).Estates[held.Estate];
        Assert.Equal(new Funnel(Found: 2, TrainingRelevant: 2, Actioned: 1, Trained: 1, Verified: 1), utilisation);
        Assert.Equal(0.5m, utilisation.Rate);
        Assert.Equal(2, (await Get<Page<FindingCard>>($"/findings?estateId={held.Estate}")).Total);
        Assert.Equal(1, (await Get<Page<FindingCard>>($"/findings?estateId={held.Estate}&state=Verified")).Total);
        Assert.True(await Get<Summary>("/summary") is { Findings: >= 2, LevelsRaised: >= 1, Verified: >= 1 });
        await SummaryCountsAsTheFunnel();
    }

    [Fact]
    public async Task A_finding_that_comes_back_is_told_and_no_longer_counts_as_trained()
    {
        await PublishChecklist();
        var held = await HoldRun(1);
        Guid finding = Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value, need = Guid.CreateVersion7();
        TrainingNeedApproved approved = new() { NeedId = need, CompetencyCode = "C19", PositionCode = "FD", Region = "HZ", FindingIds = [finding], ApprovedAt = Samples.Now };
        await host.Bus.Publish(approved, need);
        await host.Bus.Publish(Raised(held, held.People[0]), held.People[0]);
        await Eventually.True(async () => (await Get<FindingDetail>($"/findings/{finding}")).Finding.Trained, "the finding is trained");
        async Task Verify(string on, bool passed) => Assert.Equal(
            HttpStatusCode.NoContent, (await host.Client(Role.QualityInspector).PostAsJsonAsync($"/findings/{finding}/verify", new { on, passed }, Ct)).StatusCode);

        await Verify("2027-01-30", passed: false);
        Assert.Equal(new(2027, 1, 30), (await host.Bus.Next<V1.FindingRecurred>(message => message.FindingId == finding)).RecurredOn);
        Assert.True((await Get<FindingDetail>($"/findings/{finding}")).Finding is { State: FindingState.Recurred, Trained: false, NeedIds: [] });

        await host.Bus.Publish(approved, need);
        await Eventually.True(async () => await Get<FindingDetail>($"/findings/{finding}") is { Finding: { State: FindingState.Actioned, Trained: false }, ProvenPeople: 0 }, "it is acted upon again");
        await Verify("2027-02-10", passed: true);
        Assert.Equal(new Funnel(Found: 1, TrainingRelevant: 1, Actioned: 1, Trained: 0, Verified: 0), (await Get<Utilisation>("/utilisation?from=2027-01-01&to=2027-03-31")).Estates[held.Estate]);
    }

    static CompetencyLevelChanged Raised(HeldRun held, Guid person) => new()
    {
        EmployeeId = person, CompetencyCode = "C19", FromLevel = 2, ToLevel = 4, RequiredLevel = 4, RunId = held.Run, ChangedAt = Samples.Now.AddDays(1),
    };

    [Fact]
    public async Task Learning_told_before_the_need_was_approved_is_not_lost()
    {
        await PublishChecklist();
        var held = await HoldRun(1);
        Guid finding = Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value, need = Guid.CreateVersion7();
        var before = (await Get<Summary>("/summary")).LevelsRaised;
        await host.Bus.Publish(Raised(held, held.People[0]), held.People[0]);
        await Eventually.True(async () => (await Get<Summary>("/summary")).LevelsRaised > before, "the level is known");

        await host.Bus.Publish(new TrainingNeedApproved
        {
            NeedId = need, CompetencyCode = "C19", PositionCode = "FD", Region = "HZ", FindingIds = [finding], ApprovedAt = Samples.Now,
        }, need);

        await Eventually.True(async () => (await Get<FindingDetail>($"/findings/{finding}")).Finding.State == FindingState.Trained, "the finding is trained");
    }

    [Fact]
    public async Task Learning_and_approval_in_the_same_moment_never_miss_each_other()
    {
        await PublishChecklist();
        var held = await HoldRun(10);
        List<Guid> findings = [];
        for (var i = 0; i < 5; i++) findings.Add(Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value);

        await Task.WhenAll(
        [
            .. findings.Select(finding => host.Bus.Publish(new TrainingNeedApproved
            {
                NeedId = finding, CompetencyCode = "C19", PositionCode = "FD", Region = "HZ", FindingIds = [finding], ApprovedAt = Samples.Now,
            }, finding)),
            .. held.People.Select(person => host.Bus.Publish(Raised(held, person), person)),
        ]);

        await Eventually.True(async () => (await Get<Page<FindingCard>>($"/findings?estateId={held.Estate}&state=Trained")).Total == 5, "all findings are trained");
        await Eventually.True(async () => await Get<FindingDetail>($"/findings/{findings[0]}") is { ProvenPeople: 10 }, "all ten are counted");
        foreach (var finding in findings) Assert.Single((await host.Facts(finding)).OfType<FindingTrained>());
    }

    [Fact]
    public async Task A_retired_course_renews_no_certificate()
    {
        var held = await HoldRun(1);
        await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People, 90), Ct);
        Assert.True(Assert.Single((await Get<Page<CertificateCard>>($"/certificates?employeeId={held.People[0]}")).Items).Renewable);

        await host.Bus.Publish(new CourseRetired { CourseId = held.Course }, held.Course);

        await Eventually.True(async () => (await Get<Page<CertificateCard>>($"/certificates?employeeId={held.People[0]}")).Items is [{ Renewable: false }], "the course is gone");
    }

    [Fact]
    public async Task History_is_imported_in_one_call_and_counts_with_its_quarter()
    {
        await PublishChecklist();
        var held = await HoldRun(1);
        var rows = Enumerable.Range(0, 400).Select(row => new
        {
            period = "2026Q4", estateId = held.Estate, itemCode = row % 2 == 0 ? "A1" : "A8", cause = row % 4 < 2 ? "skill" : "tool", trained = row % 8 == 0, verified = row % 16 == 0,
        }).ToList();

        for (var again = 0; again < 2; again++)
        {
            var answer = await host.Client(Role.QualityInspector).PostAsJsonAsync("/findings/import", new { checklistVersion = "v3", findings = rows }, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        var estate = (await Get<Utilisation>("/utilisation?from=2026-10-01&to=2026-12-31")).Estates[held.Estate];
        Assert.Equal(new Funnel(Found: 400, TrainingRelevant: 200, Actioned: 50, Trained: 50, Verified: 25), estate);
        Assert.Empty((await Get<Utilisation>("/utilisation?from=2026-10-02&to=2026-12-31")).Estates);

        var other = await host.Client(Role.QualityInspector).PostAsJsonAsync("/findings/import", new { checklistVersion = "v3", findings = rows[1..] }, Ct);
        Assert.Equal("history-fixed", await Code(other));
        await SummaryCountsAsTheFunnel();
    }

    /// <summary>The one counts in the database, the other here.</summary>
    async Task SummaryCountsAsTheFunnel()
    {
        var (summary, all) = (await Get<Summary>("/summary"), await Get<Utilisation>("/utilisation?from=0001-01-01&to=9999-12-31"));
        Assert.Equal((all.Found, all.TrainingRelevant, all.Actioned, all.Trained, all.Verified, all.Rate),
            (summary.Findings, summary.Relevant, summary.Actioned, summary.Trained, summary.Verified, summary.Utilisation));
    }

    [Fact]
    public async Task A_message_delivered_again_changes_nothing()
    {
        var held = await HoldRun(1);
        var before = await host.Facts(RunEvaluation.IdOf(new(held.Run)));

        for (var i = 0; i < 3; i++) await host.Bus.Publish(Held(held.Run, held.Course, held.Estate, [Guid.CreateVersion7()]), held.Run, version: 1);
        var (later, estate) = (Guid.CreateVersion7(), held.Estate);
        await host.Bus.Publish(Held(later, held.Course, estate, held.People), later);
        await Eventually.True(async () => (await host.Facts(RunEvaluation.IdOf(new(later)))).Count == 1, "the later run is open");

        Assert.Equal(before.Select(House.Json), (await host.Facts(RunEvaluation.IdOf(new(held.Run)))).Select(House.Json));
    }

    [Fact]
    public async Task A_refusal_names_its_rule()
    {
        var held = await HoldRun(1);
        var stranger = Guid.CreateVersion7();
        var answer = await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([stranger]), Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("not-an-attendee", problem.GetProperty("code").GetString());
        Assert.Contains(stranger.ToString(), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_to_come_is_not_recorded()
    {
        await PublishChecklist();
        var held = await HoldRun(1);
        var finding = Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value;
        var inspector = host.Client(Role.QualityInspector);
        var results = new[] { new { employeeId = held.People[0], pre = 60, post = 90, takenAt = "2099-01-01T08:00:00Z" } };

        Assert.Equal("in-the-future", await Code(await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/tests", new { results }, Ct)));
        Assert.Equal("in-the-future", await Code(await inspector.PostAsJsonAsync($"/findings/{finding}/verify", new { on = "2099-01-01", passed = true }, Ct)));
        Assert.Equal("in-the-future", await Code(await inspector.PutAsJsonAsync($"/inspections/{Guid.CreateVersion7()}", new
        {
            estateId = held.Estate, checklistVersion = "v3", inspector = "E0007", on = "2099-01-01", findings = Array.Empty<object>(),
        }, Ct)));
    }

    [Fact]
    public async Task What_nobody_knows_is_not_found()
    {
        var unknown = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{unknown}/reactions", Reactions([unknown]), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{unknown}/tests", Tests([unknown], 90), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.QualityInspector).PostAsJsonAsync($"/findings/{unknown}/verify", new { on = "2027-01-30", passed = true }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(Role.QualityInspector).GetAsync($"/inspections/{unknown}", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("""{ "results": 5 }""")]
    [InlineData("""{ "results": null }""")]
    [InlineData("""{ }""")]
    [InlineData("""{ "results": [ { "pre": 1, "post": 2 } ] }""")]
    [InlineData("""{ "reactions": [ { "employeeId": "018f7c2e-0000-7000-8000-000000000000", "ratings": null } ] }""", "reactions")]
    public async Task Malformed_input_is_refused_in_words(string body, string route = "tests")
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await host.Client(Role.Trainer).PostAsync($"/evaluations/{Guid.CreateVersion7()}/{route}", content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("malformed-request", await Code(answer));
    }

    [Fact]
    public async Task Only_the_roles_named_may_write_and_only_within_their_scope()
    {
        await PublishChecklist();
        var held = await HoldRun(1);
        var finding = Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value;
        var verify = new { on = "2027-01-30", passed = true };

        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Employee).PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People, 90), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.Trainer, "region:BJ").PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People, 90), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.QualityInspector, "region:BJ").PostAsJsonAsync($"/findings/{finding}/verify", verify, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client(Role.QualityInspector, "region:HZ").PostAsJsonAsync($"/findings/{finding}/verify", verify, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client("").GetAsync("/evaluations", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_role_holds_only_where_it_was_granted()
    {
        await PublishChecklist();
        var held = await HoldRun(2);
        var (own, other) = (held.People[0], held.People[1]);
        await host.Client(Role.Trainer).PostAsJsonAsync($"/evaluations/{held.Run}/tests", Tests(held.People, 90), Ct);
        using var controller = host.Client([new(Role.FinanceController, "group"), new(Role.Employee, $"self:{own}")]);

        Assert.Single((await controller.GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{own}/evaluations", House.Options, Ct))?.Items ?? []);
        Assert.Equal(0, (await controller.GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{other}/evaluations", House.Options, Ct))?.Total);
        Assert.Equal(HttpStatusCode.NoContent, (await controller.PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([own]), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await controller.PostAsJsonAsync($"/evaluations/{held.Run}/reactions", Reactions([other]), Ct)).StatusCode);

        var finding = Finding.IdOf(new(await Inspect(held.Estate, "A1")), "A1").Value;
        var verify = new { on = "2027-01-30", passed = true };
        using var managerHere = host.Client([new(Role.QualityInspector, $"estate:{Guid.CreateVersion7()}"), new(Role.EstateManager, $"estate:{held.Estate}")]);
        Assert.Equal(HttpStatusCode.OK, (await managerHere.GetAsync($"/findings/{finding}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await managerHere.PostAsJsonAsync($"/findings/{finding}/verify", verify, Ct)).StatusCode);
        using var inspectorHere = host.Client([new(Role.QualityInspector, $"estate:{held.Estate}"), new(Role.EstateManager, $"estate:{Guid.CreateVersion7()}")]);
        Assert.Equal(HttpStatusCode.NoContent, (await inspectorHere.PostAsJsonAsync($"/findings/{finding}/verify", verify, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_learner_takes_the_test_of_his_run_by_himself()
    {
        var held = await HoldRun(2);
        var (manager, person) = (host.Client(Role.GroupTrainingManager), held.People[0]);
        using var own = host.Client(Role.Employee, $"self:{person}");
        var (bank, test) = ($"/question-banks/{held.Course}", $"/evaluations/{held.Run}/tests/{person}");
        async Task<OwnTest> Test() => await own.GetFromJsonAsync<OwnTest>(test, House.Options, Ct) ?? throw new InvalidOperationException();
        async Task<TestState> Listed() => Assert.Single((await own.GetFromJsonAsync<Page<OwnEvaluation>>($"/employees/{person}/evaluations", House.Options, Ct))?.Items ?? []).Test;

        Assert.Equal((TestState.NoQuestions, TestState.NoQuestions), ((await Test()).State, await Listed()));
        Assert.Equal(HttpStatusCode.NotFound, (await own.PostAsJsonAsync(test, new { attempt = 1, answers = new[] { new[] { 0 } } }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(bank, Ct)).StatusCode);
        var questions = Enumerable.Range(1, 8).Select(number => new { stem = Both($"Q{number}"), options = new[] { Both("right"), Both("wrong"), Both("worse") }, right = new[] { 0 } });
        Assert.Equal("draw-out-of-range", await Code(await manager.PutAsJsonAsync(bank, new { version = 1, draw = 9, questions }, Ct)));
        for (var again = 0; again < 2; again++) Assert.Equal(HttpStatusCode.NoContent, (await manager.PutAsJsonAsync(bank, new { version = 1, draw = 5, questions }, Ct)).StatusCode);
        Assert.Equal((1, 8, 5), Assert.Single((await Get<Page<QuestionBankCard>>("/question-banks?take=1000")).Items, card => card.CourseId == held.Course) is var card ? (card.Version, card.Questions, card.Draw) : default);
        Assert.Equal([0], (await Get<BankVersion>(bank)).Questions[0].Right);

        var paper = await Test();
        Assert.Equal((TestState.Open, 1, 3, 5, TestState.Open), (paper.State, paper.Attempt, paper.AttemptsLeft, paper.Questions.Length, await Listed()));
        Assert.DoesNotContain("\"right\":", await own.GetStringAsync(test, Ct), StringComparison.Ordinal);
        Assert.Equal(House.Json(paper), House.Json(await Test()));
        var answers = paper.Questions.Select(question => new[] { question.Options.IndexOf(new("right", "right")) }).ToArray();
        using var neighbour = host.Client(Role.Employee, $"self:{held.People[1]}");
        Assert.Equal(HttpStatusCode.Forbidden, (await neighbour.PostAsJsonAsync(test, new { attempt = 1, answers }, Ct)).StatusCode);
        Assert.Equal("answers-missing", await Code(await own.PostAsJsonAsync(test, new { attempt = 1, answers = answers[1..] }, Ct)));

        for (var again = 0; again < 2; again++)
            Assert.Equal(new SubmitTestHandler.Answer(100, true, 5, 5, 2), await (await own.PostAsJsonAsync(test, new { attempt = 1, answers }, Ct)).Content.ReadFromJsonAsync<SubmitTestHandler.Answer>(House.Options, Ct));
        Assert.Equal([person], (await host.Bus.Next<V1.LearningProven>(message => message.RunId == held.Run)).Learners.Select(learner => learner.EmployeeId));
        Assert.Single((await Get<Page<CertificateCard>>($"/certificates?employeeId={person}")).Items);
        Assert.Equal((TestState.Passed, 100, 0), await Test() is var after ? (after.State, after.LastScore, after.Questions.Length) : default);
        Assert.Equal(5, (await host.Facts(RunEvaluation.IdOf(new(held.Run)))).Count);

        static object Both(string text) => new { chinese = text, english = text };
    }

    [Fact]
    public async Task Another_group_sees_nothing()
    {
        var held = await HoldRun(1);
        var other = host.Client(Role.GroupTrainingManager, tenant: "OTHER");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/evaluations/{held.Run}", Ct)).StatusCode);
        Assert.Equal(0, (await other.GetFromJsonAsync<Page<EvaluationCard>>("/evaluations", House.Options, Ct))?.Total);
        Assert.Equal(new Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), await other.GetFromJsonAsync<Summary>("/summary", House.Options, Ct));
    }
}
