using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Training.Foundation;

/// <summary>What a person may be to the platform; a scope says where.</summary>
public static class Role
{
    public const string GroupTrainingManager = "group-training-manager", RegionalManager = "regional-manager", EstateManager = "estate-manager",
        Trainer = "trainer", Employee = "employee", QualityInspector = "quality-inspector", FinanceController = "finance-controller",
        HrIntegrator = "hr-integrator", Ops = "ops";

    public static readonly string[] All = [GroupTrainingManager, RegionalManager, EstateManager, Trainer, Employee, QualityInspector, FinanceController, HrIntegrator, Ops];
}

/// <summary>
/// Claims of a token. What our model calls scope travels as the reach of a grant, because <c>scope</c> is OAuth's own (RFC 9068). <c>role</c> and <c>reach</c>
/// are for providers that can't send both in one.
/// </summary>
public static class Claim
{
    public const string Tenant = "tenant", Grant = "grant", Role = "role", Reach = "reach", Subject = "sub";
}

/// <summary>A role and where it holds: <c>group</c>, <c>region:HZ</c>, <c>estate:{id}</c>, <c>self:{employee id}</c>. In a token: <c>role@reach</c>.</summary>
public record Grant(string Role, string Reach)
{
    public override string ToString() => $"{Role}@{Reach}";

    /// <summary>Those of a token; where a provider sends roles and reaches apart, each role holds in each reach.</summary>
    public static IEnumerable<Grant> Of(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Claim.Grant)
        ? user.FindAll(Claim.Grant).Select(claim => claim.Value.Split('@', 2)).Where(parts => parts.Length == 2).Select(parts => new Grant(parts[0], parts[1]))
        : Each(user.FindAll(Claim.Role).Select(claim => claim.Value), user.FindAll(Claim.Reach).SelectMany(claim => claim.Value.Split(' ')));

    /// <summary>A role without a reach is still a role: some things belong to no place.</summary>
    public static IEnumerable<Grant> Each(IEnumerable<string> roles, IEnumerable<string> reaches) => roles.SelectMany(_ => reaches.DefaultIfEmpty(""), (role, reach) => new Grant(role, reach));
}

/// <summary>Where a capability holds for callers of its roles.</summary>
public enum Where
{
    /// <summary>All over the group: nothing of it belongs to one place or person.</summary>
    Anywhere,
    /// <summary>Only with the scope of the whole group.</summary>
    WholeGroup,
    /// <summary>Refused beyond the caller's scope.</summary>
    WithinReach,
    /// <summary>Beyond the caller's scope there is nothing to see: lists, people and figures are cut to it.</summary>
    CutToReach,
}

/// <summary>One thing that people do here, the roles that may do it, and where.</summary>
public sealed record Capability(string Name, Where Where, params string[] Roles);

/// <summary>Who calls; a handler sees only the grants that open its route, because a role says nothing of where another one holds.</summary>
public sealed record Caller(string Subject, params IReadOnlyCollection<Grant> Grants)
{
    public IReadOnlySet<string> Roles { get; } = Grants.Select(grant => grant.Role).ToHashSet();
    public IReadOnlySet<string> Scopes { get; } = Grants.Select(grant => grant.Reach).ToHashSet();

    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http.User).As(http.GetEndpoint()?.Metadata.GetMetadata<Capability>()?.Roles ?? []));

    /// <summary>With all grants.</summary>
    public static Caller Of(ClaimsPrincipal user) => new(user.FindFirstValue(Claim.Subject) ?? "unknown", [.. Grant.Of(user)]);

    /// <summary>With the grants of these roles only.</summary>
    public Caller As(params string[] roles) => new(Subject, [.. Grants.Where(grant => roles.Contains(grant.Role))]);

    public bool ReachesAll => Scopes.Contains("group");
    public bool IsSelf(Guid employeeId) => Scopes.Contains($"self:{employeeId}");

    /// <summary>Employees who the caller is.</summary>
    public Guid[] Selves => [.. Scopes.Where(scope => scope.StartsWith("self:", StringComparison.Ordinal)).Select(scope => Guid.TryParse(scope[5..], out var id) ? id : Guid.Empty)];

    public bool Reaches(Guid estateId, string region) => ReachesAll || Scopes.Contains($"region:{region}") || Scopes.Contains($"estate:{estateId}");

    /// <summary>Refuses callers whose scope covers neither the group, nor the region, nor the estate.</summary>
    public void MustReach(Guid estateId, string region)
    {
        if (!Reaches(estateId, region)) throw new Forbidden("This estate is outside your scope.");
    }
}

