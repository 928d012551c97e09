using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using Training.Identity.SignIn;

namespace Training.Identity.Connect;

/// <summary>Ends the session here and returns to the client, which has ended its own.</summary>
static class EndSession
{
    public static async Task<IResult> Handle(HttpContext http)
    {
        await http.SignOutAsync(SignInSession.Scheme);
        return Results.SignOut(new AuthenticationProperties { RedirectUri = SignInPages.Path }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
