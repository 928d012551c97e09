using System.Collections.Immutable;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>A course of the reference group: how it is held, for whom, by whom, and how many of a hundred runs it makes.</summary>
sealed record CourseKind(string Code, int Sessions, int Minutes, int Min, int Max, ImmutableArray<string> Positions, string Grade, string Equipment, bool Mandatory, int Share)
{
    /// <summary>Learnt on the job, at the own estate, from a coach.</summary>
    public bool OnSite => Grade == "OJT";

    public string After { get; init; } = "";
}

static class Courses
{
    public static readonly ImmutableArray<CourseKind> All =
    [
        new("S01", 2, 240, 12, 30, ["CLN", "GRD", "SEC", "CSR"], "I1", "projector", false, 8),
        new("S02", 1, 240, 10, 28, ["STW", "CSR", "SEC"], "I1", "projector", false, 8),
        new("S06", 1, 180, 10, 30, ["STW", "CLN", "SEC", "ENG"], "I2", "", false, 6),
        new("S10", 1, 180, 8, 20, ["STW", "CSR"], "I2", "", false, 3),
        new("K03", 2, 180, 8, 24, ["STW", "CSR", "SUP"], "I3", "projector", false, 4),
        new("K06", 1, 240, 10, 40, ["SEC", "ENG", "CLN"], "I2", "yard", true, 9),
        new("K08", 2, 240, 8, 25, ["MON"], "I3", "projector", true, 4),
        new("K09", 1, 120, 12, 50, ["SEC", "CLN", "GRD", "ENG", "MON", "CSR"], "I1", "yard", true, 10),
        new("K11", 2, 240, 8, 20, ["ENG"], "X2", "", true, 3),
        new("K12", 1, 180, 8, 25, ["ENG", "SEC"], "I2", "", true, 4) { After = "K06" },
        new("K17", 2, 180, 8, 20, ["CLN"], "X1", "", false, 4),
        new("K18", 1, 180, 4, 15, ["CLN"], "OJT", "", true, 9),
        new("K20", 2, 240, 8, 20, ["GRD"], "X1", "", false, 3),
        new("K21", 1, 240, 3, 10, ["GRD"], "OJT", "", false, 6),
        new("K25", 1, 180, 8, 25, ["SEC"], "I2", "projector", false, 6),
        new("P01", 1, 180, 10, 28, ["STW", "CSR", "SEC", "ENG"], "I2", "projector", false, 7),
        new("P04", 1, 120, 4, 15, ["SEC"], "OJT", "", false, 6),
    ];

    /// <summary>Hourly fee by grade, CNY.</summary>
    public static int FeeOf(string grade) => grade switch { "I1" => 80, "I2" => 120, "I3" => 180, "OJT" => 10, "X1" => 700, _ => 1_350 };
}
