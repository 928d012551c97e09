using System.Net;
using System.Text.RegularExpressions;
using Training.Foundation;

namespace Training.Portal.Tests;

/// <summary>The pages of the phone work with plain forms: what a browser without script would do.</summary>
public sealed partial class PhoneTests : IAsyncDisposable
{
    readonly PortalHost portal = new();

    public static TheoryData<string, string, string[]> Pages => new()
    {
        { "/my", "zh-CN", ["K03 投诉处理与服务补救", "2027-01-06 周三 09:00", "西溪培训室", "已开班确认"] },
        { "/my", "en", ["My training", "Can’t come?", "Calendar feed"] },
        { "/my/find", "en", ["P01", "5 free seats", "Enrol"] },
        { "/my/feedback", "zh-CN", ["K03 投诉处理与服务补救", "测验 86 分", "通过"] },
        { $"/my/feedback/{PlayedServices.Run}", "en", ["Was the content useful?", "under a minute", "Anonymous"] },
        { "/my/feedback", "en", ["Take the test"] },
        { "/my", "zh-CN", ["参加测验"] },
        { $"/my/test/{PlayedServices.TestRun}", "zh-CN", ["K03 投诉处理与服务补救", "共 2 题，80 分及格，还可参加 3 次", "业主投诉时先做什么？", "（多选）", "先倾听"] },
        { $"/my/test/{PlayedServices.TestRun}", "en", ["An owner complains. What comes first?", "(several)", "Blame others"] },
        { $"/my/test/{PlayedServices.Run}", "en", ["There is no test of yours here"] },
        { "/my/ask", "zh-CN", ["C07 投诉处理与服务补救 (2 / 4 级)", "K03 投诉处理与服务补救", "我的申请", "暂缓", "After the peak"] },
        { "/my/certificates", "en", ["Complaint handling and service recovery", "2029-01-05"] },
        { $"/check-in/{PlayedServices.Session}?code=c0de", "zh-CN", ["我到了，签到", "2027-01-06 周三 09:00"] },
        { "/c/YL.1", "en", ["This certificate is valid", "2029-01-05"] },
        { "/c/YL.2", "zh-CN", ["没有这张证书"] },
        { "/s/YL.link", "zh-CN", ["首次响应及时", "对您的重要程度", "匿名作答"] },
        { "/s/YL.other", "en", ["This link is not valid"] },
    };

