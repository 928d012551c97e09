using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Training.Identity.SignIn;

/// <summary>The pages: plain forms that work without script.</summary>
static class SignInPages
{
    public const string Path = "/sign-in", SignOutPath = "/sign-out", Limit = "sign-in", TokenLimit = "token";

    public static string Address(string returnUrl, string culture) => Path + QueryString.Create(culture == ""
        ? [new("returnUrl", returnUrl)]
        : [new("returnUrl", returnUrl), new KeyValuePair<string, string?>("culture", culture)]);

    internal static async Task<RazorComponentResult<SignInPage>> Show(HttpContext http, string? returnUrl) =>
        Page(returnUrl ?? "", "", false, (await http.AuthenticateAsync(SignInSession.Scheme)).Principal?.DisplayName ?? "");

    internal static async Task<IResult> SignIn(
        HttpContext http, [FromForm] string? name, [FromForm] string? password, string? returnUrl, CheckPassword check, IConfiguration configuration, CancellationToken ct)
    {
        if (await check.Try(name ?? "", password ?? "", ct) is not { } account)
        {
            var page = Page(returnUrl ?? "", name ?? "", true, "");
            page.StatusCode = StatusCodes.Status401Unauthorized;
            return page;
        }
        await http.SignInAsync(SignInSession.Scheme, SignInSession.Of(account));
        // Back to this site only: a foreign address would make the page a door for phishing.
        return returnUrl is ['/', not ('/' or '\\'), ..] ? Results.LocalRedirect(returnUrl) : Results.Redirect(configuration["Identity:Home"] ?? Path);
    }

    internal static async Task<IResult> SignOut(HttpContext http, IAntiforgery forms)
    {
        // There is no field to bind, so nothing else asks whether the form is ours.
        if (!await forms.IsRequestValidAsync(http)) return TypedResults.BadRequest();
        await http.SignOutAsync(SignInSession.Scheme);
        return TypedResults.Redirect(Path);
    }

    static RazorComponentResult<SignInPage> Page(string returnUrl, string name, bool refused, string signedInAs) => new(
        new { ReturnUrl = returnUrl, Name = name, Refused = refused, SignedInAs = signedInAs }) { PreventStreamingRendering = true };
}
