using Training.Foundation;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Employees;

/// <summary>Turns the five messages about people into one kind of command.</summary>
sealed class EmployeeConsumer : IHrConsumer
{
    sealed record Hired(
        string PersonId, string EmploymentId, string EmployeeNo, string OrgUnitId, string PositionCode, DateOnly? HireDate = null, DateOnly? EffectiveFrom = null,
        string LegalEntity = "", Lifecycle Lifecycle = Lifecycle.Effective);

    sealed record Moved(string PersonId, string EmploymentId, DateOnly EffectiveFrom, Place To, Lifecycle Lifecycle = Lifecycle.Effective);
    sealed record Place(string OrgUnitId = "", string PositionCode = "", string LegalEntity = "", string EmployeeNo = "");

    sealed record Left(string PersonId, string EmploymentId, DateOnly LastWorkingDay, Lifecycle Lifecycle = Lifecycle.Effective);

    const string Prefix = "hr.employee.";

    public IReadOnlyList<string> Types =>
        [$"{Prefix}hired.v1", $"{Prefix}transferred.v1", $"{Prefix}position-changed.v1", $"{Prefix}left.v1", $"{Prefix}rehired.v1"];

    public HrWork Read(HrMessage message) => message.Type[Prefix.Length..] switch
    {
        "hired.v1" => Begin(message, ChangeKind.Hired),
        "rehired.v1" => Begin(message, ChangeKind.Rehired),
        "transferred.v1" => Move(message, ChangeKind.Transferred),
        "position-changed.v1" => Move(message, ChangeKind.PositionChanged),
        _ => End(message),
    };

    static HrWork<Employee> Begin(HrMessage message, ChangeKind kind)
    {
        var data = message.Read<Hired>();
        var day = data.EffectiveFrom ?? data.HireDate ?? throw new RuleBroken("malformed-data", "The message needs effectiveFrom or hireDate.");
        return Work(message, data.PersonId, data.EmploymentId, data.OrgUnitId, known =>
        {
            var estate = known.Estate(data.OrgUnitId);
            var entity = data.LegalEntity == "" ? estate.Details.LegalEntity : data.LegalEntity;
            return new(kind, data.Lifecycle, day, message.Sequence, message.Key, new(data.EmploymentId, data.EmployeeNo, entity, new(estate.Id), data.PositionCode));
        });
    }

    static HrWork<Employee> Move(HrMessage message, ChangeKind kind)
    {
        var data = message.Read<Moved>();
        if (data.To == new Place()) throw new RuleBroken("malformed-data", "The message needs in \"to\" what is new: orgUnitId, positionCode, legalEntity or employeeNo.");
        return Work(message, data.PersonId, data.EmploymentId, data.To.OrgUnitId, known => new(
            kind, data.Lifecycle, data.EffectiveFrom, message.Sequence, message.Key,
            new(data.EmploymentId, data.To.EmployeeNo, data.To.LegalEntity, data.To.OrgUnitId == "" ? default : new(known.Estate(data.To.OrgUnitId).Id), data.To.PositionCode)));
    }

    static HrWork<Employee> End(HrMessage message)
    {
        var data = message.Read<Left>();
        return Work(message, data.PersonId, data.EmploymentId, "", _ => new(
            ChangeKind.Left, data.Lifecycle, data.LastWorkingDay, message.Sequence, message.Key, new(data.EmploymentId, "", "", default, "")));
    }

    static HrWork<Employee> Work(HrMessage message, string personId, string employmentId, string orgUnitId, Func<Known, HrChange> change)
    {
        if (!message.HasSequence) throw new RuleBroken("no-sequence", "Messages about people need the CloudEvents extension \"sequence\" to be put in order.");
        var id = Employee.IdOf(message.Tenant, personId);
        return new(id.Value, (employee, known) =>
        {
            known.MustBelong(employmentId, id);
            return RecordChangeHandler.Decide(employee, new(id, personId, change(known)));
        })
        {
            Estates = orgUnitId == "" ? [] : [orgUnitId],
            Employments = [employmentId],
            Provides = [HrKey.Employment(employmentId), HrKey.Person(personId)],
            Documents = [new EmploymentOfPerson(employmentId, id)],
        };
    }
}
