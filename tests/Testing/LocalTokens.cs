using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Training.Foundation;

namespace Training.Testing;

/// <summary>Mints short-lived tokens with a local key (<c>Auth:PublicKeyFile</c> of the services), where no provider runs.</summary>
public sealed class LocalTokens(string privateKeyPem, TimeProvider clock)
{
    readonly SigningCredentials credentials = new(Key(privateKeyPem), SecurityAlgorithms.EcdsaSha256);

    public string For(string tenant, string subject, string role, string scope = "group") => For(tenant, subject, [new Grant(role, scope)]);

    public string For(string tenant, string subject, Grant[] grants) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Access.Issuer,
        Audience = Access.Audience,
        IssuedAt = clock.GetUtcNow().UtcDateTime,
        NotBefore = clock.GetUtcNow().UtcDateTime,
        Expires = clock.GetUtcNow().AddMinutes(10).UtcDateTime,
        Claims = new Dictionary<string, object> { [Claim.Subject] = subject, [Claim.Tenant] = tenant, [Claim.Grant] = grants.Select(grant => grant.ToString()).ToArray() },
        SigningCredentials = credentials,
    });

    static ECDsaSecurityKey Key(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }
}
