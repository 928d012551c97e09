namespace Training.Contracts.NeedsAssessment.V1;

/// <summary>A new version of what a position (or a role on top of it) must be able to do.</summary>
public record CompetencyStandardPublished
{
    /// <summary>"position" or "role".</summary>
    public required string AppliesTo { get; init; }
    /// <summary>Position or role code, such as SEC or Coach.</summary>
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required IReadOnlyList<Requirement> Requirements { get; init; }
}

public record Requirement
{
    public required string CompetencyCode { get; init; }
    /// <summary>1 aware … 5 expert.</summary>
    public required int Level { get; init; }
    public required decimal Weight { get; init; }
    /// <summary>1, 1.5 or 2.</summary>
    public required decimal Criticality { get; init; }
}

/// <summary>Evidence moved someone's assessed level. The first assessment of a competency is no change.</summary>
public record CompetencyLevelChanged
{
    public required Guid EmployeeId { get; init; }
    public required string CompetencyCode { get; init; }
    public required int FromLevel { get; init; }
    public required int ToLevel { get; init; }
    public required int RequiredLevel { get; init; }
    /// <summary>The run whose test proved it; empty Guid when another source did.</summary>
    public required Guid RunId { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}

public record TrainingNeedApproved
{
    public required Guid NeedId { get; init; }
    public required string CompetencyCode { get; init; }
    public required string PositionCode { get; init; }
    public required string Region { get; init; }
    /// <summary>The inspection findings this need answers.</summary>
    public required IReadOnlyList<Guid> FindingIds { get; init; }
    public required DateTimeOffset ApprovedAt { get; init; }
}

/// <summary>One line of a frozen plan: a course for the people of one region. All lines of a version come before its <see cref="TrainingPlanFrozen"/>.</summary>
public record TrainingPlanLineFrozen
{
    public required Guid PlanId { get; init; }
    public required Guid LineId { get; init; }
    public required Guid CourseId { get; init; }
    public required string CourseCode { get; init; }
    public required string Region { get; init; }
    /// <summary>Such as 2027Q1.</summary>
    public required string Quarter { get; init; }
    /// <summary>F6; higher is more urgent.</summary>
    public required decimal Priority { get; init; }
    /// <summary>Most urgent first.</summary>
    public required IReadOnlyList<PlannedLearner> Learners { get; init; }
}

public record PlannedLearner
{
    public required Guid EmployeeId { get; init; }
    public required Guid EstateId { get; init; }
    public required Guid NeedId { get; init; }
}

public record TrainingPlanFrozen
{
    public required Guid PlanId { get; init; }
    public required int Version { get; init; }
    public required string Quarter { get; init; }
    public required int Lines { get; init; }
    public required int Places { get; init; }
    public required DateTimeOffset FrozenAt { get; init; }
}
