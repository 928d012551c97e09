using System.Collections.Immutable;
using Training.Foundation;

namespace Training.NeedsAssessment.Standards;

/// <summary>Whom a standard binds: everyone in a position, or everyone with a role on top of the position.</summary>
public enum StandardKind { Position, Role }

/// <param name="CompetencyCode">Such as C07.</param>
/// <param name="Level">1 aware … 5 expert.</param>
/// <param name="Weight">Share of the competency in the work.</param>
/// <param name="Criticality">1, 1.5 or 2.</param>
public record RequiredLevel(string CompetencyCode, int Level, decimal Weight, decimal Criticality);

/// <summary>Which edition of which standard something stands on.</summary>
public record StandardVersion(StandardKind Kind, string Code, int Version);

public interface IStandardFact : IFact;
public record CompetencyStandardPublished(StandardKind Kind, string Code, int Version, ImmutableArray<RequiredLevel> Requirements, DateTimeOffset At) : IStandardFact;

/// <summary>What the holders of a position or a role must be able to do.</summary>
public partial record CompetencyStandard(Guid Id, StandardKind Kind, string Code, int Edition, ImmutableArray<RequiredLevel> Requirements)
{
    public StandardVersion AsVersion() => new(Kind, Code, Edition);

    public static Guid IdOf(string tenant, StandardKind kind, string code) => DerivedId.Of("standard", tenant, kind == StandardKind.Position ? "position" : "role", code);

    public CompetencyStandard() : this(Guid.Empty, StandardKind.Position, "", 0, []) { }
    public CompetencyStandard Apply(CompetencyStandardPublished e) => this with { Kind = e.Kind, Code = e.Code, Edition = e.Version, Requirements = e.Requirements };
}
