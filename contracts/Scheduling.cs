namespace Training.Contracts.Scheduling.V1;

/// <summary>A course run needs money before it can be confirmed. Budgeting answers with FundsReserved or FundsDeclined.</summary>
public record FundingRequested
{
    public required Guid RunId { get; init; }
    public required string CourseCode { get; init; }
    public required string FundCategory { get; init; }
    public required string LegalEntity { get; init; }
    public required string Quarter { get; init; }
    /// <summary>Most of the learners hold front-line positions.</summary>
    public required bool FrontLine { get; init; }
    public required int Learners { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
}

/// <summary>The run is funded and placed in the calendar: what was reserved is now committed.</summary>
public record CourseRunConfirmed
{
    public required Guid RunId { get; init; }
    public required int Sessions { get; init; }
}

/// <summary>The run can't go ahead for now. A reservation it holds is to be released.</summary>
public record CourseRunParked
{
    public required Guid RunId { get; init; }
    /// <summary>Stable kebab-case code, such as no-funds or no-safe-slot.</summary>
    public required string Code { get; init; }
    public required string Reason { get; init; }
}

/// <summary>The run ends before all its sessions were held. What is not spent is to be released.</summary>
public record CourseRunCancelled
{
    public required Guid RunId { get; init; }
    public required string Reason { get; init; }
}

/// <summary>A session took place.</summary>
public record SessionHeld
{
    public required Guid SessionId { get; init; }
    public required Guid RunId { get; init; }
    public required Guid CourseId { get; init; }
    public required Guid TrainerId { get; init; }
    public required DateTimeOffset EndedAt { get; init; }
    /// <summary>What this session cost, for the run's reservation.</summary>
    public required decimal ActualAmount { get; init; }
    public required string Currency { get; init; }
    /// <summary>No further session of the run is to come.</summary>
    public required bool LastOfRun { get; init; }
    /// <summary>Everyone enrolled, with the minutes of all sessions of the run held so far.</summary>
    public required IReadOnlyList<RunAttendance> Attendance { get; init; }
}

public record RunAttendance
{
    public required Guid EmployeeId { get; init; }
    public required Guid EstateId { get; init; }
    public required int AttendedMinutes { get; init; }
    public required int PlannedMinutes { get; init; }
}
