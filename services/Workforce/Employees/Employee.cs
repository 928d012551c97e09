using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Workforce.Employees;

public readonly record struct EmployeeId(Guid Value) : IId<EmployeeId> { public static EmployeeId From(Guid value) => new(value); }

public interface IEmployeeFact : IFact;
public record EmployeeHired(EmployeeId EmployeeId, string PersonId, HrChange Change, Assignment Assignment, DateOnly HiredOn) : IEmployeeFact;
/// <summary>Another estate, position, legal entity or employee number, or an employment that follows without a break.</summary>
public record EmployeeMoved(EmployeeId EmployeeId, HrChange Change, Assignment Assignment, DateOnly EffectiveOn) : IEmployeeFact;
public record EmployeeLeft(EmployeeId EmployeeId, HrChange Change, DateOnly LastWorkingDay) : IEmployeeFact;
public record EmployeeReturned(EmployeeId EmployeeId, HrChange Change, Assignment Assignment, DateOnly ReturnedOn) : IEmployeeFact;
/// <summary>The only hiring was taken back: this person never came.</summary>
public record EmployeeHireCancelled(EmployeeId EmployeeId, HrChange Change, DateOnly HiredOn) : IEmployeeFact;
/// <summary>A message that changes nothing for now: it was overtaken, confirms what is known, or waits for the hiring it builds on.</summary>
public record EmployeeChangeKept(EmployeeId EmployeeId, string PersonId, HrChange Change) : IEmployeeFact;
public record LicenceRecorded(EmployeeId EmployeeId, string LicenceType, DateOnly IssuedOn, DateOnly ExpiresOn) : IEmployeeFact;

/// <summary>
/// A person, over all employments. <see cref="Changes"/> holds what the HR system said, one entry per slot; <see cref="Standing"/> follows
/// from them and not from the order they came in.
/// </summary>
public partial record Employee(
    Guid Id, string PersonId, ImmutableArray<HrChange> Changes, Standing Standing, ImmutableDictionary<string, DateOnly> Licences)
{
    public static EmployeeId IdOf(string tenant, string personId) => new(DerivedId.Of("employee", tenant, personId));

    public static Employee Create(EmployeeHired e) => New(e.EmployeeId, e.PersonId).With(e.Change);
    public static Employee Create(EmployeeChangeKept e) => New(e.EmployeeId, e.PersonId).With(e.Change);
    public Employee Apply(EmployeeHired e) => With(e.Change);
    public Employee Apply(EmployeeMoved e) => With(e.Change);
    public Employee Apply(EmployeeLeft e) => With(e.Change);
    public Employee Apply(EmployeeReturned e) => With(e.Change);
    public Employee Apply(EmployeeHireCancelled e) => With(e.Change);
    public Employee Apply(EmployeeChangeKept e) => With(e.Change);
    public Employee Apply(LicenceRecorded e) => this with { Licences = Licences.SetItem(e.LicenceType, e.ExpiresOn) };

    static Employee New(EmployeeId id, string personId) => new(id.Value, personId, [], Standing.Unknown, ImmutableDictionary<string, DateOnly>.Empty);

    Employee With(HrChange change)
    {
        var changes = Changes.With(change);
        return this with { Changes = changes, Standing = Standing.After(changes) };
    }
}
