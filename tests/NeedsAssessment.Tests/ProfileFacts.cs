using System.Collections.Immutable;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Tests;

/// <summary>Facts and standards that many tests start from.</summary>
static class ProfileFacts
{
    public static readonly DateTimeOffset Now = new(2026, 12, 15, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 12, 15);
    public static readonly EmployeeId Person = new(Guid.CreateVersion7());
    public static readonly EstateId Estate = new(Guid.CreateVersion7()), OtherEstate = new(Guid.CreateVersion7());
    public static readonly RequiredLevel
        C01 = new("C01", 3, 1.0m, 1), C13 = new("C13", 4, 1.0m, 1.5m), C14 = new("C14", 4, 1.3m, 2), C21 = new("C21", 5, 1.1m, 1);

    public static readonly ProfileOpened Opened = new(Person, Estate, "SEC", Today);
    public static readonly StandardsApplied SecApplied = new([new(StandardKind.Position, "SEC", 1)], Now);

    public static CompetencyStandard Standard(StandardKind kind, string code, int edition, params ImmutableArray<RequiredLevel> required) =>
        new(DerivedId.Of(kind.ToString(), code), kind, code, edition, required);

    public static StandardBook Book(params IEnumerable<CompetencyStandard> standards) => new(standards);

    /// <summary>Guards need C13 and C14, inspectors C21 on top.</summary>
    public static StandardBook Sec(int edition = 1) =>
        Book(Standard(StandardKind.Position, "SEC", edition, C13, C14), Standard(StandardKind.Role, "Inspector", 1, C21));

    public static Gap GapOf(RequiredLevel required, int assessed) => new(required.CompetencyCode, required.Level, assessed, required.Weight, required.Criticality);

    public static RatingsRecorded Rated(string cycle, params (string Code, int Level)[] ratings) =>
        new(cycle, RatingSource.Manager, "E-1", [.. ratings.Select(rating => new Rated(rating.Code, rating.Level, rating.Level))], Now);

    public static PersonAtWork AtWork(EmployeeId person, EstateId estate, params IEnumerable<Gap> gaps) => new()
    {
        Id = person.Value, EmployeeId = person, EstateId = estate.Value, PositionCode = "SEC", Roles = [], Standards = [],
        Gaps = gaps.ToImmutableDictionary(gap => gap.CompetencyCode), GapsClosedByTraining = 0,
    };

    public static GapsChanged Gaps(Gap[] opened, params ClosedGap[] closed) => new([.. opened], [.. closed], Guid.Empty, Now);
}
