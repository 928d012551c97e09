using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Foundation;
using Training.Identity.Users;

namespace Training.Identity.Tests;

[Collection<WithHost>]
public class SignInTests(IdentityHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_through_the_portal_and_gets_tokens_that_say_who_where_and_what()
    {
        var tokens = await host.TokensOf("estate@yl");

        var claims = IdentityHost.ClaimsOf(tokens.GetProperty("access_token").GetString() ?? "");
        Assert.Equal("http://localhost/", claims.GetProperty("iss").GetString());
        Assert.Equal(Access.Audience, claims.GetProperty("aud").GetString());
        Assert.Equal("YL", claims.GetProperty(Claim.Tenant).GetString());
        Assert.Equal([new(Role.EstateManager, $"estate:{DerivedId.Of("estate", "YL", "EST-01")}")], IdentityHost.GrantsOf(tokens));
        Assert.False(claims.TryGetProperty(Claim.Role, out _) || claims.TryGetProperty(Claim.Reach, out _));
        Assert.Equal(User.IdOf("YL", "estate").ToString(), claims.GetProperty(Claim.Subject).GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 1, 600);
        Assert.False(claims.TryGetProperty("stamp", out _));
    }

    [Fact]
    public async Task Every_role_has_a_demo_account()
    {
        List<string> roles = [];
        foreach (var name in new[] { "group", "region", "estate", "trainer", "employee", "inspector", "finance", "hr", "ops" })
            roles.Add(Assert.Single(IdentityHost.GrantsOf(await host.TokensOf($"{name}@yl"))).Role);

        Assert.Equal(Role.All.Order(), roles.Order());
    }

    [Fact]
    public async Task A_token_is_renewed_once_with_its_refresh_token()
    {
        var tokens = await host.TokensOf("trainer@yl");
        KeyValuePair<string, string>[] renewal = [new("grant_type", "refresh_token"), new("refresh_token", tokens.GetProperty("refresh_token").GetString() ?? "")];

        var renewed = await (await host.Token(renewal)).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal([new(Role.Trainer, "region:HZ")], IdentityHost.GrantsOf(renewed));
        Assert.NotEqual(tokens.GetProperty("refresh_token").GetString(), renewed.GetProperty("refresh_token").GetString());
    }

    [Fact]
    public async Task Five_failures_close_the_account_even_to_the_right_password()
    {
        var id = await New("locked");
        using var browser = host.Browser();
        for (var failure = 0; failure < 5; failure++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await IdentityHost.SignIn(browser, "locked@yl", "a wrong password")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await IdentityHost.SignIn(browser, "locked@yl", IdentityHost.Password)).StatusCode);
        Assert.Single(await host.Facts(id), fact => fact is UserLockedOut);

        using var ops = host.Client(Role.Ops);
        (await ops.PostAsJsonAsync($"/users/{id}/reset-password", new { password = "another password" }, Ct)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityHost.SignIn(browser, "locked@yl", "another password")).StatusCode);
    }

    [Fact]
    public async Task Guesses_sent_side_by_side_get_no_more_tries()
    {
        var id = await New("guessed");
        var guesses = Enumerable.Range(0, 12).Select(async _ =>
        {
            using var browser = host.Browser();
            return (await IdentityHost.SignIn(browser, "guessed@yl", "a wrong password")).StatusCode;
        });

        Assert.All(await Task.WhenAll(guesses), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Single(await host.Facts(id), fact => fact is UserLockedOut);
    }

    [Fact]
    public async Task One_person_signs_in_on_several_devices_at_a_moment()
    {
        await New("devices");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var browser = host.Browser();
            return (await IdentityHost.SignIn(browser, "devices@yl", IdentityHost.Password)).StatusCode;
        }));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Redirect, status));
    }

    [Fact]
    public async Task A_disabled_user_can_neither_sign_in_nor_renew()
    {
        var id = await New("gone");
        var tokens = await host.TokensOf("gone@yl");
        using var ops = host.Client(Role.Ops);
        (await ops.PostAsJsonAsync($"/users/{id}/disable", new { reason = "left the group" }, Ct)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Token(new("grant_type", "refresh_token"), new("refresh_token", tokens.GetProperty("refresh_token").GetString() ?? ""))).StatusCode);
        using var browser = host.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await IdentityHost.SignIn(browser, "gone@yl", IdentityHost.Password)).StatusCode);
    }

    [Fact]
    public async Task A_changed_role_is_in_the_next_token()
    {
        var id = await New("promoted");
        var tokens = await host.TokensOf("promoted@yl");
        using var ops = host.Client(Role.Ops);
        (await ops.PutAsJsonAsync($"/users/{id}/grants", new { grants = new[] { new Grant(Role.RegionalManager, "region:SH") } }, Ct)).EnsureSuccessStatusCode();

        var renewed = await (await host.Token(new("grant_type", "refresh_token"), new("refresh_token", tokens.GetProperty("refresh_token").GetString() ?? ""))).Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal([new(Role.RegionalManager, "region:SH")], IdentityHost.GrantsOf(renewed));
    }

    [Fact]
    public async Task Each_role_keeps_its_own_reach_in_both_tokens()
    {
        var id = await New("inspector-and-manager");
        Grant[] grants = [new(Role.QualityInspector, $"estate:{Guid.CreateVersion7()}"), new(Role.EstateManager, $"estate:{Guid.CreateVersion7()}"), new(Role.EstateManager, "region:SH")];
        using var ops = host.Client(Role.Ops);
        (await ops.PutAsJsonAsync($"/users/{id}/grants", new { grants }, Ct)).EnsureSuccessStatusCode();

        var tokens = await host.TokensOf("inspector-and-manager@yl");

        Assert.Equal(grants, IdentityHost.GrantsOf(tokens));
        Assert.Equal(grants, IdentityHost.GrantsOf(tokens, "id_token"));
    }

    [Fact]
    public async Task A_reach_of_another_role_does_not_open_this_service()
    {
        var id = await New("finance-of-ops");
        using var ops = host.Client(Role.Ops);
        (await ops.PutAsJsonAsync($"/users/{id}/grants", new { grants = new Grant[] { new(Role.FinanceController, "group"), new(Role.Ops, "region:SH") } }, Ct)).EnsureSuccessStatusCode();

        using var narrow = host.With((await host.TokensOf("finance-of-ops@yl")).GetProperty("access_token").GetString() ?? "");

        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.GetAsync("/users", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("//evil.test")]
    [InlineData("https://evil.test")]
    [InlineData("/\\evil.test")]
    public async Task Nobody_is_sent_to_a_foreign_site_after_signing_in(string address)
    {
        using var browser = host.Browser();
        var answer = await IdentityHost.SignIn(browser, "group@yl", IdentityHost.Password, $"/sign-in?returnUrl={Uri.EscapeDataString(address)}");

        Assert.Equal($"{IdentityHost.Portal}/", new Uri(answer.Headers.Location?.ToString() ?? "").ToString());
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var browser = host.Browser();
        using var form = new FormUrlEncodedContent([new("name", "group@yl"), new("password", IdentityHost.Password)]);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-in", form, Ct)).StatusCode);
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", nothing, Ct)).StatusCode);
    }

    [Fact]
    public async Task Only_registered_addresses_get_a_code_and_only_with_a_challenge()
    {
        using var browser = host.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(IdentityHost.AuthorizeAddress("http://evil.test/signin-oidc").Address, Ct)).StatusCode);

        await IdentityHost.SignIn(browser, "group@yl", IdentityHost.Password);
        var without = await browser.GetAsync($"/connect/authorize?client_id=portal&response_type=code&scope=openid&redirect_uri={IdentityHost.Portal}/signin-oidc", Ct);
        Assert.Contains("code_challenge", await without.Content.ReadAsStringAsync(Ct) + without.Headers.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", without.Headers.Location?.Query ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = host.Browser();
        await IdentityHost.SignIn(browser, "group@yl", IdentityHost.Password);
        Assert.StartsWith(IdentityHost.Portal, (await browser.GetAsync(IdentityHost.AuthorizeAddress().Address, Ct)).Headers.Location?.ToString(), StringComparison.Ordinal);

        await browser.GetAsync("/connect/end-session", Ct);

        Assert.StartsWith("/sign-in", (await browser.GetAsync(IdentityHost.AuthorizeAddress().Address, Ct)).Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_gets_its_own_roles_one_at_a_time_and_no_other()
    {
        KeyValuePair<string, string>[] Asking(string secret, string role) =>
            [new("grant_type", "client_credentials"), new("client_id", "payroll"), new("client_secret", secret), new("role", role)];

        var token = await (await host.Token(Asking(IdentityHost.Secret, Role.HrIntegrator))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal([new(Role.HrIntegrator, "group")], IdentityHost.GrantsOf(token));
        var all = await (await host.Token(Asking(IdentityHost.Secret, ""))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal([new(Role.HrIntegrator, "group"), new(Role.Ops, "group")], IdentityHost.GrantsOf(all));

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Token(Asking(IdentityHost.Secret, Role.GroupTrainingManager))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Token(Asking("a-secret-somebody-made-up", Role.HrIntegrator))).StatusCode);
    }

    [Theory]
    [InlineData("/sign-in", "zh-CN", "登录")]
    [InlineData("/sign-in?culture=en", "en", "Sign in")]
    public async Task The_page_speaks_both_languages_and_loads_nothing_foreign(string path, string language, string title)
    {
        using var browser = host.Browser();
        var answer = await browser.GetAsync(path, Ct);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{title}</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in.css", Ct)).StatusCode);
    }

    async Task<Guid> New(string name)
    {
        using var ops = host.Client(Role.Ops);
        var answer = await ops.PostAsJsonAsync("/users", new
        {
            name, displayName = name, password = IdentityHost.Password, grants = new[] { new Grant(Role.Employee, $"self:{DerivedId.Of("employee", "YL", name)}") },
        }, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return User.IdOf("YL", name);
    }
}
