using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public enum RatingSource { Self, Manager, Test, Observation }

/// <summary>A level someone gave, and the level the person is held to have after it.</summary>
public record Rated(string CompetencyCode, int Rating, int AssessedLevel);

/// <summary>Less than required, with the weight and criticality it was measured with. A competency never assessed counts as level 0.</summary>
public record Gap(string CompetencyCode, int Required, int Assessed, decimal Weight, decimal Criticality)
{
    /// <summary>F5: g = max(0, required − assessed).</summary>
    [JsonIgnore] public int Size => Math.Max(0, Required - Assessed);
    /// <summary>F5: w · k · g.</summary>
    [JsonIgnore] public decimal Weighted => Weight * Criticality * Size;
}

public record ClosedGap(string CompetencyCode, int Required, int Assessed);

public interface IProfileFact : IFact;
public record ProfileOpened(EmployeeId EmployeeId, EstateId EstateId, string PositionCode, DateOnly On) : IProfileFact;
public record PositionChanged(EstateId EstateId, string PositionCode, DateOnly On) : IProfileFact;
public record ProfileClosed(DateOnly LastWorkingDay) : IProfileFact;
public record ProfileReopened(EstateId EstateId, string PositionCode, DateOnly On) : IProfileFact;
public record RoleAssigned(string Role, DateTimeOffset At) : IProfileFact;
public record RoleWithdrawn(string Role, DateTimeOffset At) : IProfileFact;
/// <summary>Everything one assessor said about one person in one cycle. The assessor is known by number or id, never by name.</summary>
public record RatingsRecorded(string Cycle, RatingSource Source, string Assessor, ImmutableArray<Rated> Ratings, DateTimeOffset At) : IProfileFact;
/// <summary>A passed test moved the assessed level; the first assessment by other means is no change.</summary>
public record LevelChanged(EmployeeId EmployeeId, string CompetencyCode, int FromLevel, int ToLevel, int RequiredLevel, Guid RunId, DateTimeOffset At) : IProfileFact;
/// <summary>A passed test for steps above the present level. It counts as soon as the level below it is reached.</summary>
public record ProofKept(Guid RunId, ImmutableArray<Step> Steps, DateTimeOffset At) : IProfileFact;
/// <summary>The person is measured against these editions from now on.</summary>
public record StandardsApplied(ImmutableArray<StandardVersion> Standards, DateTimeOffset At) : IProfileFact;
/// <param name="Opened">New gaps, and gaps with changed figures.</param>
/// <param name="Closed">Gaps that are gone.</param>
/// <param name="RunId">The run whose test closed them; empty when something else did.</param>
/// <param name="At">When.</param>
public record GapsChanged(ImmutableArray<Gap> Opened, ImmutableArray<ClosedGap> Closed, Guid RunId, DateTimeOffset At) : IProfileFact;

public record Rating(RatingSource Source, string Assessor, int Level);

/// <summary>What a course lifts: whoever stands at the lower level or between stands at the higher one after its test.</summary>
public record Step(string CompetencyCode, int FromLevel, int ToLevel);

/// <summary>A step whose test was passed in a run.</summary>
public record Proof(Guid RunId, Step Step, DateTimeOffset At);

/// <summary>The ratings of the latest cycle, and the level they amount to.</summary>
public record CompetencyAssessment(string Cycle, DateTimeOffset At, ImmutableArray<Rating> Ratings, int Level);

/// <summary>What one employee can do, measured against what the position and the roles ask for.</summary>
public partial record CompetencyProfile(
    Guid Id, EmployeeId EmployeeId, Guid EstateId, string PositionCode, bool Active, ImmutableArray<string> Roles, ImmutableArray<StandardVersion> Standards,
    ImmutableDictionary<string, CompetencyAssessment> Assessments, ImmutableDictionary<string, Gap> Gaps, int GapsClosedByTraining)
{
    /// <summary>Steps proved too early to count.</summary>
    public ImmutableArray<Proof> KeptProofs { get; init; } = [];

    /// <summary>0 when never assessed.</summary>
    public int LevelOf(string competency) => Assessments.GetValueOrDefault(competency)?.Level ?? 0;

    /// <summary>Whether it is measured by this edition of a standard, or by a later one.</summary>
    public bool StandsOn(StandardVersion edition) => Standards.Any(standard => (standard.Kind, standard.Code) == (edition.Kind, edition.Code) && standard.Version >= edition.Version);

    public static Guid IdOf(string tenant, Guid employee) => DerivedId.Of("profile", tenant, employee.ToString());

    public static CompetencyProfile Create(ProfileOpened e) => new(
        Guid.Empty, e.EmployeeId, e.EstateId.Value, e.PositionCode, true, [], [], ImmutableDictionary<string, CompetencyAssessment>.Empty, ImmutableDictionary<string, Gap>.Empty, 0);
    public CompetencyProfile Apply(PositionChanged e) => this with { EstateId = e.EstateId.Value, PositionCode = e.PositionCode };
    public CompetencyProfile Apply(ProfileClosed _) => this with { Active = false, Gaps = Gaps.Clear(), Standards = [] };
    public CompetencyProfile Apply(ProfileReopened e) => this with { Active = true, EstateId = e.EstateId.Value, PositionCode = e.PositionCode };
    public CompetencyProfile Apply(RoleAssigned e) => this with { Roles = [.. Roles, e.Role] };
    public CompetencyProfile Apply(RoleWithdrawn e) => this with { Roles = Roles.Remove(e.Role) };
    public CompetencyProfile Apply(RatingsRecorded e) => this with
    {
        Assessments = Assessments.SetItems(e.Ratings.Select(rated => KeyValuePair.Create(rated.CompetencyCode, new CompetencyAssessment(
            e.Cycle, e.At, RatingsWith(e.Cycle, rated.CompetencyCode, new(e.Source, e.Assessor, rated.Rating)), rated.AssessedLevel)))),
        KeptProofs = KeptProofs.RemoveAll(proof => e.Ratings.Any(rated => rated.CompetencyCode == proof.Step.CompetencyCode
            && (rated.AssessedLevel >= proof.Step.ToLevel || (e.Source != RatingSource.Test && e.At > proof.At)))),
    };
    public CompetencyProfile Apply(LevelChanged _) => this;
    public CompetencyProfile Apply(ProofKept e) => this with { KeptProofs = [.. KeptProofs, .. e.Steps.Select(step => new Proof(e.RunId, step, e.At))] };
    public CompetencyProfile Apply(StandardsApplied e) => this with { Standards = e.Standards };
    public CompetencyProfile Apply(GapsChanged e) => this with
    {
        Gaps = Gaps.RemoveRange(e.Closed.Select(gap => gap.CompetencyCode)).SetItems(e.Opened.Select(gap => KeyValuePair.Create(gap.CompetencyCode, gap))),
        GapsClosedByTraining = GapsClosedByTraining + (e.RunId == Guid.Empty ? 0 : e.Closed.Length),
    };

    /// <summary>The ratings of this cycle with one more; an assessor who rates again replaces the earlier rating.</summary>
    public ImmutableArray<Rating> RatingsWith(string cycle, string competency, Rating rating) =>
        Assessments.GetValueOrDefault(competency) is { } assessment && assessment.Cycle == cycle
            ? [.. assessment.Ratings.Where(other => (other.Source, other.Assessor) != (rating.Source, rating.Assessor)), rating]
            : [rating];
}
