using System.Reflection;
using System.Runtime.CompilerServices;

namespace Training.Contracts.Tests;

/// <summary>The published language: once somebody listens, it may only grow.</summary>
public class ContractTests
{
    static readonly Type[] Plain = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(decimal), typeof(Guid), typeof(DateOnly), typeof(TimeOnly), typeof(DateTimeOffset)];
    static readonly NullabilityInfoContext Nullability = new();

    static readonly IReadOnlyList<Type> All =
        [.. Assembly.Load("Training.Contracts").GetTypes().Where(type => type.Namespace?.StartsWith("Training.Contracts.", StringComparison.Ordinal) == true && !type.IsNested)];

    static IEnumerable<PropertyInfo> Properties => All.SelectMany(type => type.GetProperties()).Where(property => property.Name != "EqualityContract");

    public static TheoryData<string> Publishers => [.. All.Select(type => type.Namespace ?? "").Distinct().Order()];

    [Theory]
    [MemberData(nameof(Publishers))]
    public void Contracts_keep_their_shape(string publisher) =>
        Approved.MatchShapes(publisher["Training.Contracts.".Length..], All.Where(type => type.Namespace == publisher));

    [Fact]
    public void Every_publisher_has_a_version() => Assert.All(All, type => Assert.Matches(@"^Training\.Contracts\.[A-Za-z]+\.V[1-9]$", type.Namespace));

    [Fact]
    public void No_two_contracts_share_a_name() => Assert.Empty(All.GroupBy(type => type.Name).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Contracts_are_public_records() =>
        Assert.All(All, type => Assert.True(type is { IsPublic: true, IsClass: true } && type.GetMethod("<Clone>$") is not null, $"{type} is to be a public record."));

    [Fact]
    public void Fields_are_plain_values_lists_or_records_of_the_same_publisher() => Assert.All(Properties, property =>
        Assert.True(IsCarried(property.PropertyType, property), $"{property.DeclaringType}.{property.Name} is a {property.PropertyType}."));

    [Fact]
    public void Fields_are_set_once_and_either_required_or_optional() => Assert.All(Properties, property =>
    {
        Assert.True(property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)), $"{property.DeclaringType}.{property.Name} is not init-only.");
        var optional = Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).ReadState == NullabilityState.Nullable;
        Assert.True(optional != property.IsDefined(typeof(RequiredMemberAttribute)), $"{property.DeclaringType}.{property.Name} is to be required, or else nullable.");
    });

    [Fact]
    public void Contracts_need_nothing_but_the_runtime() =>
        Assert.All(Assembly.Load("Training.Contracts").GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name));

    static bool IsCarried(Type type, PropertyInfo property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Plain.Contains(type) || (type.Namespace == property.DeclaringType?.Namespace && All.Contains(type))) return true;
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            && type.GetGenericArguments().All(argument => IsCarried(argument, property));
    }
}
