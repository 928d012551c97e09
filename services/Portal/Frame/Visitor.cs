using System.Security.Claims;
using Training.Foundation;
using Claim = Training.Foundation.Claim;

namespace Training.Portal.Frame;

/// <summary>Who looks at the page, and by which grants.</summary>
public sealed record Visitor(string Tenant, string Name, params IReadOnlyCollection<Grant> Grants)
{
    static readonly string[] Managers = [Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager];

    public static readonly Visitor Nobody = new("", "");

    public IReadOnlySet<string> Roles { get; } = Grants.Select(grant => grant.Role).ToHashSet();

    public bool IsKnown => Tenant != "";
    public bool Is(params IEnumerable<string> roles) => roles.Any(Roles.Contains);

    /// <summary>The estate of someone who manages one; none for those who manage a region or the group.</summary>
    public Guid? Estate => !Manages("group") && !Manages("region:") && Guid.TryParse(Reach("estate:", Managers), out var estate) ? estate : null;
    /// <summary>The region of someone who manages one; none for those who manage the group.</summary>
    public string Region => Manages("group") ? "" : Reach("region:", Managers);
    public Guid? Employee => Guid.TryParse(Reach("self:", Role.Employee), out var employee) ? employee : null;

    public static Visitor Of(ClaimsPrincipal user) => user.FindFirstValue(Claim.Tenant) is not { } tenant ? Nobody : new(
        tenant, user.FindFirstValue("name") ?? user.FindFirstValue(Claim.Subject) ?? "", [.. Grant.Of(user)]);

    bool Manages(string kind) => Grants.Any(grant => Managers.Contains(grant.Role) && grant.Reach.StartsWith(kind, StringComparison.Ordinal));

    string Reach(string kind, params string[] roles) =>
        Grants.FirstOrDefault(grant => roles.Contains(grant.Role) && grant.Reach.StartsWith(kind, StringComparison.Ordinal))?.Reach[kind.Length..] ?? "";
}

/// <summary>Knows the visitor, both while a page is first written and later in its circuit.</summary>
public sealed class Visitors(SignIn.Visitor signedIn)
{
    public async Task<Visitor> Current() => Visitor.Of(await signedIn.Who());
}
