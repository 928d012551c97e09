using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Training.Foundation;

namespace Training.Identity.Tests;

/// <summary>The real service with the demo accounts, a portal and a machine client.</summary>
public partial class IdentityHost : ServiceHost<Program>
{
    public const string Password = "demo-password", Portal = "http://portal.test", Secret = "a-secret-of-the-tests";

    readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("identity-keys-");

    protected override IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Identity:Issuer", "http://localhost"), new("Identity:Keys", keys.FullName), new("Identity:DemoAccounts", Password), new("Identity:Home", Portal),
        new("Identity:SignInsPerMinute", "1000"),
        new("Identity:Clients:portal:Secret", Secret), new("Identity:Clients:portal:Sites:0", Portal),
        new("Identity:Clients:payroll:Secret", Secret), new("Identity:Clients:payroll:Tenant", Tenant), new("Identity:Clients:payroll:Reach:0", "group"),
        new("Identity:Clients:payroll:Roles:0", "hr-integrator"), new("Identity:Clients:payroll:Roles:1", "ops"),
    ];

    /// <summary>A browser: keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser() => Client("");

    /// <summary>Fills in the sign-in form at this address.</summary>
    public static async Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password, string address = "/sign-in")
    {
        var page = await browser.GetStringAsync(address);
        using var form = new FormUrlEncodedContent([new("name", name), new("password", password), new("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value)]);
        return await browser.PostAsync(WebUtility.HtmlDecode(FormAction().Match(page).Groups[1].Value), form);
    }

    /// <summary>Signs in through the portal's client and answers its tokens.</summary>
    public async Task<JsonElement> TokensOf(string name, string password = Password)
    {
        using var browser = Browser();
        var (address, verifier) = AuthorizeAddress();
        var asked = await browser.GetAsync(address);
        var signedIn = await SignIn(browser, name, password, asked.Headers.Location?.ToString() ?? "");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var back = await browser.GetAsync(signedIn.Headers.Location);
        var code = QueryHelpers.ParseQuery(back.Headers.Location?.Query ?? "")["code"].ToString();
        Assert.NotEqual("", code);
        var answer = await Token(new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", $"{Portal}/signin-oidc"), new("code_verifier", verifier));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static (string Address, string Verifier) AuthorizeAddress(string redirect = $"{Portal}/signin-oidc")
    {
        var verifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        return (QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
        {
            ["client_id"] = "portal", ["response_type"] = "code", ["scope"] = "openid profile offline_access", ["redirect_uri"] = redirect, ["state"] = "s",
            ["code_challenge_method"] = "S256", ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
        }), verifier);
    }

    /// <summary>Asks the token endpoint as the portal, unless a client is named.</summary>
    public async Task<HttpResponseMessage> Token(params KeyValuePair<string, string>[] fields)
    {
        using var client = Client("");
        KeyValuePair<string, string>[] portal = fields.Any(field => field.Key == "client_id") ? [] : [new("client_id", "portal"), new("client_secret", Secret)];
        using var form = new FormUrlEncodedContent([.. fields, .. portal]);
        return await client.PostAsync("/connect/token", form);
    }

    /// <summary>A client with a token that this service issued.</summary>
    public HttpClient With(string token)
    {
        var client = Client("");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static JsonElement ClaimsOf(string token) => JsonElement.Parse(WebEncoders.Base64UrlDecode(token.Split('.')[1]));

    /// <summary>What a token says its bearer may do.</summary>
    public static Grant[] GrantsOf(JsonElement tokens, string which = "access_token")
    {
        var claim = ClaimsOf(tokens.GetProperty(which).GetString() ?? "").GetProperty(Claim.Grant);
        return [.. (claim.ValueKind == JsonValueKind.Array ? claim.EnumerateArray().ToArray() : [claim]).Select(pair => (pair.GetString() ?? "").Split('@')).Select(pair => new Grant(pair[0], pair[1]))];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]+)\"")]
    private static partial Regex FormAction();
}

[CollectionDefinition]
public class WithHost : ICollectionFixture<IdentityHost>;
