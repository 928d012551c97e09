using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Training.Workforce.Estates;

namespace Training.Workforce.Employees;

public enum ChangeKind { Hired, Transferred, PositionChanged, Left, Rehired }

/// <summary>Where a change stands in its life: a plan and what comes true carry the same weight, a correction replaces, a cancellation takes back.</summary>
public enum Lifecycle { Effective, Planned, Corrected, Cancelled }

/// <summary>
/// What one HR message says about a person. A transfer or change of position leaves empty what it doesn't touch. Messages with the same
/// employment, kind and day fill the same slot: of them the one with the highest sequence counts.
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Lifecycle">Planned, effective, corrected or cancelled.</param>
/// <param name="EffectiveOn">First day; for a leaver the last working day.</param>
/// <param name="Sequence">Order within the employment, given by the HR system.</param>
/// <param name="MessageId">The message; tells two of the same sequence apart.</param>
/// <param name="Assignment">What it sets.</param>
public record HrChange(ChangeKind Kind, Lifecycle Lifecycle, DateOnly EffectiveOn, long Sequence, Guid MessageId, Assignment Assignment)
{
    [JsonIgnore]
    public bool Cancelled => Lifecycle == Lifecycle.Cancelled;
    [JsonIgnore]
    public bool Begins => Kind is ChangeKind.Hired or ChangeKind.Rehired;

    public bool SameSlot(HrChange other) =>
        (Kind, EffectiveOn, Assignment.EmploymentId) == (other.Kind, other.EffectiveOn, other.Assignment.EmploymentId);

    /// <summary>Counts before the other one in the same slot. Being the same message doesn't.</summary>
    public bool Overtakes(HrChange other) => (Sequence, MessageId).CompareTo((other.Sequence, other.MessageId)) > 0;
}

/// <summary>One employment at one place in one position.</summary>
public record Assignment(string EmploymentId, string EmployeeNo, string LegalEntity, EstateId EstateId, string PositionCode)
{
    /// <summary>This assignment with what the other one says.</summary>
    public Assignment With(Assignment other) => new(
        EmploymentId,
        other.EmployeeNo == "" ? EmployeeNo : other.EmployeeNo,
        other.LegalEntity == "" ? LegalEntity : other.LegalEntity,
        other.EstateId == default ? EstateId : other.EstateId,
        other.PositionCode == "" ? PositionCode : other.PositionCode);
}

public static class HrChanges
{
    /// <summary>In the order in which they take effect, so that the same messages give the same list.</summary>
    public static ImmutableArray<HrChange> With(this ImmutableArray<HrChange> changes, HrChange change) =>
        changes.Any(known => known.SameSlot(change) && !change.Overtakes(known)) ? changes
        : [.. changes.Where(known => !known.SameSlot(change)).Append(change)
            .OrderBy(one => one.EffectiveOn).ThenBy(one => one.Sequence).ThenBy(one => one.MessageId)];
}
