using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Training.Foundation.Tests;

/// <summary>A role holds where it was granted, and nowhere else.</summary>
public class CallerTests
{
    static readonly Guid Own = DerivedId.Of("employee", "own"), Another = DerivedId.Of("employee", "another");
    static readonly Guid EstateA = DerivedId.Of("estate", "A"), EstateB = DerivedId.Of("estate", "B");

    static ClaimsPrincipal Token(params (string Name, string Value)[] claims) => new(new ClaimsIdentity(claims.Select(claim => new System.Security.Claims.Claim(claim.Name, claim.Value))));

    static ClaimsPrincipal With(params Grant[] grants) => Token([.. grants.Select(grant => (Claim.Grant, grant.ToString()))]);

    /// <summary>The caller as a handler of a route with this capability gets him.</summary>
    static async Task<Caller> At(Capability? capability, ClaimsPrincipal user)
    {
        var http = new DefaultHttpContext { User = user };
        http.SetEndpoint(new(null, new(capability is null ? [] : [capability]), "a route"));
        return await Caller.BindAsync(http);
    }

    [Fact]
    public async Task The_reach_of_one_role_is_not_that_of_another()
    {
        var user = With(new(Role.FinanceController, "group"), new(Role.Employee, $"self:{Own}"));

        var employee = await At(new("see-own", Where.WithinReach, Role.Employee, Role.Trainer), user);
        Assert.Equal((true, false, false, false), (employee.IsSelf(Own), employee.IsSelf(Another), employee.ReachesAll, employee.Reaches(EstateA, "HZ")));
        Assert.Equal([Role.Employee], employee.Roles);
        Assert.Equal([Own], employee.Selves);

        var controller = await At(new("see-money", Where.WithinReach, Role.FinanceController), user);
        Assert.Equal((true, false), (controller.ReachesAll, controller.IsSelf(Own)));
    }

    [Fact]
    public async Task Who_inspects_one_estate_and_manages_another_does_neither_at_both()
    {
        var user = With(new(Role.QualityInspector, $"estate:{EstateA}"), new(Role.EstateManager, $"estate:{EstateB}"));

        var inspector = await At(new("inspect", Where.WithinReach, Role.QualityInspector), user);
        inspector.MustReach(EstateA, "HZ");
        Assert.Throws<Forbidden>(() => inspector.MustReach(EstateB, "HZ"));
        var manager = await At(new("manage", Where.WithinReach, Role.EstateManager, Role.RegionalManager), user);
        manager.MustReach(EstateB, "HZ");
        Assert.Throws<Forbidden>(() => manager.MustReach(EstateA, "HZ"));
    }

    [Fact]
    public async Task One_role_may_be_granted_in_several_places_and_several_roles_may_open_one_route()
    {
        var user = With(new(Role.EstateManager, $"estate:{EstateA}"), new(Role.EstateManager, $"estate:{EstateB}"), new(Role.RegionalManager, "region:SH"));

        var caller = await At(new("see", Where.WithinReach, Role.EstateManager, Role.RegionalManager), user);

        Assert.Equal((true, true, true, false), (caller.Reaches(EstateA, "HZ"), caller.Reaches(EstateB, "HZ"), caller.Reaches(Guid.Empty, "SH"), caller.Reaches(Guid.Empty, "HZ")));
    }

    [Fact]
    public async Task A_route_without_a_capability_gives_nothing() =>
        Assert.Empty((await At(null, With(new Grant(Role.GroupTrainingManager, "group")))).Grants);

    [Fact]
    public async Task The_whole_group_is_asked_of_the_role_that_opens_the_route()
    {
        var plan = new Capability("plan-money", Where.WholeGroup, Role.FinanceController);
        Assert.True(await Opens(plan, new Grant(Role.FinanceController, "group")));
        Assert.False(await Opens(plan, new(Role.FinanceController, "region:HZ"), new(Role.QualityInspector, "group")));
        Assert.False(await Opens(plan, new Grant(Role.QualityInspector, "group")));
        Assert.True(await Opens(plan with { Where = Where.Anywhere }, new(Role.FinanceController, "region:HZ"), new(Role.QualityInspector, "group")));
    }

    [Theory]
    [InlineData("estate-manager")]
    [InlineData("")]
    public void A_grant_that_is_no_pair_counts_for_nothing_even_beside_roles_and_reaches(string grant) =>
        Assert.Empty(Caller.Of(Token((Claim.Grant, grant), (Claim.Role, Role.EstateManager), (Claim.Reach, "group"))).Grants);

    [Fact]
    public void Grants_count_before_roles_and_reaches()
    {
        var caller = Caller.Of(Token((Claim.Grant, "employee@self:1"), (Claim.Role, Role.GroupTrainingManager), (Claim.Reach, "group")));

        Assert.Equal([new(Role.Employee, "self:1")], caller.Grants);
    }

    [Fact]
    public void A_reach_may_contain_the_sign_between() => Assert.Equal([new(Role.RegionalManager, "region:H@Z")], Caller.Of(Token((Claim.Grant, "regional-manager@region:H@Z"))).Grants);

    static async Task<bool> Opens(Capability capability, params Grant[] grants)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapGet("/", () => "").For(capability);
        var route = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Single();
        var user = new ClaimsPrincipal(new ClaimsIdentity([.. With(grants).Claims, new(Claim.Tenant, "YL")], "a token"));
        return (await app.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, null, route.Metadata.GetRequiredMetadata<AuthorizationPolicy>())).Succeeded;
    }
}
