using System.Security.Claims;
using Microsoft.Extensions.Configuration;

namespace Training.Foundation.Tests;

/// <summary>A group's own OpenID Connect provider names its claims in its own way.</summary>
public class ForeignProviderTests
{
    static ClaimsIdentity Translated((string Name, string Value)[] settings, params System.Security.Claims.Claim[] claims)
    {
        var caller = new ClaimsIdentity(claims);
        Access.Translate(caller, new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Name, one => (string?)one.Value)).Build());
        return caller;
    }

    [Fact]
    public void Its_groups_are_our_roles_and_its_units_our_reach()
    {
        var caller = Translated([("Claims:role", "groups"), ("Claims:reach", "org_unit"), ("Claims:tenant", "company")],
            new("groups", Role.EstateManager), new("groups", Role.Trainer), new("org_unit", "region:HZ"), new("company", "YL"));

        Assert.Equal([Role.EstateManager, Role.Trainer], caller.FindAll(Claim.Role).Select(claim => claim.Value));
        Assert.True(Caller.Of(new(caller)).Reaches(Guid.Empty, "HZ"));
        Assert.Equal("YL", caller.FindFirst(Claim.Tenant)?.Value);
    }

    [Fact]
    public void A_claim_of_our_name_that_it_gives_for_something_else_does_not_count()
    {
        var caller = Translated([("Claims:role", "groups")], new(Claim.Role, Role.GroupTrainingManager), new("groups", Role.Employee));

        Assert.Equal([Role.Employee], caller.FindAll(Claim.Role).Select(claim => claim.Value));
    }

    [Fact]
    public void Sent_apart_each_role_holds_in_each_reach()
    {
        var caller = Caller.Of(new(Translated([("Claims:role", "groups"), ("Claims:reach", "org_unit")],
            new("groups", Role.EstateManager), new("groups", Role.Trainer), new("org_unit", "region:HZ region:SH"), new("org_unit", "group"))));

        Assert.Equal(
            ["estate-manager@group", "estate-manager@region:HZ", "estate-manager@region:SH", "trainer@group", "trainer@region:HZ", "trainer@region:SH"],
            caller.Grants.Select(grant => grant.ToString()).Order());
    }

    [Fact]
    public void A_role_without_a_reach_opens_what_belongs_to_no_place()
    {
        var caller = Caller.Of(new(Translated([("Claims:role", "groups")], new System.Security.Claims.Claim("groups", Role.Trainer))));

        Assert.Equal([Role.Trainer], caller.Roles);
        Assert.False(caller.ReachesAll || caller.Reaches(Guid.Empty, "HZ"));
    }

    [Fact]
    public void It_may_send_pairs_too()
    {
        var caller = Caller.Of(new(Translated([("Claims:grant", "entitlements")], new("entitlements", "trainer@region:HZ"), new("entitlements", "employee@group"), new(Claim.Grant, "ops@group"))));

        Assert.Equal([new(Role.Trainer, "region:HZ"), new(Role.Employee, "group")], caller.Grants);
    }

    [Fact]
    public void Where_its_groups_are_our_roles_a_claim_that_is_called_like_our_pairs_does_not_count()
    {
        var caller = Caller.Of(new(Translated([("Claims:role", "groups"), ("Claims:reach", "org_unit")],
            new("groups", Role.Employee), new("org_unit", "self:1"), new(Claim.Grant, "ops@group"))));

        Assert.Equal([new(Role.Employee, "self:1")], caller.Grants);
    }

    [Theory]
    [InlineData("", "YL")]
    [InlineData("SH", "SH")]
    public void The_tenant_is_set_where_its_tokens_name_none(string named, string expected)
    {
        var caller = Translated([("Tenant", "YL")], named == "" ? [] : [new(Claim.Tenant, named)]);

        Assert.Equal(expected, Assert.Single(caller.FindAll(Claim.Tenant)).Value);
    }

    [Fact]
    public void Without_a_mapping_nothing_is_given()
    {
        var caller = Translated([], new System.Security.Claims.Claim("groups", Role.GroupTrainingManager));

        Assert.Empty(caller.FindAll(Claim.Role));
    }
}
