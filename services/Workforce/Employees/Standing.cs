using System.Collections.Immutable;

namespace Training.Workforce.Employees;

/// <summary>Unknown: nobody hired this person so far, or the hiring was cancelled.</summary>
public enum Employment { Unknown, Employed, Left }

/// <summary>Where a person stands after all changes. <c>Since</c> is the first day of this employment, <c>LastDay</c> its last once left.</summary>
public record Standing(Employment State, Assignment Assignment, DateOnly Since, DateOnly LastDay)
{
    public static readonly Standing Unknown = new(Employment.Unknown, new("", "", "", default, ""), default, default);

    /// <summary>Takes changes by effective day, then by sequence; what doesn't fit the employment of that day has no effect.</summary>
    public static Standing After(ImmutableArray<HrChange> changes) =>
        changes.Where(change => !change.Cancelled).Aggregate(Unknown, (standing, change) => standing.Then(change));

    Standing Then(HrChange change)
    {
        if (change.Begins) return new(Employment.Employed, change.Assignment, change.EffectiveOn, default);
        if (State != Employment.Employed || Assignment.EmploymentId != change.Assignment.EmploymentId) return this;
        return change.Kind == ChangeKind.Left
            ? this with { State = Employment.Left, LastDay = change.EffectiveOn }
            : this with { Assignment = Assignment.With(change.Assignment) };
    }
}
