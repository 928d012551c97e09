using System.Security.Claims;
using Claim = Training.Foundation.Claim;

namespace Training.Portal.Frame;

/// <summary>Who looks at the page. Scopes: <c>group</c>, <c>region:HZ</c>, <c>estate:{id}</c>, <c>self:{employee id}</c>.</summary>
public sealed record Visitor(string Tenant, string Name, IReadOnlySet<string> Roles, IReadOnlySet<string> Scopes)
{
    public static readonly Visitor Nobody = new("", "", new HashSet<string>(), new HashSet<string>());

    public bool IsKnown => Tenant != "";
    public bool Is(params IEnumerable<string> roles) => roles.Any(Roles.Contains);

    /// <summary>The estate of someone who works for one; none for those of a region or the group.</summary>
    public Guid? Estate => Scoped("estate:") is { } id && Guid.TryParse(id, out var estate) ? estate : null;
    public Guid? Employee => Scoped("self:") is { } id && Guid.TryParse(id, out var employee) ? employee : null;
    public string Region => Scoped("region:") ?? "";

    public static Visitor Of(ClaimsPrincipal user) => user.FindFirstValue(Claim.Tenant) is not { } tenant ? Nobody : new(
        tenant, user.FindFirstValue("name") ?? user.FindFirstValue(Claim.Subject) ?? "", user.FindAll(Claim.Role).Select(claim => claim.Value).ToHashSet(),
        user.FindAll(Claim.Reach).SelectMany(claim => claim.Value.Split(' ')).ToHashSet());

    string? Scoped(string kind) => Scopes.FirstOrDefault(scope => scope.StartsWith(kind, StringComparison.Ordinal))?[kind.Length..];
}

/// <summary>Knows the visitor, both while a page is first written and later in its circuit.</summary>
public sealed class Visitors(SignIn.Visitor signedIn)
{
    public async Task<Visitor> Current() => Visitor.Of(await signedIn.Who());
}
