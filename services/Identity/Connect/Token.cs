using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Training.Identity.Connect;

/// <summary>Changes a code or a refresh token into tokens that say what the user is now, and a client's secret into a token of its own.</summary>
static class Token
{
    public static async Task<IResult> Handle(HttpContext http, Passport passport, IOpenIddictApplicationManager clients, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not a request of OpenID Connect.");
        if (request.IsClientCredentialsGrantType()) return await OfClient(request, clients, ct);

        var grant = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal
            ?? throw new InvalidOperationException("The grant has no principal.");
        return await passport.Of(Guid.Parse(grant.GetClaim(Claims.Subject) ?? ""), grant.GetClaim(Passport.Stamp) ?? "", grant.GetScopes(), ct) is { } person
            ? Give(person)
            : Authorize.Refuse(Errors.InvalidGrant, "The user may not sign in any more.");
    }

    static async Task<IResult> OfClient(OpenIddictRequest request, IOpenIddictApplicationManager clients, CancellationToken ct)
    {
        var id = request.ClientId ?? "";
        var client = await clients.FindByClientIdAsync(id, ct) ?? throw new InvalidOperationException("An unknown client was let in.");
        var powers = (await clients.GetPropertiesAsync(client, ct))[Client.Machine].Deserialize<Powers>() ?? throw new InvalidOperationException("The client may do nothing.");
        return Passport.Of(id, powers, (string?)request[Training.Foundation.Claim.Role] ?? "") is { } machine
            ? Give(machine)
            : Authorize.Refuse(Errors.UnauthorizedClient, "The client does not have this role.");
    }

    static IResult Give(System.Security.Claims.ClaimsPrincipal principal) =>
        Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
}