public static class Access
{
    const string OpenDoors = "open-doors";

    public const string Issuer = "training-platform", Audience = "training-platform";

    internal static void AddAccess(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Auth");
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new()
            {
                ValidAudience = settings["Audience"] ?? Audience,
                NameClaimType = Claim.Subject,
                ClockSkew = TimeSpan.FromSeconds(30),
            };
            if (settings["Authority"] is { } authority)
            {
                options.Authority = authority;
                options.RequireHttpsMetadata = !new Uri(authority).IsLoopback && settings.GetValue("RequireHttps", true);
            }
            if (settings["PublicKeyFile"] is { } file)
                (options.TokenValidationParameters.ValidIssuer, options.TokenValidationParameters.IssuerSigningKey) = (settings["Issuer"] ?? Issuer, Key(File.ReadAllText(file)));
            options.Events = new()
            {
                OnTokenValidated = context =>
                {
                    if (context.Principal?.Identity is ClaimsIdentity caller) Translate(caller, settings);
                    return Task.CompletedTask;
                },
            };
        });
        // Doors without a token are counted by address, so that nobody tries all links.
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(OpenDoors, http => RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
            {
                PermitLimit = settings.GetValue("OpenDoorsPerMinute", 600), Window = TimeSpan.FromMinutes(1),
            }));
        });
        // Nothing is reachable without a token that names a tenant, unless a route says so.
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(Claim.Tenant).Build());
    }

    /// <summary>
    /// Another provider names its claims in its own way: <c>Auth:Claims:role = groups</c> reads our role from its groups, and
    /// <c>Auth:Tenant</c> names the group where its tokens name none.
    /// </summary>
    public static void Translate(ClaimsIdentity caller, IConfiguration settings)
    {
        foreach (var claim in settings.GetSection("Claims").GetChildren())
        {
            foreach (var own in caller.FindAll(claim.Key).ToArray()) caller.RemoveClaim(own);
            foreach (var theirs in caller.FindAll(claim.Value ?? "").ToArray()) caller.AddClaim(new(claim.Key, theirs.Value));
        }
        // Who maps roles means no claim of theirs that is called like our grants by chance.
        if (settings["Claims:role"] is not null && settings["Claims:grant"] is null) foreach (var theirs in caller.FindAll(Claim.Grant).ToArray()) caller.RemoveClaim(theirs);
        if (settings["Tenant"] is { } tenant && !caller.HasClaim(claim => claim.Type == Claim.Tenant)) caller.AddClaim(new(Claim.Tenant, tenant));
    }

    /// <summary>Opens the routes to those who have the capability; the matrix of the tests reads it off the route.</summary>
    public static TBuilder For<TBuilder>(this TBuilder routes, Capability capability) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(capability).RequireAuthorization(policy => policy.RequireClaim(Claim.Tenant).RequireAssertion(context =>
            Caller.Of(context.User).As(capability.Roles) is var caller && (capability.Where == Where.WholeGroup ? caller.ReachesAll : caller.Grants.Count > 0)));

    /// <summary>Opens the route to everybody, at a limited rate.</summary>
    public static TBuilder ForAnybody<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.AllowAnonymous().RequireRateLimiting(OpenDoors);

    static ECDsaSecurityKey Key(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }
}
