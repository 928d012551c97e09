using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Training.Foundation;
using Training.Portal.Tests;

namespace Training.Browser.Tests;

/// <summary>The jobs people come for, in both languages, on desk and phone.</summary>
public sealed class JobsTests(Browser browser) : IClassFixture<Browser>
{
    const string FirstNeed = "00000000-0000-0000-0000-000000000011", Offered = "00000000-0000-0000-0000-000000000044";

    public static TheoryData<string, int> Screens => new(from culture in new[] { "zh-CN", "en" } from width in new[] { Reader.Phone, Reader.Desk } select (culture, width));

    /// <summary>As narrow as phones come.</summary>
    public static TheoryData<string, int> Narrow => new(from culture in new[] { "zh-CN", "en" } from width in new[] { 360, Reader.Desk } select (culture, width));

    // Group training manager

    [Theory, MemberData(nameof(Screens))]
    public async Task Approving_needs_in_a_batch(string culture, int width)
    {
        browser.Played.Say("NeedsAssessment", "/needs", """
            {"items":[{"id":"00000000-0000-0000-0000-000000000011","competencyCode":"C07","positionCode":"STW","region":"HZ","state":"Candidate","heads":19,"weightedGap":37.05,
            "normalisedGap":0.82,"exposure":1.5,"consequence":2,"priority":2.46,"concentrateHere":[],"findingIds":[],"cause":"Skill","owner":"","rejectedBecause":""}],"total":1}
            """);
        var page = await browser.Open("/needs", new(Role.GroupTrainingManager, culture, width));

        await page.Locator("tbody input[type=checkbox]").First.CheckAsync();
        await page.Locator(".batch .button").First.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == "POST /needs/approve" && sent.Body.Contains(FirstNeed, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Filtering_the_board_keeps_the_filter_in_the_address(string culture, int width)
    {
        var page = await browser.Open("/needs", new(Role.GroupTrainingManager, culture, width));

        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await page.Locator("#pick-region").SelectOptionAsync("HZ");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("region=HZ"), new() { Timeout = 15_000 });
        await Eventually.True(() => Task.FromResult(browser.Played.Asked("NeedsAssessment").Any(path => path.Contains("region=HZ", StringComparison.Ordinal))), "the service is asked for the region");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Cancelling_a_run_asks_for_a_reason_and_shows_alternatives(string culture, int width)
    {
        var page = await browser.Open($"/runs/{PlayedServices.Run}", new(Role.GroupTrainingManager, culture, width));

        await page.Locator(".page-actions .button.danger").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("2027-01-13");
        await Assertions.Expect(dialog.Locator(".button").Last).ToBeDisabledAsync();
        await dialog.Locator("textarea").FillAsync("typhoon");
        await dialog.Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /runs/{PlayedServices.Run}/cancel" && sent.Body.Contains("typhoon", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drafting_a_plan_of_a_quarter()
    {
        var page = await browser.Open("/plans", new(Role.GroupTrainingManager, "en", Reader.Desk));

        await page.GetByRole(AriaRole.Button, new() { Name = "Draft a plan" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var quarter = await dialog.Locator("option").Nth(1).GetAttributeAsync("value") ?? "";
        await dialog.Locator("select").SelectOptionAsync(quarter);
        await dialog.Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/plans/[0-9a-f-]{36}"), new() { Timeout = 15_000 });
        Assert.Contains(browser.Played.Sent, sent => sent.Command.StartsWith("PUT /plans/", StringComparison.Ordinal) && sent.Body.Contains(quarter, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Searching_a_timetable_and_accepting_a_part_of_it(string culture, int width)
    {
        var page = await browser.Open("/proposals", new(Role.RegionalManager, culture, width));

        await page.Locator("#why").FillAsync("typhoon");
        await page.Locator("#ask form button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/proposals/{PlayedServices.Proposal}"), new() { Timeout = 15_000 });
        await page.Locator("#runs tbody input[type=checkbox]").CheckAsync();
        await page.Locator("#runs .batch .button").First.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar").Last).ToContainTextAsync("1");
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /plans/{PlayedServices.Plan}/proposals" && sent.Body.Contains("typhoon", StringComparison.Ordinal) && sent.Body.Contains("HZ", StringComparison.Ordinal));
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /proposals/{PlayedServices.Proposal}/accept" && sent.Body.Contains($"{PlayedServices.Run}", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Narrow))]
    public async Task Watching_a_search_and_then_what_is_accepted(string culture, int width)
    {
        string path = $"/proposals/{PlayedServices.Proposal}", accept = $"POST {path}/accept";
        var (reader, done) = (new Reader(Role.RegionalManager, culture, width), new TaskCompletionSource());
        browser.Played.Hold("Scheduling", accept, done.Task);
        browser.Played.Change("Scheduling", path, "proposal/state", "Requested");
        browser.Played.Change("Scheduling", path, "progress", JsonNode.Parse("""
            {"phase":"searching","share":0.4,"seconds":12,"moves":3456789,"movesPerSecond":288065,"broken":2,"cost":44040,"costByRule":{"GroupClash":2,"Gap":1200,"LeftOut":42840} }
            """));
        var page = await browser.Open(path, reader);
        await Eventually.True(async () =>
        {
            // An answer from before serves for a moment.
            await page.ReloadAsync();
            return await page.Locator("progress").CountAsync() == 1;
        }, "the search is shown");
        await page.Keep("proposal-searching", reader);
        await Fits(page, width);

        browser.Played.Change("Scheduling", path, "proposal/state", "Proposed");
        await page.Locator("#runs details summary").ClickAsync();
        await page.Locator(".page-actions button:not(.quiet)").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input").CheckAsync();
        await page.Keep("accept-dialog", reader);
        await Fits(page, width);
        await dialog.Locator(".button").Last.ClickAsync();
        await Assertions.Expect(page.Locator("progress")).ToBeVisibleAsync();
        await page.Keep("proposal-accepting", reader);
        await Fits(page, width);
        done.SetResult();

        await Assertions.Expect(page.Locator(".mud-snackbar").Last).ToContainTextAsync(culture == "en" ? "0 parked" : "搁置 0 个");
        Assert.Contains(browser.Played.Sent, sent => sent.Command == accept && sent.Body.Contains("\"parkUnplaced\":true", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Saying_that_a_trainer_is_away_and_taking_it_back(string culture, int width)
    {
        var page = await browser.Open("/absences", new(Role.RegionalManager, culture, width));

        await page.Locator("#from").FillAsync("2027-03-01T09:00");
        await page.Locator("#to").FillAsync("2027-03-02T18:00");
        await page.Locator("#reason").FillAsync("flu");
        await page.Locator("#declare form button").ClickAsync();
        await Assertions.Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(1);
        await page.Locator("#away tbody button").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator(".button").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".mud-snackbar")).ToHaveCountAsync(2);

        const string Path = "/trainers/00000000-0000-0000-0000-000000000071/unavailability";
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST {Path}" && sent.Body.Contains("2027-03-01T01:00:00", StringComparison.Ordinal) && sent.Body.Contains("flu", StringComparison.Ordinal));
        Assert.Contains(browser.Played.Sent, sent => sent.Command.StartsWith($"DELETE {Path}", StringComparison.Ordinal));
    }

    // Estate manager

    [Theory, MemberData(nameof(Screens))]
    public async Task Seeing_whom_to_release(string culture, int width)
    {
        var page = await browser.Open("/today?day=2027-01-06", new(Role.EstateManager, culture, width));

        await Assertions.Expect(page.Locator("#release")).ToContainTextAsync("LOBBY");
        await Assertions.Expect(page.Locator("#licences")).ToContainTextAsync("2027-02-01");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Enrolling_one_of_the_team(string culture, int width)
    {
        var page = await browser.Open($"/runs/{PlayedServices.Run}", new(Role.EstateManager, culture, width));

        await page.Locator("#enrol").FillAsync("E2");
        await page.Locator("#learners form button").ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /runs/{PlayedServices.Run}/learners/00000000-0000-0000-0000-000000000002");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Looking_at_coverage_by_half_hour(string culture, int width)
    {
        var page = await browser.Open("/coverage?day=2027-01-04", new(Role.EstateManager, culture, width));

        await Assertions.Expect(page.Locator(".slots td.away")).ToHaveCountAsync(1);
    }

    // Finance controller and integrator

    [Theory, MemberData(nameof(Screens))]
    public async Task Finding_the_overdrawn_line(string culture, int width)
    {
        var page = await browser.Open("/budgeting?view=line", new(Role.FinanceController, culture, width));

        await page.Locator("#pick-entity").SelectOptionAsync("YL-SH");

        await Assertions.Expect(page.Locator("#lines tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#lines tbody tr.bad")).ToContainTextAsync("-1,000");
    }

    const string FirstLine = "00000000-0000-0000-0000-000000000081", SecondLine = "00000000-0000-0000-0000-000000000082";

    [Theory, MemberData(nameof(Screens))]
    public async Task Looking_at_another_budget_year(string culture, int width)
    {
        var page = await browser.Open("/budgeting?year=2027", new(Role.FinanceController, culture, width));

        await page.Locator("#pick-year").SelectOptionAsync("2026");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("year=2026"), new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#year-heading")).ToContainTextAsync("2026");
    }

    [Fact]
    public async Task Opening_a_budget_year()
    {
        var page = await browser.Open("/budgeting", new(Role.FinanceController, "en", Reader.Desk));

        await page.Locator(".page-actions button").ClickAsync();
        await Assertions.Expect(page.Locator("#year-number")).ToHaveValueAsync("2028");
        await page.Locator("#year-currency").FillAsync("cny");
        await page.GetByRole(AriaRole.Dialog).Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToContainTextAsync("The budget of 2028 is open");
        Assert.Contains(browser.Played.Sent, sent => sent is { Command: "PUT /periods/2028", Body: """{"currency":"CNY"}""" });
    }

    [Theory, MemberData(nameof(Narrow))]
    public async Task Planning_a_line(string culture, int width)
    {
        var reader = new Reader(Role.FinanceController, culture, width);
        var page = await browser.Open("/budgeting?year=2027", reader);

        await page.Locator("#lines .section-head button").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Locator("#line-code").FillAsync("BL-03");
        await page.Locator("#line-entity").SelectOptionAsync("YL-SH");
        await page.Locator("#line-amount").FillAsync("1234.50");
        await Assertions.Expect(dialog.Locator(".notice")).ToHaveCountAsync(1);
        await Assertions.Expect(dialog.Locator(".button").Last).ToBeDisabledAsync();
        await page.Locator("#line-code").FillAsync("BL-77");
        await page.Locator("#line-courses").FillAsync("K03 K99");
        await Assertions.Expect(dialog.Locator(".notice")).ToContainTextAsync("K99");
        await page.Locator("#line-courses").FillAsync("K03");
        await page.Locator("#line-quarter").SelectOptionAsync("2027Q2");
        await page.Locator("#line-category").SelectOptionAsync("FC7");
        await page.Locator("#line-overrun").SelectOptionAsync("Warn");
        await page.Keep("line-dialog", reader);
        await Fits(page, width);
        await dialog.Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        var id = DerivedId.Of("line", "YL", "2027", "BL-77", "YL-SH", "2027Q2");
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /lines/{id}" && sent.Body == """
            {"year":2027,"quarter":"2027Q2","code":"BL-77","legalEntity":"YL-SH","fundCategory":"FC7","frontLine":true,"amount":1234.50,"currency":"CNY","onOverrun":"Warn","warnAt":0.85,"courses":["K03"],"estateId":null,"was":null}
            """);
    }

    [Theory, MemberData(nameof(Narrow))]
    public async Task Revising_a_line_keeps_what_is_not_changed(string culture, int width)
    {
        var reader = new Reader(Role.FinanceController, culture, width);
        var page = await browser.Open("/budgeting?view=line&year=2027", reader);
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.Locator("#lines tbody tr").Nth(0).Locator(".row-actions button").Nth(0).ClickAsync();
        await Assertions.Expect(page.Locator("#line-warn")).ToHaveValueAsync("85");
        await page.Locator("#line-amount").FillAsync("60000");
        await page.Keep("revise-dialog", reader);
        await dialog.Locator(".button").Last.ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await page.Locator("#lines tbody tr").Nth(1).Locator(".row-actions button").Nth(0).ClickAsync();
        await page.Locator("#line-warn").FillAsync("95");
        await dialog.Locator(".button").Last.ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /lines/{FirstLine}" && sent.Body.Contains("\"amount\":60000,", StringComparison.Ordinal)
            && sent.Body.EndsWith($"\"onOverrun\":\"Warn\",\"warnAt\":0.85,\"courses\":[],\"estateId\":\"{PlayedServices.Estate}\",\"was\":50000}}", StringComparison.Ordinal));
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /lines/{SecondLine}" && sent.Body.Contains("\"amount\":40000,", StringComparison.Ordinal)
            && sent.Body.EndsWith("\"onOverrun\":\"Stop\",\"warnAt\":0.95,\"courses\":[\"K03\"],\"estateId\":null,\"was\":40000}", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Narrow))]
    public async Task A_budget_transfer_that_is_refused_says_why_and_is_sent_again_under_the_same_id(string culture, int width)
    {
        browser.Played.Refuse("Budgeting", "POST /transfers", "not-enough-funds", "Only 35,000.00 CNY of line BL-03 are available.");
        var reader = new Reader(Role.FinanceController, culture, width);
        var page = await browser.Open("/budgeting?view=line&year=2027", reader);

        await page.Locator("#lines tbody tr").Nth(0).Locator(".row-actions button").Nth(1).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(page.Locator("#transfer-to option")).ToHaveCountAsync(1);
        await page.Locator("#transfer-amount").FillAsync("36000");
        await Assertions.Expect(dialog.Locator(".button").Last).ToBeDisabledAsync();
        await page.Locator("#transfer-reason").FillAsync("plant course");
        await dialog.Locator(".button").Last.ClickAsync();
        await Assertions.Expect(dialog.Locator(".refusal")).ToHaveTextAsync(culture == "en" ? "Only 35,000.00 CNY of line BL-03 are available." : "科目 BL-03 仅剩 35,000.00 CNY 可用。");
        await page.Keep("transfer-dialog", reader);
        await Fits(page, width);
        browser.Played.Allow("Budgeting", "POST /transfers");
        await page.Locator("#transfer-amount").FillAsync("3600");
        await dialog.Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        var sent = browser.Played.Sent.Where(one => one.Command == "POST /transfers").Select(one => JsonNode.Parse(one.Body)).TakeLast(2).ToList();
        Assert.Equal(["36000", "3600"], sent.Select(one => $"{one?["amount"]}"));
        Assert.Single(sent.Select(one => $"{one?["transferId"]}").Distinct());
        Assert.Equal((FirstLine, SecondLine, "CNY", "plant course"), ($"{sent[1]?["fromLineId"]}", $"{sent[1]?["toLineId"]}", $"{sent[1]?["currency"]}", $"{sent[1]?["reason"]}"));
    }

    [Theory, MemberData(nameof(Narrow))]
    public async Task Posting_an_invoice(string culture, int width)
    {
        var reader = new Reader(Role.FinanceController, culture, width);
        var page = await browser.Open("/budgeting?view=line&year=2027", reader);

        await page.Locator("#lines tbody tr").Nth(0).Locator(".row-actions button").Nth(2).ClickAsync();
        await page.Locator("#invoice-number").FillAsync("INV-7");
        await page.Locator("#invoice-amount").FillAsync("99.90");
        await page.Keep("invoice-dialog", reader);
        await page.GetByRole(AriaRole.Dialog).Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /lines/{FirstLine}/postings" && sent.Body.EndsWith("\"amount\":99.90,\"currency\":\"CNY\",\"documentNo\":\"INV-7\"}", StringComparison.Ordinal));
    }

    static async Task Fits(IPage page, int width)
    {
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, width);
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Correcting_a_quarantined_message(string culture, int width)
    {
        var page = await browser.Open($"/quarantine?message={PlayedServices.Message}", new(Role.HrIntegrator, culture, width));

        await page.Locator("#body").FillAsync("""{ "orgUnitId": "EST-01" }""");
        await page.Locator("#message .button").First.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /quarantine/{PlayedServices.Message}/redrive" && sent.Body.Contains("EST-01", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Following_an_event_across_services(string culture, int width)
    {
        var page = await browser.Open("/follow", new(Role.Ops, culture, width));

        await page.Locator("#id").FillAsync(PlayedServices.Event.ToString());
        await page.Locator("main form button").ClickAsync();

        await Assertions.Expect(page.Locator(".chain li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".chain li").Last).ToContainTextAsync("FundsReserved");
    }

    // Employee

    [Theory, MemberData(nameof(Screens))]
    public async Task Enrolling_oneself(string culture, int width)
    {
        var page = await browser.Open("/my/find", new(Role.Employee, culture, width));

        await page.Locator("article .button").First.ClickAsync();

        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /runs/{Offered}/learners/{PlayedServices.Person}");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Checking_in_early_waits(string culture, int width)
    {
        var page = await browser.Open($"/check-in/{PlayedServices.Session}?code=c0de", new(Role.Employee, culture, width));

        await page.Locator("main .button").First.ClickAsync();

        await Assertions.Expect(page.Locator("main .card h2")).ToHaveTextAsync(culture == "en" ? "Scanned, waiting for the start" : "已扫码，等待开课");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Giving_feedback_in_under_a_minute(string culture, int width)
    {
        var page = await browser.Open($"/my/feedback/{PlayedServices.Run}", new(Role.Employee, culture, width));

        foreach (var question in await page.Locator("fieldset").AllAsync()) await question.Locator("input").Nth(3).CheckAsync(new() { Force = true });
        await page.Locator("main .button").ClickAsync();

        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /evaluations/{PlayedServices.Run}/reactions");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Taking_the_test_of_a_training(string culture, int width)
    {
        var page = await browser.Open("/my/feedback", new(Role.Employee, culture, width));

        await page.Locator($"a[href='/my/test/{PlayedServices.TestRun}']").ClickAsync();
        await page.Locator("fieldset").First.Locator("label").First.ClickAsync();
        foreach (var option in await page.Locator("fieldset").Last.Locator("label").AllAsync()) await option.ClickAsync();
        await page.Locator("fieldset").Last.Locator("label").Last.ClickAsync();
        await page.Locator("main .button").First.ClickAsync();

        await Assertions.Expect(page.Locator(".notice.good")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /evaluations/{PlayedServices.TestRun}/tests/{PlayedServices.Person}" && sent.Body.Contains("[[0],[0,1]]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writing_questions_says_which_line_is_wrong_and_publishes_what_is_right()
    {
        var page = await browser.Open($"/questions?course={PlayedServices.Course}", new(Role.GroupTrainingManager, "en", Reader.Desk));

        await page.Locator("#questions").FillAsync("? 问 | Question\n+ 对 | Right\n错 | Wrong");
        await Assertions.Expect(page.Locator("#bank .notice")).ToContainTextAsync("Line 3: begins with ?, + or -");
        await Assertions.Expect(page.Locator("#bank .button")).ToBeDisabledAsync();
        await page.Locator("#questions").FillAsync("? 问 | Question\n+ 对 | Right\n- 错 | Wrong");
        await page.Locator("#draw").FillAsync("1");
        await page.Locator("#bank .button").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"PUT /question-banks/{PlayedServices.Course}" && sent.Body.StartsWith("{\"version\":3,\"draw\":1,", StringComparison.Ordinal));
    }

    // By keyboard alone

    [Fact]
    public async Task Approve_by_keyboard()
    {
        browser.Played.Say("NeedsAssessment", "/needs", """
            {"items":[{"id":"00000000-0000-0000-0000-000000000011","competencyCode":"C07","positionCode":"STW","region":"HZ","state":"Candidate","heads":19,"weightedGap":37.05,
            "normalisedGap":0.82,"exposure":1.5,"consequence":2,"priority":2.46,"concentrateHere":[],"findingIds":[],"cause":"Skill","owner":"","rejectedBecause":""}],"total":1}
            """);
        var page = await browser.Open("/needs", new(Role.GroupTrainingManager, "en", Reader.Desk));

        await TabTo(page, "tbody input[type=checkbox]");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator(".batch")).ToBeVisibleAsync();
        await TabTo(page, ".batch .button");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == "POST /needs/approve");
    }

    [Fact]
    public async Task Approve_a_training_request_by_keyboard()
    {
        var page = await browser.Open("/today?day=2027-01-06", new(Role.EstateManager, "zh-CN", Reader.Desk));

        await TabTo(page, "#requests tbody input[type=checkbox]");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#requests .batch")).ToBeVisibleAsync();
        await TabTo(page, "#requests .batch .button");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /training-requests/{PlayedServices.Request}/approve");
    }

    [Theory, MemberData(nameof(Screens))]
    public async Task Deferring_a_training_request_says_why(string culture, int width)
    {
        var page = await browser.Open("/today?day=2027-01-06", new(Role.EstateManager, culture, width));

        await page.Locator("#requests tbody input[type=checkbox]").CheckAsync();
        await page.Locator("#requests .batch .button").Nth(2).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("textarea").FillAsync("After the peak");
        await dialog.Locator(".button").Last.ClickAsync();

        await Assertions.Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.Contains(browser.Played.Sent, sent => sent.Command == $"POST /training-requests/{PlayedServices.Request}/defer" && sent.Body.Contains("After the peak", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/my/find", "article .button", ".notice.good")]
    [InlineData("/check-in/00000000-0000-0000-0000-000000000051?code=c0de", "main form .button", "main .card .big")]
    public async Task Enrol_and_check_in_by_keyboard(string path, string button, string outcome)
    {
        var page = await browser.Open(path, new(Role.Employee, "zh-CN", Reader.Phone));

        await TabTo(page, button);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(outcome)).ToBeVisibleAsync();
    }

    static async Task TabTo(IPage page, string selector)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement === document.querySelector(selector)", selector)) return;
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}
