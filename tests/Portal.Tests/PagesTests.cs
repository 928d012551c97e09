using System.Net;

namespace Training.Portal.Tests;

public sealed class PagesTests : IAsyncDisposable
{
    readonly PortalHost portal = new();

    public static TheoryData<string, string, string[]> Pages => new()
    {
        { "/", "zh-CN", ["5,880", "1,426", "64.1", "1,402", "31,765", "68%", "153", "237 / 408", "2027Q1 v1", "13,754", "490", "1,377", "2,611", "35%", "预留与承诺（CNY）", "426,000", "业主需求"] },
        { "/", "en", ["237 of 408", "426,000", "Reserved and committed (CNY)", "Owner demand", "Levels raised", "Money 2027"] },
        { "/workforce", "zh-CN", ["EST-01", "西溪别院", "杭州", "云麓杭州", "1,186", "管家", "保洁员"] },
        { "/workforce", "en", ["Hangzhou", "Yunlu Hangzhou", "Villa", "Steward", "Cleaner"] },
        { "/needs", "zh-CN", ["C07 投诉处理与服务补救", "管家", "2.46", "Q02 Q09", "已批准", "已列入计划 92"] },
        { "/needs", "en", ["C07 Complaint handling, recovery", "Gap 0.82 × exposure 1.5 × consequence 2.", "Cause: tool, owner IT.", "Training requests: 1.", "Rejected: later. It has grown since; look at it again.", "Rank again"] },
        { "/survey", "zh-CN", ["首次响应及时", "重点改进", "64.1", "34%"] },
        { "/survey", "en", ["First response is prompt", "Concentrate here"] },
        { "/gaps", "zh-CN", ["72%", "C12 高端保洁与材质养护", "31,765", "2,345"] },
        { "/gaps", "en", ["72%", "C12 Premium cleaning and surfaces"] },
        { "/plans", "zh-CN", ["2027Q1", "已冻结 v1", "13,754", "K03 投诉处理与服务补救", "搁置", "No trainer is free."] },
        { "/plans", "en", ["Frozen v1", "Complaint handling and service recovery", "Hangzhou"] },
        { "/catalogue", "zh-CN", ["237 / 408", "70%", "秩序维护员", "C05 隐私保护", "高级内训师", "118%", "190,350", "投诉处理与服务补救"] },
        { "/catalogue", "en", ["237 of 408", "Owner privacy", "senior internal trainer", "118%", "Complaint handling and service recovery"] },
        { "/runs", "zh-CN", ["402", "K03 投诉处理与服务补救", "No trainer is free."] },
        { "/runs", "en", ["Confirmed 402", "K03 Complaint handling and service recovery"] },
        { $"/runs/{PlayedServices.Run}", "zh-CN", ["林讲师", "西溪培训室", "2,540", "名额已满。", "2027-01-13", "E1 管家", "停课"] },
        { $"/runs/{PlayedServices.Run}", "en", ["Cancel run", "Committed", "E1 Steward", "Free seats"] },
        { "/proposals", "zh-CN", ["排课方案", "杭州", "待确认", "83,640", "讲师生病", "为 2027Q1 计划搜索方案"] },
        { $"/proposals/{PlayedServices.Proposal}", "zh-CN", ["83,640", "逐个排课的代价：605,450", "K03 投诉处理与服务补救", "林讲师", "西溪培训室", "EST-01 的 LOBBY 岗只能抽出 9 人", "任何方案都如此", "顶岗 3 人。", "唯一的期次已满。", "错过的必修", "全部接受"] },
        { $"/proposals/{PlayedServices.Proposal}", "en", ["Timetable for Hangzhou", "by first fit: 605,450", "can spare 9 of the 12", "in every plan", "Backfill 3 heads. costs 960", "E1 Steward", "mandatory", "Price of a move", "Plan at this price", "1,234,567"] },
        { "/calendar", "zh-CN", ["K03 投诉处理与服务补救", "09:00–12:00", "2027-01-04 至 2027-01-10", "西溪培训室"] },
        { "/calendar?view=trainer", "en", ["林讲师", "K03", "2027-01-04 to 2027-01-10"] },
        { "/absences", "zh-CN", ["请假与停用", "林讲师", "2027-01-06 周三 00:00", "2027-01-07 周四 00:00", "西溪培训室", "2027-02-01 周一 09:00", "撤销"] },
        { "/absences", "en", ["Trainers away", "Sessions hit", "Hangzhou", "Take back"] },
        { "/coverage", "zh-CN", ["48,123", "STW", "西溪别院"] },
        { "/coverage", "en", ["Post half-hours checked", "Covered"] },
        { "/budgeting", "zh-CN", ["5,512,345", "355,598,000", "28,447,840", "各类岗位适应性培训", "2026-12"] },
        { "/budgeting", "en", ["5,333,970", "Job adaptation", "34,000", "Lines at their threshold", "Year 2027 2026", "Yunlu Hangzhou 98,000,000 1,400,000 1,470,000 not met 2,450,000 not met 85% met 99,999 7,840,000 met", "unknown"] },
        { "/budgeting?view=entity", "en", ["Yunlu Shanghai", "Yunlu Hangzhou", "-1,000"] },
        { "/budgeting?view=estate", "en", ["EST-01 西溪别院 Yunlu Hangzhou 50,000", "Of no single estate"] },
        { $"/budgeting?view=line&estate={PlayedServices.Estate}", "zh-CN", ["云麓杭州 · 2027Q1", "EST-01 西溪别院"] },
        { "/evaluation", "zh-CN", ["4.40", "0.71", "答卷过少"] },
        { "/evaluation", "en", ["K03 Complaint handling and service recovery", "4.40", "Too few answers to show"] },
        { "/evaluation?by=estate", "en", ["EST-01 西溪别院", "88%", "51 → 86", "Too few answers to show"] },
        { "/evaluation?by=trainer", "en", ["林讲师 · senior internal trainer", "4.40"] },
        { "/questions", "zh-CN", ["题库", "K03 投诉处理与服务补救"] },
        { $"/questions?course={PlayedServices.Course}", "en", ["Question banks", "? 业主投诉时先做什么？ | An owner complains. What comes first?", "+ 先倾听 | Listen", "- 先解释 | Explain", "Publish version 3"] },
        { "/findings", "zh-CN", ["4,321 个可培训问题中，1,512 个", "EST-01 西溪别院", "36%", "A-07", "重要"] },
        { "/findings", "en", ["Finding utilisation 35%: of 4,321 training-relevant findings, 1,512"] },
        { "/certificates", "zh-CN", ["2029-01-05", "1,288", "E1 管家"] },
        { "/certificates", "en", ["Complaint handling and service recovery"] },
        { "/today?day=2027-01-06", "zh-CN", ["西溪别院", "E1 · 管家", "离开点位 LOBBY", "消防设施操作员证", "2027-02-01"] },
        { "/today", "en", ["Complaints at night", "the person", "Approval takes 26.5 h on average", "C07 Complaint handling, recovery"] },
        { "/employees?position=STW", "en", ["E1", "Steward", "5,880 people", "Page 1 of 118"] },
        { $"/employees/{PlayedServices.Person}", "en", ["C07 Complaint handling, recovery", "75%", "Ask for training", "K03 Complaint handling and service recovery", "2029-01-05", "Fire-facility operator 2029-06-30"] },
        { "/team", "en", ["E1", "2/4", "75%"] },
        { "/audit?actor=lin@yl", "zh-CN", ["NeedApproved", "lin@yl", "2026-12-31 周四 10:00"] },
        { $"/follow?id={PlayedServices.Event}", "en", ["2 events in 2 services", "FundingRequested", "FundsReserved", "2540"] },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_shows_the_numbers_of_its_services(string path, string culture, string[] expected)
    {
        var text = await portal.Text(path, culture);

        Assert.All(expected, number => Assert.Contains(number, text, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> PathsAndCultures => new(from page in Pages select (page.Data.Item1, page.Data.Item2));

    [Theory, MemberData(nameof(PathsAndCultures))]
    public async Task No_key_of_a_text_is_left_on_a_page(string path, string culture)
    {
        var text = await portal.Text(path, culture);

        Assert.DoesNotMatch("(NeedState|RequestState|RequestOrigin|RunState|SessionState|FindingState|QuarantineState|Severity|Shelf|Role|Quadrant|ProposalState|Proof|CostPart|Searching|Mode|Grade|Kind|Cause|OnOverrun|RuleStatus|Refusal)\\.[A-Za-z]", text);
        Assert.DoesNotMatch("\\b(Step|Nav)[A-Z][a-z]+\\b|[a-z]Caption\\b", text);
    }

    [Theory]
    [InlineData("Found", true, true)]
    [InlineData("Actioned", true, true)]
    [InlineData("Trained", true, true)]
    [InlineData("Recurred", true, false)]
    [InlineData("Verified", false, true)]
    public async Task An_inspector_says_of_any_finding_what_a_second_look_showed(string state, bool passed, bool failed)
    {
        portal.Played.Say("Evaluation", "/findings", $$"""
            {"items":[{"id":"00000000-0000-0000-0000-000000000012","estateId":"{{PlayedServices.Estate}}","itemCode":"A-07","severity":"Major","cause":"Skill","competencyCode":"C07","foundOn":"2026-11-02","dueOn":"2026-12-02","state":"{{state}}","relevant":true,"trained":false,"needIds":[]}],"total":1}
            """);
        using var reader = portal.Reader("en", "quality-inspector");

        var page = await reader.GetStringAsync("/findings", TestContext.Current.CancellationToken);

        Assert.Equal((passed, failed), (page.Contains("Passed: A-07", StringComparison.Ordinal), page.Contains("Failed: A-07", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_what_other_prices_of_a_move_buy_only_what_is_as_safe_can_be_asked_for()
    {
        using var reader = portal.Reader("en");

        var page = await reader.GetStringAsync($"/proposals/{PlayedServices.Proposal}", TestContext.Current.CancellationToken);

        Assert.Contains("Plan at this price: 20,000 a move", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan at this price: 40,000 a move", page, StringComparison.Ordinal);
        Assert.Contains("40,000", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Workforce", "/workforce", "人员与项目")]
    [InlineData("NeedsAssessment", "/needs", "需求与差距")]
    [InlineData("Catalogue", "/catalogue", "课程与师资")]
    [InlineData("Scheduling", "/runs", "排课")]
    [InlineData("Budgeting", "/budgeting", "预算")]
    [InlineData("Evaluation", "/evaluation", "评估")]
    public async Task A_service_that_does_not_answer_is_said_to_be_out_of_reach(string service, string path, string name)
    {
        Assert.DoesNotContain("无法访问", await portal.Text("/") + await portal.Text(path), StringComparison.Ordinal);

        await using var without = new PortalHost();
        without.Played.Off.Add(service);

        Assert.Contains($"{name}服务暂时无法访问", await without.Text(path), StringComparison.Ordinal);
        Assert.Contains("not reachable", await without.Text(path, "en"), StringComparison.Ordinal);
        Assert.Contains("无法访问", await without.Text("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_make_no_sense_count_as_no_answer()
    {
        portal.Played.Broken.UnionWith(PlayedServices.All);

        foreach (var path in Paths)
            Assert.Contains("not reachable", await portal.Text(path, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_visitor_may_not_see_is_not_shown_as_empty()
    {
        portal.Played.Closed.UnionWith(PlayedServices.All);

        foreach (var path in Paths)
        {
            var text = await portal.Text(path, "en");
            Assert.Contains("your role may not see this", text, StringComparison.Ordinal);
            Assert.DoesNotContain("not reachable", text, StringComparison.Ordinal);
        }
        Assert.Contains("预算：您的角色无权查看此内容", await portal.Text("/budgeting"), StringComparison.Ordinal);
        Assert.Contains("Scheduling: your role may not see this", await portal.Text("/my", "en", "employee"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_services_make_empty_pages()
    {
        portal.Played.Empty.UnionWith(PlayedServices.All);

        foreach (var path in Paths) Assert.DoesNotContain("not reachable", await portal.Text(path, "en"), StringComparison.Ordinal);
        Assert.Contains("No need fits these filters", await portal.Text("/needs", "en"), StringComparison.Ordinal);
        Assert.Contains("Nothing here yet", await portal.Text("/budgeting", "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_survey_with_too_few_answers_shows_no_figures()
    {
        portal.Played.Say("NeedsAssessment", $"/survey-waves/{PlayedServices.Wave}/results", """
            {"code":"2026Q4","invited":50,"responses":4,"suppressed":true,"suppressedBecause":"Fewer than 5 responses.","items":[]}
            """);

        var text = await portal.Text("/survey", "en");

        Assert.Contains("Too few answers to show", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Concentrate here 0", await portal.Text("/", "en"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_reach_the_services()
    {
        await portal.Text("/needs?state=Approved&region=HZ");
        await portal.Text("/calendar?region=HZ&week=2027-01-07");

        Assert.Contains("/needs?take=200&state=Approved&region=HZ", portal.Played.Asked("NeedsAssessment"));
        Assert.Contains("/sessions?take=1000&from=2027-01-03T16:00:00Z&to=2027-01-10T16:00:00Z&region=HZ", portal.Played.Asked("Scheduling"));
    }

    [Fact]
    public async Task Only_who_works_now_is_counted()
    {
        await portal.Text("/");
        await portal.Text("/workforce");

        Assert.All(portal.Played.Asked("Workforce").Where(path => path.StartsWith("/employees", StringComparison.Ordinal)), path => Assert.Contains("state=Employed", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_are_asked_with_a_token()
    {
        await portal.Text("/");

        Assert.StartsWith("Bearer ey", portal.Played.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_is_not_asked_for_twice_in_a_moment_and_another_gets_answers_of_their_own()
    {
        await portal.Text("/");
        var once = portal.Played.Asked("Catalogue").Count;
        await portal.Text("/");
        Assert.Equal(once, portal.Played.Asked("Catalogue").Count);

        using var another = portal.Reader();
        another.DefaultRequestHeaders.Add(PlayedSignIn.RoleHeader, "regional-manager");
        await another.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(2 * once, portal.Played.Asked("Catalogue").Count);
        Assert.Equal("Bearer ey-regional-manager", portal.Played.Authorization);
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_sees_no_page()
    {
        using var nobody = portal.Reader();
        nobody.DefaultRequestHeaders.Add(PlayedSignIn.RoleHeader, PlayedSignIn.Nobody);

        foreach (var path in Paths) Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.All(PlayedServices.All, service => Assert.Empty(portal.Played.Asked(service)));
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_out()
    {
        using var reader = portal.Reader();
        using var form = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.BadRequest, (await reader.PostAsync("/sign-out", form, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Pages_tell_the_browser_to_run_nothing_foreign()
    {
        using var reader = portal.Reader();
        var answer = await reader.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Matches("script-src 'self' 'sha256-[A-Za-z0-9+/=]+';", policy);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://identity.test", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/ready")]
    public async Task Ready_while_every_service_is_down(string path)
    {
        portal.Played.Off.UnionWith(PlayedServices.All);
        using var reader = portal.Reader();

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/sources", "hr-integrator", "6,021")]
    [InlineData("/quarantine", "hr-integrator", "Estate EST-99 is not known.")]
    [InlineData("/quarantine?message=00000000-0000-0000-0000-000000000091", "hr-integrator", "EST-99")]
    [InlineData("/ops", "ops", "No line pays for it.")]
    [InlineData("/teach", "trainer", "Check-in code")]
    [InlineData("/door/00000000-0000-0000-0000-000000000051", "trainer", "1 of 2 checked in")]
    public async Task A_page_serves_its_role(string path, string role, string expected) => Assert.Contains(expected, await portal.Text(path, "en", role), StringComparison.Ordinal);

    [Fact]
    public async Task The_finance_controller_changes_money_and_others_only_look_at_it()
    {
        string[] commands = ["Open a year", "Plan a line", "Revise", "Budget transfer", "Post an invoice"];

        var text = await portal.Text("/budgeting?view=line", "en", "finance-controller");
        Assert.All(commands, command => Assert.Contains(command, text, StringComparison.Ordinal));
        var sums = await portal.Text("/budgeting", "en", "finance-controller");
        Assert.All(commands.Skip(2), command => Assert.DoesNotContain(command, sums, StringComparison.Ordinal));
        foreach (var role in new[] { "group-training-manager", "regional-manager" })
        {
            text = await portal.Text("/budgeting?view=line", "en", role);
            Assert.Contains("Yunlu Hangzhou", text, StringComparison.Ordinal);
            Assert.All(commands, command => Assert.DoesNotContain(command, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_budget_year_is_chosen_and_stays_chosen()
    {
        var text = await portal.Text("/budgeting?year=2026&quarter=2027Q1&view=line");

        Assert.Contains("2026 年度预算", text, StringComparison.Ordinal);
        Assert.All(new[] { "/summary?year=2026", "/lines?year=2026&take=10000", "/burn-down?year=2026" }, path => Assert.Contains(path, portal.Played.Asked("Budgeting")));
        using var reader = portal.Reader("en");
        Assert.Contains("view=line&amp;entity=YL-SH&amp;year=2027", await reader.GetStringAsync("/budgeting", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_open_year_the_finance_controller_opens_one()
    {
        portal.Played.Empty.Add("Budgeting");

        var text = await portal.Text("/budgeting", "en", "finance-controller");

        Assert.Contains("Open a year", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan a line", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_line_could_not_bear_is_shown()
    {
        Assert.DoesNotMatch("[0-9] [Oo]verspent", await portal.Text("/budgeting?view=line", "en") + await portal.Text($"/runs/{PlayedServices.Run}", "en"));
        await using var other = new PortalHost();
        other.Played.Say("Budgeting", "/lines", """
            {"items":[{"id":"00000000-0000-0000-0000-000000000081","year":2027,"quarter":"2027Q1","code":"BL-03","legalEntity":"YL-HZ","fundCategory":"FC2","frontLine":true,"courses":[],"currency":"CNY",
            "allocated":50000,"reserved":0,"committed":0,"actual":50000,"available":0,"onOverrun":"Stop","warnAt":0.85,"warned":true,"overspent":1234}],"total":1}
            """);

        other.Played.Say("Budgeting", "/summary", """
            {"year":2027,"currency":"CNY","allocated":50000,"reserved":0,"committed":0,"actual":50000,"available":0,"frontLineShare":1,"wageBase":0,"floor15":0,"floor25":0,"deductibleCeiling":0,"overspent":1235}
            """);
        other.Played.Say("Budgeting", $"/runs/{PlayedServices.Run}/funding", $$"""
            {"runId":"{{PlayedServices.Run}}","granted":true,"declinedBecause":"","lineId":"00000000-0000-0000-0000-000000000081","currency":"CNY","requested":2540,"reserved":0,"committed":0,"actual":2540,"overspent":1236}
            """);

        Assert.Contains("1,236 Overspent", await other.Text($"/runs/{PlayedServices.Run}", "en"), StringComparison.Ordinal);
        Assert.Contains("1,235 Overspent", await other.Text("/budgeting", "en"), StringComparison.Ordinal);
        Assert.Contains("1,234 overspent", await other.Text("/budgeting?view=entity", "en"), StringComparison.Ordinal);
        Assert.Contains("超支 1,234", await other.Text("/budgeting?view=line"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/budgeting", "estate-manager")]
    [InlineData("/ops", "group-training-manager")]
    [InlineData("/needs", "finance-controller")]
    public async Task A_page_is_not_shown_to_other_roles(string path, string role)
    {
        var text = await portal.Text(path, "en", role);

        Assert.Contains("This page is not for your role", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_missing()
    {
        using var reader = portal.Reader();

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/nowhere", TestContext.Current.CancellationToken)).StatusCode);
    }

    static IEnumerable<string> Paths => Pages.Select(page => page.Data.Item1).Distinct();

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
