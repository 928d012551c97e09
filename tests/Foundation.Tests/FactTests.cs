using Mono.Cecil;

namespace Training.Foundation.Tests;

/// <summary>Facts are a storage format.</summary>
public class FactTests
{
    static readonly List<TypeDefinition> All = [.. Solution.Services.SelectMany(Solution.Facts)];

    [Fact]
    public void Every_fact_is_public_top_level_and_of_one_stream()
    {
        Assert.NotEmpty(All);
        Assert.All(All, fact => Assert.True(
            fact.IsPublic && !fact.IsNested && !fact.HasGenericParameters && !fact.IsAbstract && fact.BaseType.FullName == "System.Object"
            && fact.Interfaces.Count(implemented => implemented.InterfaceType is TypeDefinition own && Solution.IsFact(own)) == 1,
            $"{fact.FullName} is to be a public top-level record with the marker of its stream."));
    }

    [Fact]
    public void A_fact_never_changes() => Assert.All(All.SelectMany(fact => fact.Properties).Where(property => property.SetMethod is not null), property =>
        Assert.True(property.SetMethod.ReturnType is RequiredModifierType { ModifierType.Name: "IsExternalInit" }, $"{property.DeclaringType.FullName}.{property.Name} can be set."));

    [Fact]
    public void No_fact_is_called_an_event() => Assert.DoesNotContain(All, fact => fact.Name.EndsWith("Event", StringComparison.Ordinal));

    /// <summary>A fact is stored under its bare name, so two facts of one service can't share it.</summary>
    [Fact]
    public void Facts_of_a_service_have_names_of_their_own() =>
        Assert.Empty(All.GroupBy(fact => (fact.Module.Name, fact.Name)).Where(same => same.Count() > 1).Select(same => same.Key));
}
