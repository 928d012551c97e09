using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Training.Foundation;

namespace Training.Portal.SignIn;

/// <summary>Sign-in at an OpenID Connect provider: authorization code with PKCE. Every page wants it, unless it says <c>[AllowAnonymous]</c>.</summary>
static class SignIn
{
    const string SignOutPath = "/sign-out";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Auth");
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        // Pages without sign-in are counted by address, so that nobody tries all links or numbers.
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsOpenDoor(http)
                ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
                {
                    PermitLimit = settings.GetValue("OpenDoorsPerMinute", 120), Window = TimeSpan.FromMinutes(1),
                })
                : RateLimitPartition.GetNoLimiter("not counted"));
        });
        builder.Services.AddAntiforgery(options => options.Cookie.Name = "training-portal-form");
        builder.Services.AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
            })
            .AddCookie(options =>
            {
                options.Cookie.Name = "training-portal";
                (options.Cookie.HttpOnly, options.Cookie.SameSite, options.ExpireTimeSpan) = (true, SameSiteMode.Lax, Sessions.Longest);
                options.SlidingExpiration = false;
                options.Events.OnValidatePrincipal = async context =>
                {
                    // After a restart the tokens are gone; the provider still knows the person and gives new ones without asking.
                    if (context.HttpContext.RequestServices.GetRequiredService<Sessions>().Has(context.Principal?.FindFirstValue(Sessions.Claim) ?? "")) return;
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
                };
            })
            .AddOpenIdConnect(options =>
            {
                options.Authority = settings["Authority"] ?? throw new InvalidOperationException("Auth:Authority is missing.");
                options.RequireHttpsMetadata = !new Uri(options.Authority).IsLoopback && settings.GetValue("RequireHttps", true);
                options.ClientId = settings["ClientId"] ?? "portal";
                options.ClientSecret = settings["ClientSecretFile"] is { } file ? File.ReadAllText(file).Trim() : settings["ClientSecret"];
                options.ResponseType = OpenIdConnectResponseType.Code;
                // The answer comes as a plain link, so that no page of the provider needs a script.
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.Scope.Add("offline_access");
                options.MapInboundClaims = false;
                options.TokenValidationParameters.NameClaimType = "name";
                foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie }) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                options.Events = new() { OnRedirectToIdentityProvider = Ask, OnTokenValidated = context => Begin(context, settings), OnRedirectToIdentityProviderForSignOut = End };
            });
    }

    /// <summary>Headers first, so that they are on refusals too.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseRouting();
        // Signing out is a form whose answer leads to the provider; browsers hold redirects to the policy too.
        var provider = new Uri(app.Configuration["Auth:Authority"] ?? throw new InvalidOperationException("Auth:Authority is missing.")).GetLeftPart(UriPartial.Authority);
        app.UseSecurityHeaders(http => Policy(http, provider));
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static void MapSignIn(this WebApplication app) => app.MapPost(SignOutPath, async (HttpContext http, IAntiforgery forms) =>
        // There is no field to bind, so nothing else asks whether the form is ours.
        !await forms.IsRequestValidAsync(http) ? Results.BadRequest() : Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));

    static bool IsOpenDoor(HttpContext http) =>
        http.User.Identity?.IsAuthenticated != true
        && http.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<ComponentTypeMetadata>() is not null && metadata.GetMetadata<IAllowAnonymous>() is not null;

    static Task Ask(RedirectContext context)
    {
        context.ProtocolMessage.UiLocales = CultureInfo.CurrentUICulture.Name;
        // A script can't follow to another site's page.
        if (!context.Request.Path.StartsWithSegments("/_blazor")) return Task.CompletedTask;
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.HandleResponse();
        return Task.CompletedTask;
    }

    static Task Begin(TokenValidatedContext context, IConfiguration settings)
    {
        var person = (ClaimsIdentity)(context.Principal?.Identity ?? throw new InvalidOperationException("A valid token without a person."));
        Access.Translate(person, settings);
        person.AddClaim(new(Sessions.Claim, context.HttpContext.RequestServices.GetRequiredService<Sessions>()
            .Begin(context.TokenEndpointResponse ?? throw new InvalidOperationException("The provider gave no tokens."))));
        return Task.CompletedTask;
    }

    static Task End(RedirectContext context)
    {
        context.ProtocolMessage.IdTokenHint = context.HttpContext.RequestServices.GetRequiredService<Sessions>().End(context.HttpContext.User.FindFirstValue(Sessions.Claim) ?? "");
        return Task.CompletedTask;
    }

    /// <summary>
    /// Own files only. The one inline script is Blazor's import map, allowed by its hash; inline styles are how MudBlazor sets its theme.
    /// </summary>
    static string Policy(HttpContext http, string provider)
    {
        var maps = http.GetEndpoint()?.Metadata.GetOrderedMetadata<ImportMapDefinition>().Select(map => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.ToString())))}'") ?? [];
        return $"default-src 'none'; script-src 'self'{string.Concat(maps)}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "manifest-src 'self'; media-src 'self' blob:; base-uri 'self'; frame-ancestors 'none'; "
            + $"form-action 'self' {provider}";
    }
}
