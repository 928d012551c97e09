using System.Security.Claims;
using Training.Identity.Connect;
using Training.Identity.Users;

namespace Training.Identity.SignIn;

/// <summary>The cookie of whoever signed in here: who, and under which stamp. What the user may do is read anew for each token.</summary>
static class SignInSession
{
    public const string Scheme = "sign-in";

    public static ClaimsPrincipal Of(Account account) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(ClaimTypes.Name, account.DisplayName), new(Passport.Stamp, account.Stamp)], Scheme));

    extension(ClaimsPrincipal person)
    {
        public Guid UserId => Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
        public string Stamp => person.FindFirstValue(Passport.Stamp) ?? "";
        public string DisplayName => person.FindFirstValue(ClaimTypes.Name) ?? "";
    }
}
