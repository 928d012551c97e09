using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Training.Foundation;
using Training.Portal.SignIn;
using Claim = System.Security.Claims.Claim;

namespace Training.Portal.Tests;

/// <summary>
/// Whoever comes has signed in as the group's training manager; the header <c>Played-Role</c> (or a cookie of that name) makes it another role, and
/// <c>nobody</c> an anonymous reader.
/// </summary>
sealed class PlayedSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PlayedSessions played)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "played";
    public const string RoleHeader = "Played-Role", Nobody = "nobody";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var role = Request.Headers[RoleHeader].FirstOrDefault() ?? Request.Cookies[RoleHeader] ?? Role.GroupTrainingManager;
        if (role == Nobody) return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(AuthenticateResult.Success(new(Person(role, played), Scheme)));
    }

    public static ClaimsPrincipal Person(string role, PlayedSessions played) => new(new ClaimsIdentity(
        [new Claim("sub", $"played-{role}"), new Claim("name", role), new Claim("tenant", "YL"), new Claim("grant", $"{role}@{Reach(role)}"), new Claim(Sessions.Claim, played.Of(role))],
        Scheme, "name", "grant"));

    static string Reach(string role) => role switch
    {
        Role.Employee => $"self:{PlayedServices.Person}",
        Role.EstateManager => $"estate:{PlayedServices.Estate}",
        _ => "group",
    };
}

/// <summary>One session for each role.</summary>
sealed class PlayedSessions(Sessions sessions)
{
    readonly ConcurrentDictionary<string, string> begun = [];

    public string Of(string role) => begun.GetOrAdd(role, key => sessions.Begin(new OpenIdConnectMessage { AccessToken = $"ey-{key}", RefreshToken = "", IdToken = "", ExpiresIn = "36000" }));
}
