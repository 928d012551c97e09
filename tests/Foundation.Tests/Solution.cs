using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Training.Foundation.Tests;

/// <summary>The source tree, and what was compiled from it.</summary>
static class Solution
{
    public static string Root { get; } = RootAbove(Here());

    /// <summary>The services built on Foundation, as compiled.</summary>
    public static IReadOnlyList<ModuleDefinition> Services { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "services")).Select(folder => Path.GetFileName(folder)).Where(name => name is not ("Foundation" or "Portal")).Order()
            .Select(name => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"Training.{name}.dll"))),
    ];

    public static IEnumerable<TypeDefinition> Facts(ModuleDefinition service) => service.GetTypes().Where(type => !type.IsInterface && IsFact(type));

    public static bool IsFact(TypeDefinition type) => type.Interfaces.Any(implemented =>
        implemented.InterfaceType.FullName == typeof(IFact).FullName || (implemented.InterfaceType is TypeDefinition own && IsFact(own)));

    static string RootAbove(string folder) => File.Exists(Path.Combine(folder, "Training.Platform.sln"))
        ? folder
        : RootAbove(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No solution above the tests."));

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? throw new InvalidOperationException("No folder.");
}
