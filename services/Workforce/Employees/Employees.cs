using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;
using Training.Workforce.Estates;

namespace Training.Workforce.Employees;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Employees
{
    public static void MapEmployees(this IEndpointRouteBuilder app)
    {
        var employees = app.MapGroup("/employees").WithTags("Employees");

        employees.MapGet("", ListEmployees.Handle).For(May.SeePeople);
        employees.MapGet("{employeeId:guid}", GetEmployee.Handle).For(May.SeePerson);
        app.MapGet("/licences", ListLicences.Handle).For(May.SeeLicences).WithTags("Employees");
    }

    public static StoreOptions AddEmployees(this StoreOptions store)
    {
        store.RegisterValueType<EstateId>();
        store.Projections.Snapshot<Employee>(SnapshotLifecycle.Inline);
        store.Schema.For<Employee>().Index(employee => employee.Standing.Assignment.EmployeeNo);
        store.Schema.For<EmploymentOfPerson>();
        return store;
    }
}

/// <summary>Whose employment it is; rosters name employments.</summary>
public record EmploymentOfPerson(string Id, EmployeeId EmployeeId);
