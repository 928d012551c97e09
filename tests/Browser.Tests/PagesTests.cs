using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

public class PagesTests(Browser browser) : IClassFixture<Browser>
{
    const int Phone = 390, Desk = 1280;

    static readonly string[] Paths = ["/", "/workforce", "/needs", "/catalogue", "/scheduling", "/budgeting", "/evaluation"];

    public static TheoryData<string, string, int> Views =>
        new(from path in Paths from culture in new[] { "zh-CN", "en" } from width in new[] { Phone, Desk } select (path, culture, width));

    [Theory, MemberData(nameof(Views))]
    public async Task A_page_fits_the_screen_and_is_accessible(string path, string culture, int width)
    {
        var page = await browser.Open(path, culture, width);
        await Picture(page, path, culture, width);

        Assert.Equal(culture, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
    }

    [Fact]
    public async Task The_content_security_policy_lets_the_pages_work()
    {
        foreach (var path in Paths) await browser.Open(path, "en", Desk);

        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_loop_refreshes_by_itself()
    {
        var page = await browser.Open("/", "en", Desk);
        var time = await page.Locator(".refreshed").InnerTextAsync();

        await Assertions.Expect(page.Locator(".refreshed")).Not.ToHaveTextAsync(time, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task The_language_is_switched_in_the_bar_and_kept()
    {
        var page = await browser.Open("/needs", "zh-CN", Phone);

        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Needs and gaps");
        await page.GotoAsync("/budgeting");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Budget");
    }

    [Fact]
    public async Task The_needs_board_is_filtered()
    {
        var page = await browser.Open("/needs", "en", Desk);

        await page.GetByLabel("State").SelectOptionAsync("Approved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await page.WaitForURLAsync("**/needs?state=Approved*");

        Assert.Contains(browser.Played.Asked("NeedsAssessment"), path => path.Contains("state=Approved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_phone_the_menu_opens_and_leads_on()
    {
        var page = await browser.Open("/", "en", Phone);

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation).GetByText("Courses and trainers").ClickAsync();

        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Courses and trainers");
    }

    /// <summary>Kept where TRAINING_SCREENSHOTS says, for people to look at.</summary>
    static async Task Picture(IPage page, string path, string culture, int width)
    {
        if (Environment.GetEnvironmentVariable("TRAINING_SCREENSHOTS") is not { Length: > 0 } folder) return;
        var name = path == "/" ? "loop" : path[1..];
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{culture}-{width}.png"), FullPage = true });
    }
}
