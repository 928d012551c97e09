using System.Reflection;
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

/// <summary>Claims of a token. What our model calls scope travels as <c>reach</c>, because <c>scope</c> is OAuth's own (RFC 9068).</summary>
public static class Claim
{
    public const string Tenant = "tenant", Role = "role", Reach = "reach", Subject = "sub";
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

/// <summary>Who calls. Scopes: <c>group</c>, <c>region:HZ</c>, <c>estate:{id}</c>, <c>self:{employee id}</c>.</summary>
public sealed record Caller(string Subject, IReadOnlySet<string> Roles, IReadOnlySet<string> Scopes)
{
    const string Group = "group";

    public static ValueTask<Caller> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult(Of(http.User));

    public static Caller Of(ClaimsPrincipal user) => new(
        user.FindFirstValue(Claim.Subject) ?? "unknown",
        user.FindAll(Claim.Role).Select(claim => claim.Value).ToHashSet(),
        user.FindAll(Claim.Reach).SelectMany(claim => claim.Value.Split(' ')).ToHashSet());

    public bool ReachesAll => Scopes.Contains(Group);
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
                RoleClaimType = Claim.Role,
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
        if (settings["Tenant"] is { } tenant && !caller.HasClaim(claim => claim.Type == Claim.Tenant)) caller.AddClaim(new(Claim.Tenant, tenant));
    }

    /// <summary>Opens the routes to those who have the capability; the matrix of the tests reads it off the route.</summary>
    public static TBuilder For<TBuilder>(this TBuilder routes, Capability capability) where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(capability).RequireAuthorization(policy =>
        {
            policy.RequireClaim(Claim.Tenant).RequireRole(capability.Roles);
            if (capability.Where == Where.WholeGroup) policy.RequireAssertion(context => Caller.Of(context.User).ReachesAll);
        });

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
