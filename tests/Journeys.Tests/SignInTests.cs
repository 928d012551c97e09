using System.Net;
using System.Text.RegularExpressions;

namespace Training.Journeys.Tests;

/// <summary>People sign in at Identity, and the portal shows what the services tell them.</summary>
[Collection<AfterAQuarter>]
public partial class SignInTests(SmallQuarter quarter)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("group@yl")]
    [InlineData("estate@yl")]
    public async Task Who_signs_in_comes_back_to_the_page_and_services_answer_with_their_token(string name)
    {
        using var browser = Browser();
        var asked = await browser.GetAsync(new Uri(Portal, "/workforce"), Ct);
        Assert.Equal(quarter.Platform.Address("Identity").Port, asked.RequestMessage?.RequestUri?.Port);

        var page = await SignIn(browser, asked, name);

        Assert.Equal(new Uri(Portal, "/workforce"), page.RequestMessage?.RequestUri);
        var text = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Ct));
        Assert.Contains("EST-01", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u65e0\u6cd5\u8bbf\u95ee", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_opens_nothing()
    {
        using var browser = Browser();
        var page = await SignIn(browser, await browser.GetAsync(Portal, Ct), "group@yl", "a wrong password");

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.NotEqual(Portal.Port, (await browser.GetAsync(Portal, Ct)).RequestMessage?.RequestUri?.Port);
    }

    Uri Portal => quarter.Platform.Address("Portal");

    static HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new() });

    static async Task<HttpResponseMessage> SignIn(HttpClient browser, HttpResponseMessage asked, string name, string password = PlatformHost.Password)
    {
        var form = await asked.Content.ReadAsStringAsync(Ct);
        using var filled = new FormUrlEncodedContent([new("name", name), new("password", password), new("__RequestVerificationToken", FormToken().Match(form).Groups[1].Value)]);
        return await browser.PostAsync(new Uri(asked.RequestMessage?.RequestUri ?? throw new InvalidOperationException(), WebUtility.HtmlDecode(FormAction().Match(form).Groups[1].Value)), filled, Ct);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex FormAction();
}
