using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Workforce.Estates;

namespace Training.Workforce.Employees;

/// <summary>An employee in a list; for a leaver the last assignment.</summary>
public record EmployeeCard(Guid Id, string EmployeeNo, Guid EstateId, string PositionCode, string LegalEntity, Employment State, DateOnly HiredOn)
{
    public static EmployeeCard Of(Employee employee)
    {
        var (standing, assignment) = (employee.Standing, employee.Standing.Assignment);
        return new(employee.Id, assignment.EmployeeNo, assignment.EstateId.Value, assignment.PositionCode, assignment.LegalEntity, standing.State, standing.Since);
    }
}

/// <summary>An employee with licences (type → last day) and all that the HR system said, in the order it takes effect.</summary>
public record EmployeeSheet(EmployeeCard Employee, string PersonId, IReadOnlyDictionary<string, DateOnly> Licences, IReadOnlyList<HrChange> Changes);

static class GetEmployee
{
    internal static async Task<Ok<EmployeeSheet>> Handle(Guid employeeId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var employee = await query.LoadAsync<Employee>(employeeId, ct) ?? throw new Missing("Employee", employeeId);
        if (!caller.ReachesAll && !caller.IsSelf(employeeId))
        {
            var estate = await query.LoadAsync<Estate>(employee.Standing.Assignment.EstateId.Value, ct);
            caller.MustReach(employee.Standing.Assignment.EstateId.Value, estate?.Details.Region ?? "");
        }
        return TypedResults.Ok(new EmployeeSheet(EmployeeCard.Of(employee), employee.PersonId, employee.Licences, employee.Changes));
    }
}

static class ListEmployees
{
    internal static async Task<Ok<Page<EmployeeCard>>> Handle(
        Guid? estateId, string? positionCode, Employment? state, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var employees = query.Query<Employee>().Where(employee => employee.Standing.State != Employment.Unknown);
        if (!caller.ReachesAll)
        {
            var (selves, estates) = (caller.Selves, string.Join(',', await query.EstatesWithin(caller, ct)));
            employees = employees.Where(employee => selves.Contains(employee.Id)
                || employee.MatchesSql("d.data -> 'standing' -> 'assignment' ->> 'estateId' = any(string_to_array(?, ','))", estates));
        }
        if (estateId is { } estate) { var id = new EstateId(estate); employees = employees.Where(employee => employee.Standing.Assignment.EstateId == id); }
        if (positionCode is not null) employees = employees.Where(employee => employee.Standing.Assignment.PositionCode == positionCode);
        if (state is { } wanted) employees = employees.Where(employee => employee.Standing.State == wanted);
        return TypedResults.Ok(await employees.OrderBy(employee => employee.Standing.Assignment.EmployeeNo).ThenBy(employee => employee.Id)
            .Page(EmployeeCard.Of, skip, take, ct));
    }
}
