using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Workforce.Employees;

public record RecordChange(EmployeeId EmployeeId, string PersonId, HrChange Change);

public static class RecordChangeHandler
{
    /// <summary>
    /// Compares where the person stands without and with the change, so that late, repeated and disordered messages end in the same place
    /// as punctual ones.
    /// </summary>
    public static IEmployeeFact[] Decide(Employee? employee, RecordChange command)
    {
        var (id, change) = (command.EmployeeId, command.Change);
        var known = employee?.Changes ?? [];
        if (known.Any(one => one.SameSlot(change) && !change.Overtakes(one))) return [];
        MustLeaveGround(known, change);

        var (before, after) = (employee?.Standing ?? Standing.Unknown, Standing.After(known.With(change)));
        if (before == after) return [new EmployeeChangeKept(id, command.PersonId, change)];
        return (before.State, after.State) switch
        {
            (Employment.Unknown, Employment.Employed) => [new EmployeeHired(id, command.PersonId, change, after.Assignment, after.Since)],
            (Employment.Unknown, Employment.Left) =>
                [new EmployeeHired(id, command.PersonId, change, after.Assignment, after.Since), new EmployeeLeft(id, change, after.LastDay)],
            (_, Employment.Unknown) => [new EmployeeHireCancelled(id, change, before.Since)],
            (Employment.Employed, Employment.Employed) => [new EmployeeMoved(id, change, after.Assignment, change.EffectiveOn)],
            (Employment.Left, Employment.Employed) => [new EmployeeReturned(id, change, after.Assignment, After(after.Since, change))],
            (Employment.Employed, Employment.Left) when before.Assignment != after.Assignment =>
                [new EmployeeMoved(id, change, after.Assignment, change.EffectiveOn), new EmployeeLeft(id, change, after.LastDay)],
            _ => [new EmployeeLeft(id, change, after.LastDay)],
        };
    }

    // A cancelled leave brings back an employment that began long ago.
    static DateOnly After(DateOnly since, HrChange change) => change.Begins ? since : change.EffectiveOn.AddDays(1);

    static void MustLeaveGround(ImmutableArray<HrChange> known, HrChange change)
    {
        if (!change.Cancelled || !change.Begins) return;
        if (known.FirstOrDefault(one => !one.Cancelled && !one.Begins && one.Assignment.EmploymentId == change.Assignment.EmploymentId) is { } later)
            throw new RuleBroken("later-changes",
                $"Employment {change.Assignment.EmploymentId} has a later change ({later.Kind} on {later.EffectiveOn:yyyy-MM-dd}). Cancel that first, then redrive this.");
    }
}
