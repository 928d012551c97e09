using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Localization;
using Training.Foundation;
using Training.Identity.Connect;

namespace Training.Identity.SignIn;

/// <summary>The table of contents: the pages on which people sign in and out.</summary>
static class SignIn
{
    static readonly string[] Cultures = ["zh-CN", "en"];

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        // Styles are found beside the build output too, not only after publishing.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents();
        builder.Services.AddLocalization(options => options.ResourcesPath = "Resources");
        builder.Services.AddSingleton<CheckPassword>();
        builder.Services.AddAuthentication().AddCookie(SignInSession.Scheme, options =>
        {
            options.Cookie.Name = "training-sign-in";
            (options.Cookie.HttpOnly, options.Cookie.SameSite, options.Cookie.SecurePolicy) = (true, SameSiteMode.Lax, Secure(builder.Configuration));
            options.ExpireTimeSpan = TimeSpan.FromHours(10);
            options.SlidingExpiration = false;
        });
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "training-sign-in-form";
            (options.Cookie.SameSite, options.Cookie.SecurePolicy) = (SameSiteMode.Strict, Secure(builder.Configuration));
        });
        builder.Services.AddRateLimiter(options =>
        {
            // Passwords are guessed from one address, whatever the names; portals ask for many tokens from one.
            options.AddPolicy(SignInPages.Limit, http => PerMinute(http, builder.Configuration.GetValue("Identity:SignInsPerMinute", 30)));
            options.AddPolicy(SignInPages.TokenLimit, http => PerMinute(http, builder.Configuration.GetValue("Identity:TokensPerMinute", 3_000)));
        });
    }

    public static void UseSignIn(this WebApplication app)
    {
        var sites = app.Configuration.GetSection(Client.Settings).Get<Dictionary<string, Client>>()?.Values.SelectMany(client => client.Sites) ?? [];
        // A browser holds the redirect after a form to form-action, too: it leads back to the client.
        var policy = $"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' {string.Join(' ', sites)}";
        app.UseSecurityHeaders(_ => policy);
        app.UseStaticFiles();
        app.UseRequestLocalization(options => options
            .SetDefaultCulture(Cultures[0]).AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures)
            // Not the browser's languages: Chinese is the default for everyone.
            .RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider()]);
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect(SignInPages.Path)).AllowAnonymous().ExcludeFromDescription();
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet(SignInPages.Path, SignInPages.Show);
        pages.MapPost(SignInPages.Path, SignInPages.SignIn).RequireRateLimiting(SignInPages.Limit);
        pages.MapPost(SignInPages.SignOutPath, SignInPages.SignOut).RequireRateLimiting(SignInPages.Limit);
    }

    static RateLimitPartition<string> PerMinute(HttpContext http, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    static CookieSecurePolicy Secure(ConfigurationManager configuration) =>
        configuration["Identity:Issuer"]?.StartsWith("https:", StringComparison.Ordinal) == true ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
