using System.Collections.Concurrent;
using Microsoft.Playwright;
using Training.Portal.Tests;

namespace Training.Browser.Tests;

/// <summary>The system's Chromium before the real portal, whose services are played. Without a browser the tests fail.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly PortalHost portal = new();
    readonly ConcurrentQueue<string> complaints = [];
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

    /// <summary>A page of a fresh reader, who prefers this language and holds a screen of this width.</summary>
    public async Task<IPage> Open(string path, string culture, int width)
    {
        var context = await (browser ?? throw new InvalidOperationException("Not started.")).NewContextAsync(
            new() { BaseURL = Address, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Enqueue($"{path}: {message.Text}"); };
        await page.GotoAsync($"{path}?culture={culture}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        await portal.DisposeAsync();
    }
}
