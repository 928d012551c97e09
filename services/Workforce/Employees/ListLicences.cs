using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Workforce.Estates;

namespace Training.Workforce.Employees;

/// <summary>A licence of somebody who works here; <c>ExpiresOn</c> is its last day.</summary>
public record LicenceCard(Guid EmployeeId, string EmployeeNo, Guid EstateId, string PositionCode, string LicenceType, DateOnly ExpiresOn)
{
    /// <summary>Soonest to end first.</summary>
    public static IReadOnlyList<LicenceCard> Of(IEnumerable<Employee> employees, DateOnly? until) =>
    [
        .. from employee in employees
           from licence in employee.Licences
           where until is null || licence.Value <= until
           let assignment = employee.Standing.Assignment
           orderby licence.Value, assignment.EmployeeNo
           select new LicenceCard(employee.Id, assignment.EmployeeNo, assignment.EstateId.Value, assignment.PositionCode, licence.Key, licence.Value),
    ];
}

static class ListLicences
{
    internal static async Task<Ok<Page<LicenceCard>>> Handle(Guid? estateId, DateOnly? until, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var employees = query.Query<Employee>().Where(employee => employee.Standing.State == Employment.Employed);
        if (!caller.ReachesAll)
        {
            var estates = string.Join(',', await query.EstatesWithin(caller, ct));
            employees = employees.Where(employee => employee.MatchesSql("d.data -> 'standing' -> 'assignment' ->> 'estateId' = any(string_to_array(?, ','))", estates));
        }
        if (estateId is { } value)
        {
            var estate = new EstateId(value);
            employees = employees.Where(employee => employee.Standing.Assignment.EstateId == estate);
        }
        var all = LicenceCard.Of(await employees.ToListAsync(ct), until);
        return TypedResults.Ok(new Page<LicenceCard>([.. all.Skip(skip ?? 0).Take(take ?? 100)], all.Count));
    }
}
