namespace Training.Contracts.Catalogue.V1;

public record CoursePublished
{
    public required Guid CourseId { get; init; }
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required string Title { get; init; }
    public required string TitleEnglish { get; init; }
    /// <summary>S service awareness, K professional skills, P process optimisation.</summary>
    public required string Module { get; init; }
    /// <summary>ILT, Blended, OJT, Workshop, Event, Drill, External or ELearning. ELearning needs no session.</summary>
    public required string Mode { get; init; }
    /// <summary>Teaching time of one run, minutes.</summary>
    public required int Minutes { get; init; }
    public required int MinLearners { get; init; }
    public required int MaxLearners { get; init; }
    public required IReadOnlyList<CompetencyStep> Steps { get; init; }
    /// <summary>Position codes the course is meant for.</summary>
    public required IReadOnlyList<string> Audience { get; init; }
    /// <summary>Courses to have passed before.</summary>
    public required IReadOnlyList<Guid> Prerequisites { get; init; }
    /// <summary>How long a pass counts, months; 0 for ever.</summary>
    public required int ValidityMonths { get; init; }
    /// <summary>FC1 … FC11, categories of the employee education fund.</summary>
    public required string FundCategory { get; init; }
    /// <summary>Grade that teaches it: I1–I3 internal, X1–X3 external, OJT coach.</summary>
    public required string TrainerGrade { get; init; }
    public required IReadOnlyList<string> Equipment { get; init; }
    /// <summary>Collective cost of one run (F12).</summary>
    public required decimal CostPerRun { get; init; }
    /// <summary>Individual cost per learner (F12).</summary>
    public required decimal CostPerLearner { get; init; }
    public required string Currency { get; init; }
}

/// <summary>Lifts a competency from one level to another.</summary>
public record CompetencyStep
{
    public required string CompetencyCode { get; init; }
    public required int FromLevel { get; init; }
    public required int ToLevel { get; init; }
}

public record CourseRetired
{
    public required Guid CourseId { get; init; }
}

public record TrainerRegistered
{
    public required Guid TrainerId { get; init; }
    public required string Name { get; init; }
    public required string Grade { get; init; }
    /// <summary>Region served, or * for all.</summary>
    public required string Region { get; init; }
    /// <summary>The trainer as an employee; null for outside lecturers.</summary>
    public Guid? EmployeeId { get; init; }
    /// <summary>Teaching hours agreed per year.</summary>
    public required decimal HoursPerYear { get; init; }
}

public record TrainerAuthorised
{
    public required Guid TrainerId { get; init; }
    public required Guid CourseId { get; init; }
    /// <summary>Last day of validity.</summary>
    public required DateOnly ValidTo { get; init; }
}

/// <summary>The authorisation ended before its time.</summary>
public record TrainerLapsed
{
    public required Guid TrainerId { get; init; }
    public required Guid CourseId { get; init; }
    public required DateOnly LapsedOn { get; init; }
}

public record TrainerUnavailable
{
    public required Guid TrainerId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}

/// <summary>An absence, or a part of one, doesn't take place.</summary>
public record TrainerAvailable
{
    public required Guid TrainerId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}

public record VenueOpened
{
    public required Guid VenueId { get; init; }
    public required string Name { get; init; }
    public required string Region { get; init; }
    /// <summary>The estate it stands on; null for regional centres and hired rooms.</summary>
    public Guid? EstateId { get; init; }
    public required int Seats { get; init; }
    public required IReadOnlyList<string> Equipment { get; init; }
}

/// <summary>Nothing can be held in it from one moment up to, not including, another.</summary>
public record VenueClosed
{
    public required Guid VenueId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}

/// <summary>What was closed from one moment up to, not including, another is not.</summary>
public record VenueReopened
{
    public required Guid VenueId { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}
