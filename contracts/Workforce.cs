namespace Training.Contracts.Workforce.V1;

/// <summary>The group runs a new estate, or a head office unit (kind HQ, no households).</summary>
public record EstateOpened
{
    public required Guid EstateId { get; init; }
    /// <summary>The group's own code, such as EST-01.</summary>
    public required string Code { get; init; }
    public required string Name { get; init; }
    /// <summary>Region code, such as HZ.</summary>
    public required string Region { get; init; }
    /// <summary>The company that pays the wages and books the training spend.</summary>
    public required string LegalEntity { get; init; }
    /// <summary>V villa, T townhouse, H high-rise, HQ head office.</summary>
    public required string Kind { get; init; }
    public required int Households { get; init; }
    /// <summary>IANA time zone, such as Asia/Shanghai.</summary>
    public required string TimeZone { get; init; }
}

/// <summary>The least heads on duty at each post of an estate. Replaces what was set before.</summary>
public record MinimumManningSet
{
    public required Guid EstateId { get; init; }
    public required IReadOnlyList<PostMinimum> Posts { get; init; }
}

/// <summary>Between <see cref="From"/> and <see cref="To"/>, local time every day; equal times mean around the clock.</summary>
public record PostMinimum
{
    public required string PostCode { get; init; }
    public required string PositionCode { get; init; }
    public required TimeOnly From { get; init; }
    public required TimeOnly To { get; init; }
    public required int Heads { get; init; }
    /// <summary>The licence each of these heads must hold; empty when none is needed.</summary>
    public required string LicenceType { get; init; }
}

public record EmployeeHired
{
    public required Guid EmployeeId { get; init; }
    public required string EmployeeNo { get; init; }
    public required Guid EstateId { get; init; }
    public required string PositionCode { get; init; }
    public required DateOnly HiredOn { get; init; }
}

/// <summary>An employee works at another estate, in another position, or both, from this day.</summary>
public record EmployeeMoved
{
    public required Guid EmployeeId { get; init; }
    public required Guid EstateId { get; init; }
    public required string PositionCode { get; init; }
    public required DateOnly EffectiveOn { get; init; }
}

public record EmployeeLeft
{
    public required Guid EmployeeId { get; init; }
    public required DateOnly LastWorkingDay { get; init; }
}

/// <summary>A former employee works here again; history and certificates are those of before.</summary>
public record EmployeeReturned
{
    public required Guid EmployeeId { get; init; }
    public required Guid EstateId { get; init; }
    public required string PositionCode { get; init; }
    public required DateOnly ReturnedOn { get; init; }
}

/// <summary>The roster of one estate for whole local days. A higher revision replaces the lower one entirely.</summary>
public record RosterPublished
{
    public required Guid RosterId { get; init; }
    public required Guid EstateId { get; init; }
    public required int Revision { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>Last day, inclusive.</summary>
    public required DateOnly To { get; init; }
    public required IReadOnlyList<RosterShift> Shifts { get; init; }
}

public record RosterShift
{
    public required string PostCode { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required IReadOnlyList<Guid> EmployeeIds { get; init; }
}

/// <summary>A licence issued outside, such as the fire-facility operator's.</summary>
public record LicenceRecorded
{
    public required Guid EmployeeId { get; init; }
    public required string LicenceType { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateOnly ExpiresOn { get; init; }
}

/// <summary>Total wages of a legal entity in one calendar year, the base of the education-fund rules. Replaces an earlier figure of the same year.</summary>
public record WageBasePosted
{
    public required string LegalEntity { get; init; }
    public required int Year { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
}
