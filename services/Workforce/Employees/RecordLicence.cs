using Training.Foundation;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Employees;

public record RecordLicence(EmployeeId EmployeeId, string LicenceType, DateOnly IssuedOn, DateOnly ExpiresOn);

public static class RecordLicenceHandler
{
    /// <summary>The licence that lasts longest counts, whichever message comes last.</summary>
    public static IEmployeeFact[] Decide(Employee employee, RecordLicence command)
    {
        if (command.LicenceType == "") throw new RuleBroken("no-licence-type", "The licence has no type.");
        if (command.ExpiresOn < command.IssuedOn)
            throw new RuleBroken("expires-before-issued", $"The licence expires on {command.ExpiresOn:yyyy-MM-dd}, before it was issued on {command.IssuedOn:yyyy-MM-dd}.");
        if (employee.Licences.TryGetValue(command.LicenceType, out var expires) && expires >= command.ExpiresOn) return [];
        return [new LicenceRecorded(command.EmployeeId, command.LicenceType, command.IssuedOn, command.ExpiresOn)];
    }
}

/// <summary>Keeps licences issued outside, such as the fire-facility operator's.</summary>
sealed class LicenceConsumer : IHrConsumer
{
    sealed record Data(string PersonId, string LicenceType, DateOnly IssuedOn, DateOnly ExpiresOn);

    public IReadOnlyList<string> Types => ["hr.licence.recorded.v1"];

    public HrWork Read(HrMessage message)
    {
        var data = message.Read<Data>();
        var id = Employee.IdOf(message.Tenant, data.PersonId);
        var command = new RecordLicence(id, data.LicenceType, data.IssuedOn, data.ExpiresOn);
        return new HrWork<Employee>(id.Value, (employee, _) => employee is { Standing.State: not Employment.Unknown }
            ? RecordLicenceHandler.Decide(employee, command)
            : throw new NotKnownYet("unknown-person", $"Person {data.PersonId} is not known; send hr.employee.hired first.", HrKey.Person(data.PersonId)));
    }
}
