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
