using System.Security.Claims;
using Training.Foundation;
using Training.Portal.Frame;
using Claim = System.Security.Claims.Claim;

namespace Training.Portal.Tests;

/// <summary>Pages of an estate, a region or a person are those of the grant that is meant.</summary>
public class VisitorTests
{
    static readonly Guid EstateA = DerivedId.Of("estate", "A"), EstateB = DerivedId.Of("estate", "B"), Own = DerivedId.Of("employee", "own");

    static Visitor With(params string[] grants) => Visitor.Of(new(new ClaimsIdentity([new("tenant", "YL"), .. grants.Select(grant => new Claim("grant", grant))])));

    [Fact]
    public void The_estate_is_the_one_that_is_managed()
    {
        Assert.Equal(EstateB, With($"quality-inspector@estate:{EstateA}", $"estate-manager@estate:{EstateB}").Estate);
        Assert.Equal(EstateB, With("finance-controller@group", $"employee@self:{Own}", $"estate-manager@estate:{EstateB}").Estate);
        Assert.Null(With($"trainer@estate:{EstateA}", "regional-manager@region:HZ").Estate);
        Assert.Null(With($"estate-manager@estate:{EstateA}", "regional-manager@region:HZ").Estate);
        Assert.Null(With($"estate-manager@estate:{EstateA}", "group-training-manager@group").Estate);
    }

    [Fact]
    public void The_region_is_the_one_that_is_managed()
    {
        Assert.Equal("SH", With("trainer@region:HZ", "regional-manager@region:SH").Region);
        Assert.Equal("SH", With("quality-inspector@group", "regional-manager@region:SH").Region);
        Assert.Equal("", With("trainer@region:HZ", "group-training-manager@group").Region);
        Assert.Equal("", With("regional-manager@region:HZ", "group-training-manager@group").Region);
    }

    [Fact]
    public void The_person_is_the_employee()
    {
        Assert.Equal(Own, With($"trainer@self:{EstateA}", $"employee@self:{Own}").Employee);
        Assert.Null(With($"trainer@self:{Own}").Employee);
    }

    [Fact]
    public void Roles_stand_in_the_order_of_the_grants_each_once() => Assert.Equal([Role.EstateManager, Role.Employee],
        With($"estate-manager@estate:{EstateA}", $"estate-manager@estate:{EstateB}", $"employee@self:{Own}").Roles);

    [Fact]
    public void A_provider_that_sends_roles_and_reaches_apart_is_understood()
    {
        var visitor = Visitor.Of(new(new ClaimsIdentity([new("tenant", "YL"), new("role", Role.EstateManager), new("reach", $"estate:{EstateA}")])));

        Assert.Equal((true, EstateA), (visitor.Is(Role.EstateManager), visitor.Estate));
    }
}
