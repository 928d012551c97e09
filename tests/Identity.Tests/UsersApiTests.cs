using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Foundation;
using Training.Identity.Users;

namespace Training.Identity.Tests;

[Collection<WithHost>]
public class UsersApiTests(IdentityHost host)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_are_managed_with_a_token_of_this_service()
    {
        using var ops = host.With((await host.TokensOf("ops@yl")).GetProperty("access_token").GetString() ?? "");

        var users = await ops.GetFromJsonAsync<JsonElement>("/users", Ct);

        Assert.Contains("finance@yl", users.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("signInName").GetString()));
    }

    [Fact]
    public async Task Another_group_neither_sees_nor_changes_users()
    {
        var id = User.IdOf("YL", "finance");
        using var stranger = host.Client(Role.Ops, tenant: "OTHER");
        var before = (await host.Facts(id)).Count;

        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>("/users", Ct)).GetProperty("total").GetInt64());
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/users/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/users/{id}/disable", new { reason = "envy" }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/users/{id}/reset-password", new { password = "taken over" }, Ct)).StatusCode);
        Assert.Equal(before, (await host.Facts(id)).Count);
        await host.TokensOf("finance@yl");
    }

    [Fact]
    public async Task The_same_name_may_exist_in_two_groups()
    {
        using var stranger = host.Client(Role.Ops, tenant: "ZZ");
        (await stranger.PostAsJsonAsync("/users", Body("group"), Ct)).EnsureSuccessStatusCode();

        var claims = IdentityHost.ClaimsOf((await host.TokensOf("group@zz")).GetProperty("access_token").GetString() ?? "");
        Assert.Equal("ZZ", claims.GetProperty(Claim.Tenant).GetString());
    }

    [Theory]
    [InlineData("finance", "name-taken")]
    [InlineData("With Spaces", "bad-name")]
    public async Task A_name_is_checked(string name, string code)
    {
        using var ops = host.Client(Role.Ops);
        var answer = await ops.PostAsJsonAsync("/users", Body(name), Ct);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    static object Body(string name) => new { name, displayName = name, password = IdentityHost.Password, grants = new[] { new Grant(Role.Ops, "group") } };
}

/// <summary>A door that few may try.</summary>
public sealed class NarrowHost : IdentityHost
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, new("Identity:SignInsPerMinute", "3")];
}

public class RateLimitTests(NarrowHost host) : IClassFixture<NarrowHost>
{
    [Fact]
    public async Task Who_tries_too_often_has_to_wait()
    {
        using var browser = host.Browser();
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 4; i++) answers.Add((await IdentityHost.SignIn(browser, "nobody@yl", "a wrong password")).StatusCode);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers);
    }
}