    [Fact]
    public async Task Nobody_tries_all_survey_links_or_sends_answers_without_end()
    {
        await using var strict = portal.WithWebHostBuilder(builder => builder.UseSetting("Auth:OpenDoorsPerMinute", "4"));
        using var stranger = strict.CreateClient(new() { AllowAutoRedirect = false });
        stranger.DefaultRequestHeaders.Add(PlayedSignIn.RoleHeader, PlayedSignIn.Nobody);

        List<HttpStatusCode> read = [], sent = [];
        for (var guess = 0; guess < 4; guess++) read.Add((await stranger.GetAsync($"/s/YL.guess{guess}", TestContext.Current.CancellationToken)).StatusCode);
        using var answer = new FormUrlEncodedContent([new("_handler", "survey")]);
        sent.Add((await stranger.PostAsync("/s/YL.link", answer, TestContext.Current.CancellationToken)).StatusCode);
        using var member = strict.CreateClient(new() { AllowAutoRedirect = false });
        member.DefaultRequestHeaders.Add(PlayedSignIn.RoleHeader, Role.Employee);

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, read);
        Assert.Equal([HttpStatusCode.TooManyRequests], sent);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/my", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_says_what_one_needs(string path, string culture, string[] expected)
    {
        var text = await portal.Text(path, culture, Role.Employee);

        Assert.All(expected, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/my")]
    [InlineData("/my/find")]
    [InlineData("/my/feedback")]
    [InlineData("/my/test/00000000-0000-0000-0000-000000000045")]
    [InlineData("/my/certificates")]
    [InlineData("/my/ask")]
    [InlineData("/s/YL.link")]
    public async Task A_page_has_no_script_and_is_small(string path)
    {
        using var reader = portal.Reader("zh-CN", Role.Employee);

        var html = await reader.GetStringAsync(path, TestContext.Current.CancellationToken);
        var style = await reader.GetByteArrayAsync(Style().Match(html).Groups[1].Value, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.InRange(html.Length + style.Length, 1_000, 100_000);
    }

    [Fact]
    public async Task Enrolling_is_one_form()
    {
        var answer = await Submit("/my/find", "enrol-00000000-0000-0000-0000-000000000044");

        Assert.Contains("Done. See My training", answer, StringComparison.Ordinal);
        Assert.Contains(("Scheduling", $"PUT /runs/00000000-0000-0000-0000-000000000044/learners/{PlayedServices.Person}", ""), portal.Played.Sent);
    }

    [Fact]
    public async Task Asking_for_training_is_a_subject_and_a_sentence()
    {
        var answer = await Submit("/my/ask", "ask", ("subject", "C07"), ("why", "Complaints at night"));

        Assert.Contains("The request is sent", answer, StringComparison.Ordinal);
        var (_, command, body) = Assert.Single(portal.Played.Sent);
        Assert.Equal($"PUT /employees/{PlayedServices.Person}/training-requests/C07", command);
        Assert.Equal("""{"why":"Complaints at night"}""", body);
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_reader_s_language()
    {
        portal.Played.Refuse("Scheduling", $"PUT /runs/00000000-0000-0000-0000-000000000044/learners/{PlayedServices.Person}", "run-closed", "Nobody can join a run that is Held.");

        Assert.Contains("Nobody can join a run that is Held.", await Submit("/my/find", "enrol-00000000-0000-0000-0000-000000000044"), StringComparison.Ordinal);
        Assert.Contains("该期次已不接受报名", await Submit("/my/find", "enrol-00000000-0000-0000-0000-000000000044", "zh-CN", Role.Employee, []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawing_gives_a_reason()
    {
        await Submit("/my", $"withdraw-{PlayedServices.Run}", ("reason", "Ill"));

        Assert.Contains(portal.Played.Sent, sent => sent.Command == $"DELETE /runs/{PlayedServices.Run}/learners/{PlayedServices.Person}");
    }

    [Fact]
    public async Task An_early_scan_waits_and_the_phone_is_known_again()
    {
        var answer = await Submit($"/check-in/{PlayedServices.Session}?code=c0de", "check-in", ("code", "c0de"));

        Assert.Contains("Scanned, waiting for the start", answer, StringComparison.Ordinal);
        var (_, _, body) = Assert.Single(portal.Played.Sent);
        Assert.Contains("\"code\":\"c0de\"", body, StringComparison.Ordinal);
        Assert.Matches("\"device\":\"[0-9a-f]{32}\"", body);
    }

    [Fact]
    public async Task Feedback_is_five_ratings()
    {
        var answer = await Submit($"/my/feedback/{PlayedServices.Run}", "feedback", ("content", "5"), ("trainer", "4"), ("relevance", "5"), ("organisation", "3"), ("recommend", "5"));

        Assert.Contains("Thank you!", answer, StringComparison.Ordinal);
        var (_, command, body) = Assert.Single(portal.Played.Sent);
        Assert.Equal($"POST /evaluations/{PlayedServices.Run}/reactions", command);
        Assert.Contains("\"organisation\":3", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_one_form_and_says_at_once_whether_it_is_passed()
    {
        var answer = await Submit($"/my/test/{PlayedServices.TestRun}", "test", ("attempt", "1"), ("questions", "2"), ("question-0", "0"), ("question-1", "0"), ("question-1", "1"));

        Assert.Contains("Passed with 100 of 100: 2 of 2 right.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<fieldset", answer, StringComparison.Ordinal);
        Assert.Equal(("Evaluation", $"POST /evaluations/{PlayedServices.TestRun}/tests/{PlayedServices.Person}", """{"attempt":1,"answers":[[0],[0,1]]}"""), Assert.Single(portal.Played.Sent));
    }

    [Fact]
    public async Task A_test_that_was_refused_can_be_sent_again()
    {
        portal.Played.Refuse("Evaluation", $"POST /evaluations/{PlayedServices.TestRun}/tests/{PlayedServices.Person}", "answer-out-of-range", "Question 2 needs one or several of its 3 options.");

        var answer = await Submit($"/my/test/{PlayedServices.TestRun}", "test", "zh-CN", Role.Employee, [("attempt", "1"), ("questions", "2"), ("question-0", "0")]);

        Assert.Contains("第 2 题需从 3 个选项中选择一个或多个", answer, StringComparison.Ordinal);
        Assert.Contains("业主投诉时先做什么？", answer, StringComparison.Ordinal);
        Assert.EndsWith("\"answers\":[[0],[]]}", Assert.Single(portal.Played.Sent).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Passed", "证书已签发", "通过")]
    [InlineData("NotCompleted", "80%", "出勤不足")]
    [InlineData("Tomorrow", "明天", "今天已参加")]
    [InlineData("UsedUp", "当面考核", "用完")]
    [InlineData("NoQuestions", "当面考核", "没有在线测验")]
    public async Task A_test_that_is_not_open_says_why(string state, params string[] expected)
    {
        portal.Played.Say("Evaluation", $"/evaluations/{PlayedServices.TestRun}/tests/{PlayedServices.Person}", $$"""{"courseCode":"K03","state":"{{state}}","attempt":2,"attemptsLeft":2,"passMark":80,"lastScore":60,"questions":[]}""");

        var text = await portal.Text($"/my/test/{PlayedServices.TestRun}", "zh-CN", Role.Employee);

        Assert.All(expected, words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.DoesNotContain("提交答卷", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_answers_without_a_name()
    {
        var answer = await Submit("/s/YL.link", "survey", ("i-Q02", "9"), ("p-Q02", "6"), ("nps", "8"));

        Assert.Contains("Thank you for your answers!", answer, StringComparison.Ordinal);
        var (_, _, body) = Assert.Single(portal.Played.Sent);
        Assert.Contains("""{"item":"Q02","importance":9,"performance":6}""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Q05", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trainer_s_sheet_is_one_form()
    {
        await Submit($"/sheet/{PlayedServices.Session}", "attendance", "en", Role.Trainer, [($"m-{PlayedServices.Person}", "170")]);

        var (_, command, body) = Assert.Single(portal.Played.Sent);
        Assert.Equal($"PUT /sessions/{PlayedServices.Session}/attendance", command);
        Assert.Contains($$"""{"employeeId":"{{PlayedServices.Person}}","minutes":170}""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_not_sent()
    {
        Assert.Contains("Answer at least one question", await Submit("/s/YL.link", "survey"), StringComparison.Ordinal);
        Assert.Empty(portal.Played.Sent);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var reader = portal.Reader("en", Role.Employee);

        using var answer = await reader.PostAsync("/my/find", new FormUrlEncodedContent([new("_handler", "enrol-00000000-0000-0000-0000-000000000044")]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(portal.Played.Sent);
    }

    /// <summary>Opens the page, fills in the form and sends it with its anti-forgery token and cookie.</summary>
    async Task<string> Submit(string path, string form, params (string Name, string Value)[] fields) => await Submit(path, form, "en", Role.Employee, fields);

    async Task<string> Submit(string path, string form, string culture, string role, (string Name, string Value)[] fields)
    {
        using var reader = portal.Reader(culture, role);
        using var page = await reader.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cookies = reader.DefaultRequestHeaders.GetValues("Cookie").Concat(page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(one => one.Split(';')[0]) : []);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", Token().Match(html).Groups[1].Value), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        reader.DefaultRequestHeaders.Remove("Cookie");
        request.Headers.Add("Cookie", string.Join("; ", cookies));
        using var answer = await reader.SendAsync(request, TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<link rel=\"stylesheet\" href=\"([^\"]+)\"")]
    private static partial Regex Style();

    public ValueTask DisposeAsync() => portal.DisposeAsync();
}
