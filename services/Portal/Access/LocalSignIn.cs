using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Training.Foundation;
using Claim = Training.Foundation.Claim;

namespace Training.Portal.Access;

/// <summary>
/// Signs everybody in as one role until an identity provider is configured: <c>Auth:LocalRole</c>, and while <c>Auth:LocalSwitch</c> is on
/// whoever they choose to be at <c>/as/{role}</c>.
/// </summary>
sealed class LocalSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration configuration, IDataProtectionProvider protection)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Local", Cookie = "as";

    internal sealed record Choice(string Role, string Scope);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (role, scope) = Chosen() ?? new(configuration["Auth:LocalRole"] ?? Role.GroupTrainingManager, configuration["Auth:LocalScope"] ?? "group");
        var identity = new ClaimsIdentity(
            [new(Claim.Tenant, configuration["Tenant"] ?? "YL"), new(Claim.Subject, $"portal-{role}"), new(Claim.Role, role), new(Claim.Scope, scope)], Name, Claim.Subject, Claim.Role);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Name)));
    }

    Choice? Chosen()
    {
        if (!IsOn(configuration) || Request.Cookies[Cookie] is not { } kept) return null;
        try { return JsonSerializer.Deserialize<Choice>(Protector(protection).Unprotect(kept)); }
        catch (System.Security.Cryptography.CryptographicException) { return null; }
    }

    internal static bool IsOn(IConfiguration configuration) => configuration.GetValue("Auth:LocalSwitch", true);

    static IDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("local sign-in");

    internal static void Map(IEndpointRouteBuilder app) => app.MapGet("/as/{role}", (string role, string? scope, string? to, HttpContext http, IConfiguration configuration, IDataProtectionProvider protection) =>
    {
        if (!IsOn(configuration) || !Entries.Roles.Contains(role)) return Results.NotFound();
        http.Response.Cookies.Append(Cookie, Protector(protection).Protect(JsonSerializer.Serialize(new Choice(role, scope ?? "group"))),
            new() { IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
        return Results.LocalRedirect(to ?? Entries.HomeOf(role));
    });
}

/// <summary>The token with which a service is asked on the visitor's behalf.</summary>
public interface ITokens
{
    Task<string> Of(ClaimsPrincipal user);
}

sealed class LocallyMinted(LocalTokens tokens) : ITokens
{
    public Task<string> Of(ClaimsPrincipal user)
    {
        var visitor = Visitor.Of(user);
        return Task.FromResult(tokens.For(visitor.Tenant, visitor.Subject, visitor.Roles.First(), string.Join(' ', visitor.Scopes)));
    }
}
