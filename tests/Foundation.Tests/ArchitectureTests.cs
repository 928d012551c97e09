using System.Xml.Linq;

namespace Training.Foundation.Tests;

/// <summary>Who may know whom, and how big what all share may be.</summary>
public class ArchitectureTests
{
    const int BudgetFiles = 22, BudgetLines = 1_370;

    static string[] References(string project, string kind) =>
        [.. XDocument.Load(Path.Combine(Solution.Root, project)).Descendants(kind).Select(reference => reference.Attribute("Include")?.Value ?? "").Order()];

    public static TheoryData<string> Services => [.. Directory.GetDirectories(Path.Combine(Solution.Root, "services"))
        .Select(folder => Path.GetFileName(folder)).Where(name => name != "Foundation").Order()];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_knows_only_contracts_and_foundation(string service)
    {
        var references = References($"services/{service}/{service}.csproj", "ProjectReference");
        Assert.NotEmpty(references);
        Assert.Subset(new HashSet<string> { "../../contracts/Contracts.csproj", "../Foundation/Foundation.csproj" }, references.ToHashSet());
    }

    [Fact]
    public void Contracts_and_foundation_know_no_other_project()
    {
        Assert.Empty(References("contracts/Contracts.csproj", "ProjectReference"));
        Assert.Empty(References("contracts/Contracts.csproj", "PackageReference"));
        Assert.Empty(References("services/Foundation/Foundation.csproj", "ProjectReference"));
    }

    /// <summary>Small enough to read in one sitting; what counts is in docs/decisions/0007, how much in 0042.</summary>
    [Fact]
    public void Foundation_keeps_its_budget()
    {
        var files = Directory.GetFiles(Path.Combine(Solution.Root, "services", "Foundation"), "*.cs");
        var lines = files.SelectMany(File.ReadLines).Select(line => line.Trim())
            .Count(line => line != "" && !line.StartsWith("//", StringComparison.Ordinal) && !(line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=')));

        Assert.InRange(files.Length, 1, BudgetFiles);
        Assert.InRange(lines, 1, BudgetLines);
    }
}
