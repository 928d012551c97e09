using Mono.Cecil;

namespace Training.Foundation.Tests;

/// <summary>Decisions and folds depend on nothing but what they are given: looked for in the compiled code, through everything of the service they call.</summary>
public class PurityTests
{
    static readonly string[] Forbidden =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.TimeProvider::", "System.Random::", "System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Security.Cryptography.RandomNumberGenerator::",
        "System.Threading.Tasks.Task::", "System.IO.", "System.Net.", "System.Environment::", "Microsoft.Extensions.Logging.", "Microsoft.Extensions.Configuration.",
        "Marten.", "MassTransit.", "Npgsql.",
    ];

    /// <summary>The compiler puts it into every method with <c>yield</c>.</summary>
    const string ThreadOfIterator = "System.Environment::get_CurrentManagedThreadId";

    [Fact]
    public void Decisions_and_folds_use_no_clock_chance_log_or_store()
    {
        var impure = Solution.Services.SelectMany(service => Pure(service).SelectMany(method => Uses(method).Select(use => $"{method.DeclaringType.FullName}.{method.Name} uses {use}")));
        Assert.Empty(impure.Distinct());
    }

    /// <summary>The check finds what it looks for: handlers, which do read the clock and the store, are full of it.</summary>
    [Fact]
    public void The_check_would_notice()
    {
        var budgeting = Solution.Services.Single(service => service.Assembly.Name.Name == "Training.Budgeting");
        Assert.InRange(Pure(budgeting).Count(), 20, 1_000);
        var uses = budgeting.GetTypes().SelectMany(type => type.Methods).Where(method => method.Name == "Handle").SelectMany(Uses).ToList();
        Assert.Contains(uses, use => use.StartsWith("System.TimeProvider::", StringComparison.Ordinal));
        Assert.Contains(uses, use => use.StartsWith("Marten.", StringComparison.Ordinal));
    }

    /// <summary>Decisions answer facts; folds take them.</summary>
    static IEnumerable<MethodDefinition> Pure(ModuleDefinition service) =>
        from type in service.GetTypes()
        from method in type.Methods
        where method.IsPublic && (IsDecision(method) || (method.Name is "Create" or "Apply" && method.Parameters.Any(parameter => IsFact(parameter.ParameterType))))
        select method;

    static bool IsDecision(MethodDefinition method) => method.IsStatic && method.ReturnType is ArrayType { ElementType: var element } && IsFact(element);

    static bool IsFact(TypeReference type) => type.FullName == typeof(IFact).FullName || (type is TypeDefinition own && Solution.IsFact(own));

    static HashSet<string> Uses(MethodDefinition start)
    {
        var (open, seen, uses) = (new Stack<MethodDefinition>([start]), new HashSet<MethodDefinition>(), new HashSet<string>());
        while (open.TryPop(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var called in Called(method))
            {
                var name = $"{called.DeclaringType.GetElementType().FullName}::{called.Name}";
                if (Forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal)) && name != ThreadOfIterator) uses.Add(name);
                if (called.DeclaringType.Scope == start.Module && called.Resolve() is { } own) open.Push(own);
            }
        }
        return uses;
    }

    /// <summary>Every method a body names, with those of its lambdas, iterators and asynchronous steps.</summary>
    static IEnumerable<MethodReference> Called(MethodDefinition method)
    {
        var machine = method.CustomAttributes.Where(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
            .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);
        return method.HasBody ? [.. method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>(), .. machine] : machine;
    }
}
