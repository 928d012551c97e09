using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Training.Portal.SignIn;

/// <summary>Who looks at the page, in a request and in a circuit alike.</summary>
public sealed class Visitor(IHttpContextAccessor http, AuthenticationStateProvider circuit, Sessions sessions)
{
    public async Task<ClaimsPrincipal> Who() => http.HttpContext is { } request ? request.User : (await circuit.GetAuthenticationStateAsync()).User;

    /// <summary>Name of the session; empty for the readers of public pages.</summary>
    public async Task<string> Session() => (await Who()).FindFirstValue(Sessions.Claim) ?? "";

    /// <summary>The token to ask services with; empty for the readers of public pages.</summary>
    public async Task<string> AccessToken(CancellationToken ct = default) => await Session() is { Length: > 0 } session ? await sessions.AccessToken(session, ct) : "";
}
