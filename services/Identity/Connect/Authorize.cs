using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Abstractions;
using Training.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Training.Identity.Connect;

/// <summary>Gives a code to a client for whoever is signed in, and asks to sign in otherwise.</summary>
static class Authorize
{
    public static async Task<IResult> Handle(HttpContext http, Passport passport, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not a request of OpenID Connect.");
        var session = await http.AuthenticateAsync(SignInSession.Scheme);
        var person = session.Principal is { } known
            ? await passport.Of(known.UserId, known.Stamp, request.GetScopes(), ct)
            : null;

        if (person is not null && !request.HasPromptValue(PromptValues.Login))
            return Results.SignIn(person, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (request.HasPromptValue(PromptValues.None)) return Refuse(Errors.LoginRequired, "Nobody is signed in.");

        // Whoever was asked to sign in again is not asked a third time.
        var query = http.Request.Query.Where(one => one.Key != Parameters.Prompt).SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value));
        return Results.Redirect(SignInPages.Address(http.Request.PathBase + http.Request.Path + QueryString.Create(query), request.UiLocales ?? ""));
    }

    internal static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
