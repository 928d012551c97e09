using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Training.Foundation;
using Training.Portal.Frame;
using Training.Portal.Tests;

namespace Training.Browser.Tests;

/// <summary>Every route, in Chinese on the phone and in English on the desk: it fits, it is accessible, and a picture of it is kept.</summary>
public partial class PagesTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>What a page and its files weigh compressed, whether they came over the network or were kept.</summary>
    const string Weight = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.encodedBodySize, 0)";
    const int PhonePageBytes = 100_000;

    static readonly (string Path, string Role)[] Routes =
    [
        ("/", Role.GroupTrainingManager), ("/needs", Role.GroupTrainingManager), ("/gaps", Role.GroupTrainingManager), ("/survey", Role.GroupTrainingManager), ("/plans", Role.GroupTrainingManager),
        ("/budgeting", Role.FinanceController), ("/budgeting?view=estate", Role.FinanceController), ("/budgeting?view=line", Role.FinanceController), ("/catalogue", Role.GroupTrainingManager), ("/runs", Role.GroupTrainingManager), ($"/runs/{PlayedServices.Run}", Role.GroupTrainingManager), ("/proposals", Role.RegionalManager), ("/absences", Role.RegionalManager),
        ($"/proposals/{PlayedServices.Proposal}", Role.RegionalManager),
        ("/calendar", Role.GroupTrainingManager), ("/calendar?view=trainer", Role.GroupTrainingManager), ("/coverage", Role.EstateManager), ("/today?day=2027-01-06", Role.EstateManager),
        ("/team", Role.EstateManager), ("/evaluation", Role.GroupTrainingManager), ("/evaluation?by=estate", Role.GroupTrainingManager), ($"/questions?course={PlayedServices.Course}", Role.GroupTrainingManager), ("/findings", Role.QualityInspector),
        ("/certificates", Role.GroupTrainingManager), ("/workforce", Role.HrIntegrator), ("/employees", Role.EstateManager), ($"/employees/{PlayedServices.Person}", Role.EstateManager), ("/sources", Role.HrIntegrator), ($"/quarantine?message={PlayedServices.Message}", Role.HrIntegrator),
        ("/ops", Role.Ops), ($"/follow?id={PlayedServices.Event}", Role.Ops), ("/audit", Role.Ops), ("/teach", Role.Trainer), ($"/sheet/{PlayedServices.Session}", Role.Trainer), ($"/door/{PlayedServices.Session}", Role.Trainer),
        ("/my", Role.Employee), ("/my/find", Role.Employee), ("/my/ask", Role.Employee), ("/my/feedback", Role.Employee), ($"/my/feedback/{PlayedServices.Run}", Role.Employee), ("/my/certificates", Role.Employee), ($"/my/test/{PlayedServices.TestRun}", Role.Employee),
        ($"/check-in/{PlayedServices.Session}?code=c0de", Role.Employee), ("/s/YL.link", Role.Employee), ("/c/YL.1", Role.Employee),
    ];

    public static TheoryData<string, string, string, int> Views => new(
        from route in Routes from screen in new[] { ("zh-CN", Reader.Phone), ("en", Reader.Desk) } select (route.Path, route.Role, screen.Item1, screen.Item2));

    [Theory, MemberData(nameof(Views))]
    public async Task A_page_fits_the_screen_and_is_accessible(string path, string role, string culture, int width)
    {
        var reader = new Reader(role, culture, width);
        var page = await browser.Open(path, reader);
        await page.Keep(Name().Replace(path == "/" ? "loop" : path.Trim('/'), "-"), reader);

        Assert.Equal(culture, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, width);
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
        if (await page.Locator(".mud-layout").CountAsync() == 0) Assert.InRange(await page.EvaluateAsync<int>(Weight), 1, PhonePageBytes);
        // Such as what the content security policy refused.
        Assert.DoesNotContain(browser.Complaints, complaint => complaint.StartsWith($"{path}: ", StringComparison.Ordinal));
        await page.CloseAsync();
    }

    /// <summary>A page that nobody looked at would not be tested.</summary>
    [Fact]
    public void Every_page_of_the_menu_is_looked_at() =>
        Assert.Empty(Entries.All.Select(item => item.Href).Except(Routes.Select(route => route.Path.Split('?')[0])));

    [Fact]
    public async Task The_loop_refreshes_by_itself()
    {
        var page = await browser.Open("/", new(Role.GroupTrainingManager, "en", Reader.Desk));
        var time = await page.Locator(".refreshed").InnerTextAsync();

        await Assertions.Expect(page.Locator(".refreshed")).Not.ToHaveTextAsync(time, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task The_language_is_switched_in_the_bar_and_kept()
    {
        var page = await browser.Open("/needs", new(Role.GroupTrainingManager, "zh-CN", Reader.Phone));

        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Needs board");
        await page.GotoAsync("/budgeting");
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Budget");
    }

    [Fact]
    public async Task On_a_phone_the_menu_opens_and_leads_on()
    {
        var page = await browser.Open("/", new(Role.GroupTrainingManager, "en", Reader.Phone));

        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation).GetByText("Courses and trainers").ClickAsync();

        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Courses and trainers");
    }

    [GeneratedRegex("[^A-Za-z]+")]
    private static partial Regex Name();
}
