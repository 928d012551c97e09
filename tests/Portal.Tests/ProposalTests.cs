using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Training.Portal.Clients;
using Training.Portal.Components.Pages.Plan;
using Training.Portal.Components.Pages.Scheduling;
using Outcome = Training.Portal.Clients.Outcome;

namespace Training.Portal.Tests;

/// <summary>What is asked about a timetable that was searched for, and what becomes of the answers.</summary>
public sealed partial class ProposalTests : IAsyncDisposable
{
    const string Chinese = "zh-CN", English = "en";
    static readonly Guid Second = new("00000000-0000-0000-0000-000000000043");
    static readonly string Path = $"/proposals/{PlayedServices.Proposal}", AcceptCommand = $"POST {Path}/accept";

    // Soon enough for tests, and long enough for a played service that answers at once.
    readonly PortalHost portal = new() { Patience = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData(English, "Improving the timetable …", "12 s, 3,456,789 moves tried, 288,065 a second, cost so far 44,040", "2 breaches of what must hold", "Demand not met 42,840 Waiting 1,200 Learners in two places 2")]
    [InlineData(Chinese, "正在改进方案……", "12 秒，3,456,789 次尝试，每秒 288,065 次，目前代价 44,040", "还有 2 处违反必须遵守的规则", "未满足的需求 42,840 候课 1,200 学员时间冲突 2")]
    public async Task A_search_tells_what_its_best_timetable_costs_dearest_first(string culture, params string[] expected)
    {
        Searching();

        var text = await portal.Text(Path, culture);

        Assert.All(expected, words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.DoesNotContain(culture == English ? "Long days" : "过长的一天", text, StringComparison.Ordinal);
    }

    /// <summary>Read off the planner, so that no later rule is forgotten.</summary>
    [Fact]
    public void Every_rule_of_the_planner_has_a_name()
    {
        var kinds = File.ReadAllText(System.IO.Path.Combine(Here(), "..", "..", "services", "Scheduling", "Planning", "Rule.cs")).Split("public enum RuleKind")[1].Split("\n}")[0];
        var named = Texts.Read(System.IO.Path.Combine(Here(), "..", "..", "services", "Portal", "Texts")).Select(text => text.Key).Where(key => key.StartsWith("Rule.", StringComparison.Ordinal)).ToHashSet();

        Assert.Equal(Kind().Matches(kinds).Select(kind => $"Rule.{kind.Groups[1].Value}").ToHashSet(), named);
        Assert.Contains("Rule.LeftOut", named);
    }

    [Fact]
    public async Task A_search_that_ends_shows_what_it_has_found()
    {
        Searching();
        await using var page = Open(English);
        page.Shows("Improving the timetable");

        State("Proposed");

        page.Shows("Runs proposed (1)");
    }

    [Theory]
    [InlineData(English, "Stop the search", "The search ends, and what it has found is not kept.", "The search is stopped", "Cancelled")]
    [InlineData(Chinese, "停止搜索", "搜索将停止，已找到的结果不保留。", "搜索已停止", "已取消")]
    public async Task A_search_is_stopped_once_that_is_confirmed(string culture, string button, string question, string done, string state)
    {
        Searching();
        await using var page = Open(culture);
        page.Press(button);
        page.Shows(question);
        Assert.Empty(portal.Played.Sent);
        State("Cancelled");

        page.Press(button);

        page.Shows(done);
        page.Shows(state);
        Assert.Equal($"POST {Path}/cancel", Assert.Single(portal.Played.Sent).Command);
    }

    [Theory]
    [InlineData(English, "Discard", "The proposal is discarded", "Discarded")]
    [InlineData(Chinese, "放弃方案", "方案已放弃", "已放弃")]
    public async Task A_proposal_is_discarded_for_a_reason(string culture, string button, string done, string state)
    {
        await using var page = Open(culture);
        page.Press(button);
        Assert.True(page.One(".mud-dialog .button:not(.quiet)").HasAttribute("disabled"));
        await page.One("#ask-reason").InputAsync("typhoon");
        State("Discarded");

        page.Press(button);

        page.Shows(done);
        page.Shows(state);
        Assert.Equal(("Scheduling", $"POST {Path}/discard", """{"reason":"typhoon"}"""), Assert.Single(portal.Played.Sent));
    }

    [Theory]
    [InlineData(English, "Accept all", "2 runs enter the calendar", "2 accepted, 1 no longer possible")]
    [InlineData(Chinese, "全部接受", "2 个期次将排入课表", "接受 2 个，1 个已不可行")]
    public async Task All_that_is_open_is_accepted(string culture, string button, string question, string done)
    {
        Runs((PlayedServices.Run, false), (Second, false), (Guid.CreateVersion7(), true));
        portal.Played.Say("Scheduling", AcceptCommand, """{"accepted":2,"refused":1,"parked":0,"items":[]}""");
        await using var page = Open(culture);
        page.Press(button);
        page.Shows(question);
        Runs((PlayedServices.Run, true), (Second, true));

        page.Press(button);

        page.Shows(done);
        Assert.Equal((AcceptCommand, Body(park: false, PlayedServices.Run, Second)), (Assert.Single(portal.Played.Sent).Command, portal.Played.Sent[0].Body));
        Assert.DoesNotContain(page.All("button"), shown => shown.TextContent == button);
    }

    [Theory]
    [InlineData(English, "Accept chosen", "1 accepted, 0 no longer possible")]
    [InlineData(Chinese, "接受所选", "接受 1 个，0 个已不可行")]
    public async Task Only_what_is_chosen_is_accepted(string culture, string button, string done)
    {
        Runs((PlayedServices.Run, false), (Second, false));
        await using var page = Open(culture);
        await page.All("#runs tbody input[type=checkbox]")[1].ChangeAsync(true);

        page.Press(button);

        page.Shows(done);
        Assert.Equal((AcceptCommand, Body(park: false, Second)), (Assert.Single(portal.Played.Sent).Command, portal.Played.Sent[0].Body));
    }

    [Theory]
    [InlineData(English, "Accept all", "Also park the 1 runs without a place", "1 accepted, 0 no longer possible 4 parked")]
    [InlineData(Chinese, "全部接受", "同时搁置没有排上的 1 个期次", "接受 1 个，0 个已不可行 搁置 4 个")]
    public async Task Runs_without_a_place_are_parked_along_where_that_is_ticked(string culture, string button, string tick, string done)
    {
        portal.Played.Say("Scheduling", AcceptCommand, """{"accepted":1,"refused":0,"parked":4,"items":[]}""");
        await using var page = Open(culture);
        page.Press(button);
        page.Shows(tick);
        await page.One(".mud-dialog input[type=checkbox]").ChangeAsync(true);

        page.Press(button);

        page.Shows(done);
        Assert.Equal(Body(park: true, PlayedServices.Run), Assert.Single(portal.Played.Sent).Body);
    }

    [Fact]
    public async Task Where_every_run_has_a_place_there_is_nothing_to_park()
    {
        portal.Played.Change("Scheduling", Path, "issues", new JsonArray());
        await using var page = Open(English);

        page.Press("Accept all");

        page.Shows("1 runs enter the calendar");
        Assert.Empty(page.All(".mud-dialog input"));
    }

    [Fact]
    public async Task Nothing_is_parked_alone_while_that_would_accept_what_is_open()
    {
        await using var page = Open(English);

        page.Shows("Runs that need a decision (1)");
        Assert.Empty(page.All("#issues button"));
    }

    [Theory]
    [InlineData(English, "Park these runs", "The 1 runs without a place are parked, and their money is free again.", "4 parked")]
    [InlineData(Chinese, "搁置这些期次", "1 个没有排上的期次将被搁置，其资金随即释放", "搁置 4 个")]
    public async Task Runs_without_a_place_are_parked_alone_once_nothing_is_left_to_accept(string culture, string button, string question, string done)
    {
        portal.Played.Say("Scheduling", AcceptCommand, """{"accepted":1,"refused":0,"parked":4,"items":[]}""");
        portal.Played.Change("Scheduling", Path, "runs/0/accepted", true);
        State("Accepted");
        await using var page = Open(culture);
        page.Press(button);
        page.Shows(question);

        page.Press(button);

        page.Shows(done);
        Assert.Equal((AcceptCommand, Body(park: true)), (Assert.Single(portal.Played.Sent).Command, portal.Played.Sent[0].Body));
        Assert.DoesNotMatch("no longer possible|已不可行", page.Text);
    }

    [Fact]
    public async Task What_stays_though_it_breaks_a_rule_cannot_be_parked()
    {
        portal.Played.Change("Scheduling", Path, "runs/0/accepted", true);
        portal.Played.Change("Scheduling", Path, "issues/0/waits", false);
        State("Accepted");
        await using var page = Open(English);

        page.Shows("Runs that need a decision (1)");
        Assert.Empty(page.All("#issues button"));
    }

    [Fact]
    public async Task Accepting_takes_its_time_and_tells_how_far_it_has_come()
    {
        var done = new TaskCompletionSource();
        portal.Played.Hold("Scheduling", AcceptCommand, done.Task);
        portal.Played.Hold("Scheduling", "POST /slow", done.Task);
        portal.Played.Say("Scheduling", AcceptCommand, """{"accepted":2,"refused":0,"parked":0,"items":[]}""");
        Runs((PlayedServices.Run, false), (Second, false));
        await using var page = Open(English);
        page.Press("Accept all");
        page.Press("Accept all");
        page.Shows("0 of 2 accepted");
        Assert.All(page.All("button"), button => Assert.True(button.HasAttribute("disabled"), button.OuterHtml));
        Assert.Empty(page.All("#runs input"));

        // Sent later and given up, so that the acceptance has outlasted what other answers may take.
        Assert.Equal(Outcome.Unreachable, await page.Get<Backend>().Post("Scheduling", "/slow"));
        Runs((PlayedServices.Run, true), (Second, false));
        page.Shows("1 of 2 accepted");
        Runs((PlayedServices.Run, true), (Second, true));
        done.SetResult();

        page.Shows("2 accepted, 0 no longer possible");
        Assert.DoesNotContain("of 2 accepted", page.Text, StringComparison.Ordinal);
        Assert.Equal([AcceptCommand], portal.Played.Answered);
    }

    [Fact]
    public async Task Accepting_goes_on_when_the_page_is_left()
    {
        var done = new TaskCompletionSource();
        portal.Played.Hold("Scheduling", AcceptCommand, done.Task);
        var page = Open(Chinese);
        page.Press("全部接受");
        page.Press("全部接受");
        page.Shows("已接受 1 个中的 0 个，离开本页也会继续");

        await page.DisposeAsync();
        done.SetResult();

        await Eventually.True(() => Task.FromResult(portal.Played.Answered.Contains(AcceptCommand)), "the service answers somebody who still waits");
    }

    [Fact]
    public async Task Scheduling_a_region_takes_its_time_too()
    {
        var done = new TaskCompletionSource();
        portal.Played.Hold("Scheduling", $"POST /plans/{PlayedServices.Plan}/schedule", done.Task);
        portal.Played.Hold("Scheduling", "POST /slow", done.Task);
        await using var page = Circuit.Open<Plans>(portal, English, "/plans?region=HZ");
        page.Press("Schedule Hangzhou");
        await Eventually.True(() => Task.FromResult(portal.Played.Sent.Count == 1), "the region is being scheduled");

        Assert.Equal(Outcome.Unreachable, await page.Get<Backend>().Post("Scheduling", "/slow"));
        done.SetResult();

        page.Shows("Scheduling is done");
    }

    [Fact]
    public async Task Planning_at_another_price_asks_the_same_question_again()
    {
        portal.Played.Change("Scheduling", Path, "proposal/frozenDays", 5);
        portal.Played.Change("Scheduling", Path, "proposal/requestReason", "typhoon");
        portal.Played.Say("Scheduling", $"POST /plans/{PlayedServices.Plan}/proposals", $$"""{"id":"{{Second}}"}""");
        await using var page = Open(English);

        page.Press("Plan at this price");

        page.Shows("The search has begun");
        var (_, command, body) = Assert.Single(portal.Played.Sent);
        Assert.Equal($"POST /plans/{PlayedServices.Plan}/proposals", command);
        Assert.EndsWith(""","regions":["HZ"],"from":"2027-01-01","to":"2027-03-31","seconds":61,"reason":"typhoon","frozenDays":5,"priceOfMove":20000}""", body, StringComparison.Ordinal);
        Assert.EndsWith($"/proposals/{Second}", page.Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(English, "Frozen days", "", 2)]
    [InlineData(Chinese, "冻结天数", "0", 0)]
    public async Task Who_asks_for_a_proposal_says_for_how_many_days_everything_stays(string culture, string label, string days, int asked)
    {
        await using var page = Circuit.Open<Proposals>(portal, culture, "/proposals");
        Assert.Equal(label, page.One("label[for=frozen]").TextContent);
        await page.All("#ask .choices input")[0].ChangeAsync(true);
        if (days != "") await page.One("#frozen").ChangeAsync(days);

        await page.One("#ask form").SubmitAsync();

        Assert.Contains($"\"frozenDays\":{asked}}}", Assert.Single(portal.Played.Sent).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(English, "Learners (2)", "E1 Steward", "E2 Cleaner")]
    [InlineData(Chinese, "学员（2）", "E1 管家", "E2 保洁员")]
    public async Task A_proposed_run_tells_who_is_in_it(string culture, string count, params string[] people)
    {
        await using var page = Open(culture);

        Assert.Equal(count, page.One("#runs details summary").TextContent);
        Assert.Equal(people, page.All("#runs details div").Select(person => person.TextContent));
    }

    Circuit Open(string culture) => Circuit.Open<Proposal>(portal, culture, Path, ("ProposalId", PlayedServices.Proposal));

    void State(string state) => portal.Played.Change("Scheduling", Path, "proposal/state", state);

    void Searching()
    {
        State("Requested");
        portal.Played.Change("Scheduling", Path, "progress", JsonNode.Parse("""
            {"phase":"searching","share":0.2,"seconds":12.4,"moves":3456789,"movesPerSecond":288065.7,"broken":2,"cost":44040,"costByRule":{"GroupClash":2,"Gap":1200,"LongRow":0,"LeftOut":42840} }
            """));
    }

    void Runs(params (Guid Id, bool Accepted)[] runs) => portal.Played.Change("Scheduling", Path, "runs", new JsonArray([.. runs.Select(run => JsonNode.Parse($$"""
        {"runId":"{{run.Id}}","courseCode":"K03","published":false,"accepted":{{(run.Accepted ? "true" : "false")}},"sessions":[{"from":"2027-01-13T01:00:00+00:00","to":"2027-01-13T04:00:00+00:00",
        "trainerId":"00000000-0000-0000-0000-000000000071","venueId":"00000000-0000-0000-0000-000000000061"}],"learners":[]}
        """))]));

    static string Body(bool park, params Guid[] runs) => $$"""{"runIds":[{{string.Join(",", runs.Select(run => $"\"{run}\""))}}],"parkUnplaced":{{(park ? "true" : "false")}}}""";

    static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file) ?? "";

    [GeneratedRegex(@"^    ([A-Z][A-Za-z]+),\s*$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
