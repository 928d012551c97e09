using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Training.Identity.Connect;

/// <summary>The table of contents: OpenID Connect by OpenIddict (authorization code with PKCE, refresh tokens, client credentials).</summary>
static class Connect
{
    const string AuthorizePath = "/connect/authorize", TokenPath = "/connect/token", EndSessionPath = "/connect/end-session";

    // A token says what its user was when it was made, so it lives shortly; a working day passes without signing in again.
    static readonly TimeSpan AccessTokenLife = TimeSpan.FromMinutes(10), SessionLife = TimeSpan.FromHours(10);

    public static void AddConnect(this WebApplicationBuilder builder)
    {
        var keys = Keys.Of(builder.Configuration);
        var issuer = new Uri(builder.Configuration["Identity:Issuer"] ?? throw new InvalidOperationException("Identity:Issuer is missing."));

        builder.Services.AddDataProtection().SetApplicationName("training-identity").PersistKeysToFileSystem(keys.Folder);
        builder.Services.AddDbContext<ConnectStore>(store => store.UseNpgsql(builder.Configuration.GetConnectionString("store")).UseOpenIddict());
        builder.Services.AddSingleton<Passport>();
        builder.Services.AddHostedService<ClientKeeper>();
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<ConnectStore>())
            .AddServer(server =>
            {
                server.SetIssuer(issuer)
                    .SetAuthorizationEndpointUris(AuthorizePath).SetTokenEndpointUris(TokenPath).SetEndSessionEndpointUris(EndSessionPath)
                    .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                    .AllowRefreshTokenFlow().AllowClientCredentialsFlow()
                    .RegisterScopes(Scopes.Profile, Scopes.OfflineAccess)
                    .SetAccessTokenLifetime(AccessTokenLife).SetIdentityTokenLifetime(AccessTokenLife).SetRefreshTokenLifetime(SessionLife)
                    .AddSigningKey(keys.Signing).AddEncryptionKey(keys.Encryption)
                    // Services read access tokens themselves.
                    .DisableAccessTokenEncryption();
                var web = server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableEndSessionEndpointPassthrough();
                // On one machine, or behind a proxy that ends TLS and says so in the issuer.
                if (issuer.IsLoopback || builder.Configuration.GetValue("Identity:BehindProxy", false)) web.DisableTransportSecurityRequirement();
            });

        // Its own tokens are checked with its own key, without asking itself over the network.
        builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            options.TokenValidationParameters.IssuerSigningKeys = [.. options.TokenValidationParameters.IssuerSigningKeys ?? [], keys.Signing];
            options.TokenValidationParameters.ValidIssuers = [.. options.TokenValidationParameters.ValidIssuers ?? [], issuer.ToString()];
        });
    }

    public static void MapConnect(this IEndpointRouteBuilder app)
    {
        app.MapMethods(AuthorizePath, [HttpMethods.Get, HttpMethods.Post], Authorize.Handle).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapPost(TokenPath, Token.Handle).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(SignIn.SignInPages.TokenLimit).ExcludeFromDescription();
        app.MapMethods(EndSessionPath, [HttpMethods.Get, HttpMethods.Post], (Delegate)EndSession.Handle).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
    }
}
