namespace Training.Contracts.Evaluation.V1;

/// <summary>Learners passed the test of a course run. Levels rise on this, never on attendance.</summary>
public record LearningProven
{
    public required Guid RunId { get; init; }
    public required Guid CourseId { get; init; }
    public required IReadOnlyList<ProvenStep> Steps { get; init; }
    public required IReadOnlyList<ProvenLearner> Learners { get; init; }
    public required DateTimeOffset ProvenAt { get; init; }
}

public record ProvenStep
{
    public required string CompetencyCode { get; init; }
    public required int FromLevel { get; init; }
    public required int ToLevel { get; init; }
}

public record ProvenLearner
{
    public required Guid EmployeeId { get; init; }
    /// <summary>0–100.</summary>
    public required decimal Score { get; init; }
    /// <summary>Last day on which the pass counts, 9999-12-31 for ever; null where it isn't told.</summary>
    public DateOnly? ValidTo { get; init; }
}

/// <summary>An inspection item failed. Training-relevant when the cause is skill and a competency is linked.</summary>
public record FindingRecorded
{
    public required Guid FindingId { get; init; }
    public required Guid EstateId { get; init; }
    public required string ItemCode { get; init; }
    /// <summary>minor, major or critical.</summary>
    public required string Severity { get; init; }
    /// <summary>skill, tool, process, staffing or motive.</summary>
    public required string Cause { get; init; }
    /// <summary>Empty when no competency is linked.</summary>
    public required string CompetencyCode { get; init; }
    public required DateOnly FoundOn { get; init; }
}

/// <summary>A re-inspection showed that the finding is gone.</summary>
public record FindingVerified
{
    public required Guid FindingId { get; init; }
    public required DateOnly VerifiedOn { get; init; }
}

/// <summary>A re-inspection found it again. What was learnt before doesn't answer it any more; it may be verified and come back several times.</summary>
public record FindingRecurred
{
    public required Guid FindingId { get; init; }
    public required DateOnly RecurredOn { get; init; }
}
