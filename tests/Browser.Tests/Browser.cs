using System.Collections.Concurrent;
using Microsoft.Playwright;
using Training.Portal.Tests;

namespace Training.Browser.Tests;

/// <summary>Somebody before a screen: what he may, what he reads, and how wide his screen is.</summary>
public sealed record Reader(string Role, string Culture, int Width)
{
    public const int Phone = 390, Desk = 1440;
}

/// <summary>The system's Chromium before the real portal, whose services are played. Without a browser the tests fail.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly PortalHost portal = new();
    readonly ConcurrentQueue<string> complaints = [];
    readonly Dictionary<Reader, IBrowserContext> seats = [];
    IPlaywright? playwright;
    IBrowser? browser;

    public string Address => portal.ClientOptions.BaseAddress.ToString();

    internal PlayedServices Played => portal.Played;

    /// <summary>Errors that pages wrote to the console, such as what the content security policy refused.</summary>
    public IEnumerable<string> Complaints => complaints;

    public async ValueTask InitializeAsync()
    {
        portal.UseKestrel(0);
        portal.StartServer();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TRAINING_CHROMIUM") ?? Places.FirstOrDefault(File.Exists),
            Args = ["--no-sandbox"],
        });
    }

    /// <summary>A page of its own. A back-office page is ready once its circuit is.</summary>
    public async Task<IPage> Open(string path, Reader reader)
    {
        var page = await (await SeatOf(reader)).NewPageAsync();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Enqueue($"{path}: {message.Text}"); };
        await page.GotoAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}culture={reader.Culture}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        if (await page.Locator(".mud-layout").CountAsync() > 0) await Assertions.Expect(page.Locator("main[data-live]")).ToBeAttachedAsync(new() { Timeout = 15_000 });
        return page;
    }

    /// <summary>A browser that has loaded styles and scripts before, as people's browsers have.</summary>
    async Task<IBrowserContext> SeatOf(Reader reader)
    {
        if (seats.TryGetValue(reader, out var seat)) return seat;
        seat = await (browser ?? throw new InvalidOperationException("Not started.")).NewContextAsync(
            new() { BaseURL = Address, ViewportSize = new() { Width = reader.Width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        await seat.AddCookiesAsync([new() { Name = PlayedSignIn.RoleHeader, Value = reader.Role, Url = Address }]);
        return seats[reader] = seat;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        await portal.DisposeAsync();
    }
}

static class Pictures
{
    /// <summary>Kept beside the test results, or where TRAINING_SCREENSHOTS says, for people to look at.</summary>
    public static async Task Keep(this IPage page, string name, Reader reader)
    {
        var folder = Environment.GetEnvironmentVariable("TRAINING_SCREENSHOTS") is { Length: > 0 } wanted ? wanted : Path.Combine(AppContext.BaseDirectory, "TestResults", "screens");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{reader.Culture}-{reader.Width}.png"), FullPage = true });
    }
}
