using System.Security.Claims;
using Marten;
using OpenIddict.Abstractions;
using Training.Foundation;
using Training.Identity.Users;
using Claim = Training.Foundation.Claim;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Training.Identity.Connect;

/// <summary>Turns a user or a machine client into the claims that the services read.</summary>
sealed class Passport(IDocumentStore store)
{
    public const string Stamp = "stamp";

    /// <summary>Claims of a user, or null when there is none any more, when disabled, or when sessions under <paramref name="stamp"/> have ended.</summary>
    public async Task<ClaimsPrincipal?> Of(Guid userId, string stamp, IEnumerable<string> scopes, CancellationToken ct)
    {
        await using var accounts = store.QuerySession();
        if (await accounts.LoadAsync<Account>(userId, ct) is not { } account || account.Stamp != stamp) return null;
        await using var users = store.QuerySession(account.Tenant);
        if (await users.LoadAsync<User>(userId, ct) is not { Disabled: false } user) return null;
        return Make(userId.ToString(), account.DisplayName, account.Tenant, user.Grants, scopes).SetClaim(Stamp, stamp);
    }

    /// <summary>Claims of a machine client, which may ask for one of its roles by the parameter <c>role</c>; null when that is not its own.</summary>
    public static ClaimsPrincipal? Of(string clientId, Powers powers, string role) =>
        role == "" || powers.Roles.Contains(role)
            ? Make(clientId, clientId, powers.Tenant, Grant.Each(role == "" ? powers.Roles : [role], powers.Reach), [])
            : null;

    static ClaimsPrincipal Make(string subject, string name, string tenant, IEnumerable<Grant> grants, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("passport")
            .SetClaim(Claims.Subject, subject)
            .SetClaim(Claims.Name, name)
            .SetClaim(Claim.Tenant, tenant)
            .SetClaims(Claim.Grant, [.. grants.Distinct().Select(grant => grant.ToString())]);
        return new ClaimsPrincipal(identity).SetScopes(scopes).SetResources(Access.Audience).SetDestinations(claim => claim.Type switch
        {
            // The stamp stays inside the refresh token, which only this service can read.
            Stamp => [],
            Claims.Name => [Destinations.IdentityToken],
            _ => [Destinations.AccessToken, Destinations.IdentityToken],
        });
    }
}
