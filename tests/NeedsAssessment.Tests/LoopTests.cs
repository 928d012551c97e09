using System.Net;
using System.Net.Http.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Training.Contracts.Catalogue.V1;
using Training.Contracts.Evaluation.V1;
using Training.Foundation;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Surveys;
using V1 = Training.Contracts.NeedsAssessment.V1;

namespace Training.NeedsAssessment.Tests;

[Collection<WithHost>]
public class LoopTests(NeedsHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    async Task<NeedCard> NeedOf(string competency, string position) =>
        Assert.Single((await host.Get<Page<NeedCard>>($"/needs?competencyCode={competency}&positionCode={position}"))?.Items ?? []);

    async Task<Guid> PublishCourse(string code, string competency, int from, int to, string audience)
    {
        var course = Guid.CreateVersion7();
        await host.Bus.Publish(new CoursePublished
        {
            CourseId = course, Code = code, Version = 1, Title = code, TitleEnglish = code, Module = "K", Mode = "ILT", Minutes = 360, MinLearners = 10, MaxLearners = 24,
            Steps = [new() { CompetencyCode = competency, FromLevel = from, ToLevel = to }], Audience = [audience], Prerequisites = [], ValidityMonths = 36, FundCategory = "FC2",
            TrainerGrade = "I3", Equipment = [], CostPerRun = 1000, CostPerLearner = 10, Currency = "CNY",
        }, course);
        return course;
    }

    [Fact]
    public async Task A_gap_with_a_finding_becomes_a_place_on_a_frozen_plan()
    {
        var estate = await host.OpenEstate("HZ");
        await host.PublishStandard("B1", NeedsHost.Require("C07", 4, 1.3m, 1.5m));
        var people = await host.Hire(12, estate, "B1");
        await NeedsHost.Ok(await host.Assess(people, new() { ["C07"] = 2 }));
        var (finding, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Bus.Publish(Found(finding, "critical", "skill"), finding);
        await host.Bus.Publish(Found(other, "major", "tool"), other);
        await host.Bus.Publish(new FindingVerified { FindingId = other, VerifiedOn = new(2026, 12, 2) }, other);
        await PublishCourse("B1K", "C07", 2, 4, "B1");

        await Eventually.True(async () =>
        {
            await host.Post("/needs/refresh", new { });
            return (await NeedOf("C07", "B1")).FindingIds is [var only] && only == finding;
        }, "the finding is a reason of the need");
        var need = await NeedOf("C07", "B1");
        Assert.Equal((12, 46.8m, 3m, NeedState.Candidate), (need.Heads, need.WeightedGap, need.Consequence, need.State));

        await host.Post("/needs/approve", new { needIds = new[] { need.Id } });
        Assert.Equal([finding], (await host.Bus.Next<V1.TrainingNeedApproved>(message => message.NeedId == need.Id)).FindingIds);

        var planId = Guid.CreateVersion7();
        object body = new { year = 2027, quarter = "2027Q1", placesPerCourse = new Dictionary<string, int> { ["B1K"] = 10 } };
        await Eventually.True(async () =>
        {
            await host.Put($"/plans/{planId}", body);
            return await host.Get<PlanCard>($"/plans/{planId}") is { Places: 10, Frozen: false };
        }, "the course is known and the plan drafted");
        var frozen = await (await host.Post($"/plans/{planId}/freeze", new { })).Content.ReadFromJsonAsync<PlanCard>(House.Options, Ct);
        Assert.Equal((true, 1), (frozen?.Frozen, frozen?.Version));

        var line = await host.Bus.Next<V1.TrainingPlanLineFrozen>(message => message.PlanId == planId);
        Assert.Equal(("B1K", "HZ", 10), (line.CourseCode, line.Region, line.Learners.Select(learner => learner.EmployeeId).Intersect(people).Count()));
        var whole = await host.Bus.Next<V1.TrainingPlanFrozen>(message => message.PlanId == planId);
        Assert.Equal((1, 10, "2027Q1", 1), (whole.Lines, whole.Places, whole.Quarter, whole.Version));
        Assert.Equal(NeedState.Planned, (await NeedOf("C07", "B1")).State);
        Assert.Equal(10, (await host.Get<PlanLine>($"/plans/{planId}/lines/{line.LineId}"))?.Learners.Length);

        var before = await host.FactCount();
        await host.Post($"/plans/{planId}/freeze", new { });
        await host.Post("/needs/approve", new { needIds = new[] { need.Id } });
        await NeedsHost.Refused(await host.Manager.PutAsJsonAsync($"/plans/{planId}", body, Ct), "plan-frozen");
        Assert.Equal(before, await host.FactCount());

        var second = Guid.CreateVersion7();
        await host.Put($"/plans/{second}", body);
        var rest = await (await host.Post($"/plans/{second}/freeze", new { })).Content.ReadFromJsonAsync<PlanCard>(House.Options, Ct);
        Assert.Equal((2, 2), (rest?.Places, rest?.Version));

        FindingRecorded Found(Guid id, string severity, string cause) => new()
        {
            FindingId = id, EstateId = estate, ItemCode = "I-07", Severity = severity, Cause = cause, CompetencyCode = "C07", FoundOn = new(2026, 12, 1),
        };
    }

    [Fact]
    public async Task Two_plans_of_a_quarter_give_nobody_more_than_one()
    {
        string[] competencies = ["C31", "C32", "C33"];
        await host.PublishStandard("B4", [.. competencies.Select(code => NeedsHost.Require(code, 4))]);
        var people = await host.Hire(3, await host.OpenEstate("BJ"), "B4");
        foreach (var code in competencies) await PublishCourse($"B4-{code}", code, 0, 4, "B4");
        await host.Post("/needs/refresh", new { });
        var board = await host.Get<Page<NeedCard>>("/needs?positionCode=B4");
        await host.Post("/needs/approve", new { needIds = board?.Items.Select(need => need.Id) });

        var (first, same, more) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Eventually.True(async () =>
        {
            foreach (var plan in new[] { first, same }) await Draft(plan, "B4-C31", "B4-C32");
            await Draft(more, "B4-C33");
            return await Places(first) == 6 && await Places(same) == 6 && await Places(more) == 3;
        }, "all courses are known");

        // At once: whoever comes second finds the version taken, or the plan frozen.
        var answers = await Task.WhenAll(new[] { first, same }.Select(plan => host.Manager.PostAsync($"/plans/{plan}/freeze", null, Ct)));
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.DoesNotContain(answers, answer => answer.StatusCode >= HttpStatusCode.InternalServerError);
        if (answers[1].IsSuccessStatusCode) (first, same) = (same, first);
        Assert.True(await host.Get<PlanCard>($"/plans/{first}") is { Frozen: true });
        foreach (var stale in new[] { same, more })
        {
            await NeedsHost.Refused(await host.Manager.PostAsync($"/plans/{stale}/freeze", null, Ct), "draft-stale");
            Assert.DoesNotContain(await host.Facts(stale), fact => fact is PlanLineFrozen or PlanFrozen);
        }

        await Draft(more, "B4-C33");
        Assert.Equal(0, await Places(more));
        var late = (await host.Hire(1, (await host.Get<GapCard>($"/employees/{people[0]}/competencies"))?.EstateId ?? default, "B4"))[0];
        await Draft(same, "B4-C31", "B4-C32");
        await host.Post($"/plans/{same}/freeze", new { });
        var lines = (await host.Get<PlanCard>($"/plans/{same}"))?.Lines ?? [];
        Assert.Equal(2, lines.Count);
        foreach (var line in lines) Assert.Equal([late], (await host.Get<PlanLine>($"/plans/{same}/lines/{line.LineId}"))?.Learners.Select(learner => learner.EmployeeId.Value));

        Task Draft(Guid plan, params string[] courses) => host.Put($"/plans/{plan}", new { year = 2028, quarter = "2028Q3", placesPerCourse = courses.ToDictionary(code => code, _ => 10) });
        async Task<int?> Places(Guid plan) => (await host.Get<PlanCard>($"/plans/{plan}"))?.Places;
    }

    [Fact]
    public async Task A_finding_that_came_back_is_a_reason_again()
    {
        var (estate, finding) = (await host.OpenEstate("HZ"), Guid.CreateVersion7());
        await host.PublishStandard("B6", NeedsHost.Require("C16", 4));
        await NeedsHost.Ok(await host.Assess(await host.Hire(2, estate, "B6"), new() { ["C16"] = 2 }));
        await host.Bus.Publish(new FindingRecorded
        {
            FindingId = finding, EstateId = estate, ItemCode = "I-16", Severity = "major", Cause = "skill", CompetencyCode = "C16", FoundOn = new(2026, 12, 1),
        }, finding);
        await Reasons([finding], "it is a reason");
        await host.Bus.Publish(new FindingVerified { FindingId = finding, VerifiedOn = new(2026, 12, 2) }, finding);
        await Reasons([], "it was put right");
        await host.Bus.Publish(new FindingRecurred { FindingId = finding, RecurredOn = new(2026, 12, 3) }, finding);
        await Reasons([finding], "it came back");

        var need = (await NeedOf("C16", "B6")).Id;
        await host.Post("/needs/approve", new { needIds = new[] { need } });
        await host.Bus.Publish(new FindingRecurred { FindingId = finding, RecurredOn = new(2026, 12, 9) }, finding);
        await Eventually.True(() => Task.FromResult(host.Bus.Received<V1.TrainingNeedApproved>().Count(message => message.NeedId == need && message.FindingIds.SequenceEqual([finding])) == 2),
            "the approved need takes it on again");

        Task Reasons(Guid[] expected, string what) => Eventually.True(async () =>
        {
            await host.Post("/needs/refresh", new { });
            return await host.Get<Page<NeedCard>>("/needs?competencyCode=C16&positionCode=B6") is { Items: [var one] } && one.FindingIds.SequenceEqual(expected);
        }, what);
    }

    [Fact]
    public async Task Needs_are_judged_by_those_who_may()
    {
        await host.PublishStandard("B2", NeedsHost.Require("C10", 2));
        await host.Hire(1, await host.OpenEstate("GD"), "B2");
        await Eventually.True(async () =>
        {
            await host.Post("/needs/refresh", new { });
            return await host.Get<Page<NeedCard>>("/needs?positionCode=B2&region=GD") is { Total: 1 };
        }, "the need is on the board");
        var need = await NeedOf("C10", "B2");

        object cause = new { cause = "tool", owner = "IT" };
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.RegionalManager, "region:SH").PostAsJsonAsync($"/needs/{need.Id}/cause", cause, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.EstateManager).PostAsJsonAsync("/needs/approve", new { needIds = new[] { need.Id } }, Ct)).StatusCode);
        await NeedsHost.Ok(await host.Client(Role.RegionalManager, "region:GD").PostAsJsonAsync($"/needs/{need.Id}/cause", cause, Ct));

        await host.Post("/needs/refresh", new { });
        var handed = await NeedOf("C10", "B2");
        Assert.Equal((NeedState.HandedOver, Cause.Tool, "IT"), (handed.State, handed.Cause, handed.Owner));
        await NeedsHost.Refused(await host.Manager.PostAsJsonAsync("/needs/approve", new { needIds = new[] { need.Id } }, Ct), "not-a-candidate");
        Assert.Equal(HttpStatusCode.NotFound, (await host.Manager.PostAsJsonAsync("/needs/approve", new { needIds = new[] { Guid.NewGuid() } }, Ct)).StatusCode);
        Assert.True((await host.Get<NeedSummary>("/needs/summary"))?.HandedOver >= 1);

        await host.Post($"/needs/{need.Id}/cause", new { cause = "skill" });
        await host.Post($"/needs/{need.Id}/reject", new { reason = "later" });
        await NeedsHost.Refused(await host.Manager.PostAsJsonAsync($"/needs/{need.Id}/cause", new { cause = "skill" }, Ct), "need-rejected");
        await host.Hire(1, await host.OpenEstate("GD"), "B2");
        await Eventually.True(async () =>
        {
            await host.Post("/needs/refresh", new { });
            return await NeedOf("C10", "B2") is { State: NeedState.Rejected, GrewSinceRejected: true, Heads: 2 };
        }, "the rejected need is seen to have grown");
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(Role.RegionalManager, "region:GD").PostAsync($"/needs/{need.Id}/reopen", null, Ct)).StatusCode);
        await host.Post($"/needs/{need.Id}/reopen", new { });
        Assert.True(await NeedOf("C10", "B2") is { State: NeedState.Candidate, GrewSinceRejected: false, RejectedBecause: "" });
        await host.Post("/needs/approve", new { needIds = new[] { need.Id } });
        Assert.Equal(0, (await host.Client(Role.GroupTrainingManager, tenant: "OTHER").GetFromJsonAsync<Page<NeedCard>>("/needs", House.Options, Ct))?.Total);
    }

    [Fact]
    public async Task Owners_answer_once_and_unseen()
    {
        var (wave, estate, small) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        object body = new
        {
            code = "2026Q4",
            items = new object[]
            {
                new { code = "Q03", text = "报修一次修好", textEnglish = "Repairs fixed first time", dimension = "reliability", competencyCode = "C99 C98" },
                new { code = "Q07", text = "员工礼仪仪表", textEnglish = "Manners and appearance", dimension = "assurance" },
            },
            strata = new[] { new { estateId = estate, households = 186 }, new { estateId = small, households = 96 } },
        };
        await host.Put($"/survey-waves/{wave}", body);
        var sizes = await (await host.Manager.PutAsJsonAsync($"/survey-waves/{wave}", body, Ct)).Content.ReadFromJsonAsync<OpenWaveHandler.Answer>(Ct);
        Assert.Equal([84, 59], sizes?.Strata.Select(stratum => stratum.SampleSize));
        Assert.Equal(143, sizes?.Total);

        var tokens = await Tokens(estate, 84);
        var few = await Tokens(small, 59);
        var owner = host.Client("");
        object sheet = new { answers = new[] { new { item = "Q03", importance = 10, performance = 4 }, new { item = "Q07", importance = 6, performance = 8 } }, nps = 9 };
        await NeedsHost.Refused(await owner.PostAsJsonAsync($"/survey-answers/{tokens[0]}", new { answers = new[] { new { item = "Q03", importance = 11, performance = 4 } } }, Ct), "rating-out-of-range");
        await NeedsHost.Refused(await owner.PostAsJsonAsync($"/survey-answers/{tokens[0]}", new { }, Ct), "empty-sheet");
        foreach (var token in tokens.Take(40).Concat(few.Take(3)))
            Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsJsonAsync($"/survey-answers/{token}", sheet, Ct)).StatusCode);
        await NeedsHost.Refused(await owner.PostAsJsonAsync($"/survey-answers/{tokens[0]}", sheet, Ct), "token-used");
        Assert.True(await owner.GetFromJsonAsync<Questionnaire>($"/survey-answers/{tokens[0]}", House.Options, Ct) is { Used: true, Closed: false, Items.Count: 2 });
        Assert.True(await owner.GetFromJsonAsync<Questionnaire>($"/survey-answers/{tokens[50]}", House.Options, Ct) is { Used: false, Items: [{ Code: "Q03", TextEnglish: "Repairs fixed first time" }, ..] });
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync("/survey-answers/nothing", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsJsonAsync($"/survey-answers/OTHER{tokens[50][2..]}", sheet, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.PostAsJsonAsync("/survey-answers/nothing", sheet, Ct)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsJsonAsync($"/survey-answers/{tokens[70]}", new { overall = 9 }, Ct)).StatusCode);
        Assert.Equal(0, await TimesKeptBesideAnswers());

        await NeedsHost.Refused(await host.Manager.GetAsync($"/survey-waves/{wave}/results", Ct), "wave-open");
        await host.Post($"/survey-waves/{wave}/close", new { });
        var before = await host.FactCount();
        await host.Post($"/survey-waves/{wave}/close", new { });
        Assert.Equal(before, await host.FactCount());
        await NeedsHost.Refused(await owner.PostAsJsonAsync($"/survey-answers/{tokens[60]}", sheet, Ct), "wave-closed");

        var results = await host.Get<SurveyResults>($"/survey-waves/{wave}/results");
        Assert.Equal((44, 100m, null, false), (results?.Responses, results?.Nps, results?.Overall, results?.Suppressed));
        Assert.Equal(0, Assert.Single((await host.Facts(wave)).OfType<SurveyWaveClosed>()).Means.OverallAnswers);
        Assert.Equal([Quadrant.ConcentrateHere, Quadrant.PossibleOverkill], results?.Items.Select(item => item.Quadrant));
        Assert.Equal((41, false), await OfEstate(estate));
        Assert.Equal((3, true), await OfEstate(small));

        async Task<long> TimesKeptBesideAnswers()
        {
            await using var query = host.Services.GetRequiredService<IDocumentStore>().QuerySession("YL");
            return (await query.AdvancedSql.QueryAsync<long>(
                "select count(*) from information_schema.columns where table_name in ('mt_doc_surveytoken', 'mt_doc_surveyanswer') and data_type like 'timestamp%'", Ct))[0];
        }

        async Task<(int?, bool?)> OfEstate(Guid id)
        {
            var found = await host.Get<SurveyResults>($"/survey-waves/{wave}/results?estateId={id}");
            return (found?.Responses, found?.Suppressed);
        }

        async Task<IReadOnlyList<string>> Tokens(Guid id, int count) => (await (await host.Post($"/survey-waves/{wave}/tokens", new { estateId = id, count }))
            .Content.ReadFromJsonAsync<IssueTokensHandler.Answer>(Ct))?.Tokens ?? [];
    }
}
