using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace Training.Testing;

/// <summary>
/// Files a person has approved, in the folder <c>Approved</c> beside the test. A difference fails and leaves a <c>.received</c> file to
/// compare; approve by renaming it, never by deleting the check.
/// </summary>
public static class Approved
{
    public static void Match(string name, string actual, [CallerFilePath] string test = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(test) ?? ".", "Approved")).FullName;
        var approved = Path.Combine(folder, $"{name}.json");
        var received = Path.Combine(folder, $"{name}.received.json");
        var text = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        Assert.Fail($"{name} differs from what was approved. Compare {Path.GetFileName(received)} with {Path.GetFileName(approved)} in {Path.GetFileName(folder)}.");
    }

    /// <summary>One file for a set of types: a made-up instance of each as JSON, which must also read back to the same.</summary>
    public static void MatchShapes(string name, IEnumerable<Type> types, [CallerFilePath] string test = "")
    {
        var shapes = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var json = JsonSerializer.Serialize(Sample.Of(type), type, House.Options);
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, House.Options), type, House.Options));
            shapes.Add(type.Name, JsonDocument.Parse(json).RootElement);
        }
        Assert.NotEmpty(shapes);
        Match(name, JsonSerializer.Serialize(shapes, House.Options), test);
    }
}
