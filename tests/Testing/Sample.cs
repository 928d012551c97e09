using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Training.Foundation;

namespace Training.Testing;

/// <summary>A made-up instance of any fact or contract: the same values in every run.</summary>
public static class Sample
{
    static readonly NullabilityInfoContext Nullability = new();

    public static object Of(Type type, string? name = null) => Make(type, name ?? type.Name);

    static object Make(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return name;
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 7L;
        if (type == typeof(decimal)) return 7.5m;
        if (type == typeof(double)) return 7.5;
        if (type == typeof(Guid)) return DerivedId.Of("sample", name);
        if (type == typeof(DateOnly)) return new DateOnly(2027, 1, 4);
        if (type == typeof(TimeOnly)) return new TimeOnly(8, 30);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2027, 1, 4, 1, 0, 0, TimeSpan.Zero);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0) ?? throw new InvalidOperationException($"{type} has no values.");
        if (Element(type) is { } element) return List(type, element, name);
        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)))
            return Activator.CreateInstance(type, DerivedId.Of("sample", name)) ?? throw new InvalidOperationException($"No {type}.");
        return Record(type);
    }

    static object Record(Type type)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name ?? ""))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.GetCustomAttribute<RequiredMemberAttribute>() is not null || IsOptional(p)))
            property.SetValue(instance, Make(property.PropertyType, char.ToLowerInvariant(property.Name[0]) + property.Name[1..]));
        return instance;
    }

    static bool IsOptional(PropertyInfo property) =>
        property.CanWrite && (Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).WriteState == NullabilityState.Nullable);

    static Type? Element(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments() is [var one] ? one : typeof(KeyValuePair<,>).MakeGenericType(type.GetGenericArguments())
        : null;

    static object List(Type type, Type element, string name)
    {
        if (element.IsGenericType && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            var arguments = element.GetGenericArguments();
            var map = (IDictionary)New(typeof(Dictionary<,>).MakeGenericType(arguments));
            map.Add(Make(arguments[0], name), Make(arguments[1], name));
            return type.Name.StartsWith("Immutable", StringComparison.Ordinal) ? Immutable(type, "ToImmutableDictionary", map, arguments) : map;
        }
        var list = (IList)New(typeof(List<>).MakeGenericType(element));
        list.Add(Make(element, name));
        if (type.IsArray) { var array = Array.CreateInstance(element, 1); list.CopyTo(array, 0); return array; }
        return type.Name.StartsWith("Immutable", StringComparison.Ordinal) ? Immutable(type, "CreateRange", list, [element]) : list;
    }

    static object Immutable(Type type, string method, object items, Type[] arguments)
    {
        var factory = type.Assembly.GetType($"System.Collections.Immutable.{type.Name.Split('`')[0]}")
            ?? throw new InvalidOperationException($"No factory for {type}.");
        var make = factory.GetMethods().First(m => m.Name == method && m.GetParameters() is [var only] && only.ParameterType.Name.StartsWith("IEnumerable", StringComparison.Ordinal) && m.GetGenericArguments().Length == arguments.Length);
        return make.MakeGenericMethod(arguments).Invoke(null, [items]) ?? throw new InvalidOperationException($"No {type}.");
    }

    static object New(Type type) => Activator.CreateInstance(type) ?? throw new InvalidOperationException($"No {type}.");
}

public static class Facts
{
    /// <summary>Every fact a service can store.</summary>
    public static IEnumerable<Type> Of<TProgram>() => typeof(TProgram).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IFact)) && !type.IsInterface);
}
