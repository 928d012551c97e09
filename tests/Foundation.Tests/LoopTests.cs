using Mono.Cecil;

namespace Training.Foundation.Tests;

/// <summary>docs/loop.md says who listens to whom; messages nobody takes would come back, so the services have to agree with it.</summary>
public class LoopTests
{
    static readonly Dictionary<string, string[]> Documented = File.ReadLines(Path.Combine(Solution.Root, "docs", "loop.md"))
        .SkipWhile(line => !line.StartsWith("| contract | subscribers |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(row => row[0].Split(", ").Select(contract => (contract, subscribers: row[1].Split(", "))))
        .ToDictionary(row => row.contract, row => row.subscribers);

    static string Name(ModuleDefinition service) => service.Assembly.Name.Name.Split('.')[^1];

    static IEnumerable<string> Consumed(ModuleDefinition service) =>
        from type in service.GetTypes()
        from implemented in type.Interfaces
        where implemented.InterfaceType is GenericInstanceType { ElementType.FullName: "MassTransit.IConsumer`1" }
        select ((GenericInstanceType)implemented.InterfaceType).GenericArguments[0].Name;

    [Fact]
    public void Every_service_listens_to_what_the_loop_says() => Assert.All(Solution.Services.Where(service => Solution.Facts(service).Any()), service => Assert.Equal(
        Documented.Where(row => row.Value.Contains(Name(service))).Select(row => row.Key).Order(), Consumed(service).Distinct().Order()));

    [Fact]
    public void Only_what_has_a_subscriber_is_published()
    {
        var made = from service in Solution.Services
                   from type in service.GetTypes()
                   where type.FullName.StartsWith($"Training.{Name(service)}.Published", StringComparison.Ordinal)
                   from method in type.Methods
                   where method.Name == "Translate" && method.HasBody
                   from instruction in method.Body.Instructions
                   let called = instruction.Operand as MethodReference
                   where called?.DeclaringType.Namespace.StartsWith("Training.Contracts.", StringComparison.Ordinal) == true && called.Name == ".ctor"
                   select called.DeclaringType.Name;
        Assert.Subset(Documented.Keys.ToHashSet(), made.ToHashSet());
    }
}
