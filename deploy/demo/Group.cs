using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>The reference group as written in <c>reference-group.json</c>: what is there, before any person is made up.</summary>
public sealed record Group
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Currency { get; init; }
    public required string TimeZone { get; init; }
    public required IReadOnlyList<Region> Regions { get; init; }
    /// <summary>The estates, and the head office unit as the last.</summary>
    public required IReadOnlyList<Estate> Estates { get; init; }
    public required IReadOnlyList<Position> Positions { get; init; }
    public required IReadOnlyList<Competency> Competencies { get; init; }
    public required IReadOnlyList<RoleStandard> Roles { get; init; }
    public required IReadOnlyList<Course> Courses { get; init; }
    public required IReadOnlyList<BudgetLine> BudgetLines { get; init; }
    public required IReadOnlyList<Question> Questionnaire { get; init; }
    public required IReadOnlyList<Section> Checklist { get; init; }

    /// <summary>All 40 estates, so that the planted answers of the reference group hold.</summary>
    public bool IsWhole => Estates.Count == 41;

    public IEnumerable<Estate> Managed => Estates.Where(estate => !estate.IsHeadOffice);

    /// <summary>The first <paramref name="estates"/> estates, one region after the other, and always the head office.</summary>
    public static Group Load(int estates)
    {
        using var file = typeof(Group).Assembly.GetManifestResourceStream("reference-group.json") ?? throw new InvalidOperationException("reference-group.json is missing.");
        var all = JsonSerializer.Deserialize<Group>(file, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("reference-group.json is empty.");
        var chosen = all.Managed.GroupBy(estate => estate.Region).SelectMany(region => region.Select((estate, rank) => (estate, rank)))
            .OrderBy(pair => pair.rank).Take(estates).Select(pair => pair.estate).ToHashSet();
        var kept = all.Estates.Where(estate => estate.IsHeadOffice || chosen.Contains(estate)).ToList();
        return all with { Estates = kept, Regions = [.. all.Regions.Where(region => kept.Any(estate => estate.Region == region.Code))] };
    }

    public Guid EmployeeId(string personId) => DerivedId.Of("employee", Code, personId);
    public Guid EstateId(Estate estate) => DerivedId.Of("estate", Code, estate.Code);
    public Guid CourseId(string code) => DerivedId.Of("course", Code, code);
    public Guid TrainerId(string key) => DerivedId.Of("trainer", Code, key);
    public Guid VenueId(string key) => DerivedId.Of("venue", Code, key);
}

public sealed record Region(string Code, string Name);

/// <summary>Staff is heads by position; Posts are guarded around the clock; Sample is F1 at ±8 %; Utilisation is F20 of the year before.</summary>
public sealed record Estate(
    string Code, string Name, string Region, string Kind, int Households, int Posts, IReadOnlyDictionary<string, int> Staff, int Sample, decimal Csi, decimal Utilisation)
{
    public bool IsHeadOffice => Kind == "HQ";
    public string LegalEntity => IsHeadOffice ? "YL-HQ" : $"YL-{Region}";
    public int Heads => Staff.Values.Sum();
}

public sealed record Position(string Code, string Name, string English, decimal AnnualWage);

/// <summary>GapShare: share of those who need it that stand below what is required.</summary>
public sealed record Competency(
    string Code, string Name, string English, decimal Weight, decimal Criticality, decimal GapShare, IReadOnlyDictionary<string, int> Required);

public sealed record RoleStandard(string Code, IReadOnlyDictionary<string, int> Required);

/// <summary>Audience: position to the share of its heads who take the course each year. Costs in the group's currency.</summary>
public sealed record Course(
    string Code, string Name, string English, string Module, string Mode, int Minutes, int Min, int Max, IReadOnlyList<Step> Steps,
    IReadOnlyDictionary<string, decimal> Audience, string Grade, int ValidityMonths, string Fund, IReadOnlyList<string> Equipment,
    int LearnersPerYear, int SessionsPerYear, decimal CostPerHead, decimal CostPerYear)
{
    public bool NeedsSession => Mode != "ELearning";

    /// <summary>What the yearly cost leaves for each run when the learners' own part is taken off (F12).</summary>
    public decimal CostPerRun => SessionsPerYear == 0 ? 0 : Math.Round((CostPerYear - CostPerHead * LearnersPerYear) / SessionsPerYear);
}

public sealed record Step(string Competency, int From, int To);

public sealed record BudgetLine(string Code, string Category, string Content, decimal Amount, bool FrontLine, IReadOnlyList<string> Courses);

/// <summary>Importance and performance are the planted means, 1–10.</summary>
public sealed record Question(
    string Code, string Name, string English, string Dimension, decimal Importance, decimal Performance, IReadOnlyList<string> Competencies);

public sealed record Section(string Code, string Name, int Weight, IReadOnlyList<CheckItem> Items);

public sealed record CheckItem(string Code, string Name, int Points, string Severity, string Competency);
