using System.Collections.Immutable;
using Training.Foundation;
using Training.Workforce.Employees;
using Training.Workforce.Estates;

namespace Training.Workforce.Rosters;

/// <summary>Who is on duty at a post between two instants.</summary>
public record Shift(string PostCode, DateTimeOffset StartsAt, DateTimeOffset EndsAt, ImmutableArray<EmployeeId> Employees);

public interface IRosterFact : IFact;
public record RosterPublished(Guid RosterId, EstateId EstateId, int Revision, DateOnly From, DateOnly To, ImmutableArray<Shift> Shifts) : IRosterFact;

/// <summary>The working plan of one estate for whole days. The shifts are in the facts; deciding needs the revision only.</summary>
public partial record Roster(Guid Id, EstateId EstateId, int Revision, DateOnly From, DateOnly To)
{
    public static Guid IdOf(string tenant, string rosterId) => DerivedId.Of("roster", tenant, rosterId);

    public static Roster Create(RosterPublished e) => new(e.RosterId, e.EstateId, e.Revision, e.From, e.To);
    public Roster Apply(RosterPublished e) => this with { Revision = e.Revision, From = e.From, To = e.To };
}
