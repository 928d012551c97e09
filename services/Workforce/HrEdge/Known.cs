using Marten;
using Training.Foundation;
using Training.Workforce.Employees;
using Training.Workforce.Estates;

namespace Training.Workforce.HrEdge;

/// <summary>The estates and employments that the messages in hand name, as far as they are known.</summary>
public sealed class Known(string tenant, IReadOnlyDictionary<Guid, Estate> estates, IReadOnlyDictionary<string, EmployeeId> employments)
{
    internal static async Task<Known> Load(IDocumentSession session, string tenant, IReadOnlyCollection<HrWork> works, CancellationToken ct)
    {
        var units = works.SelectMany(work => work.Estates).Distinct().Select(unit => Estates.Estate.IdOf(tenant, unit).Value).ToArray();
        var contracts = works.SelectMany(work => work.Employments).Distinct().ToArray();
        var estates = units.Length == 0 ? [] : await session.LoadManyAsync<Estate>(ct, units);
        var people = contracts.Length == 0 ? [] : await session.LoadManyAsync<EmploymentOfPerson>(ct, contracts);
        return new(tenant, estates.ToDictionary(estate => estate.Id), people.ToDictionary(one => one.Id, one => one.EmployeeId));
    }

    /// <exception cref="NotKnownYet">Nobody told of it.</exception>
    public Estate Estate(string orgUnitId) => estates.GetValueOrDefault(Estates.Estate.IdOf(tenant, orgUnitId).Value)
        ?? throw new NotKnownYet("unknown-estate", $"Estate {orgUnitId} is not known; send hr.orgunit.changed first.", HrKey.Estate(orgUnitId));

    /// <exception cref="NotKnownYet">Names those nobody told of.</exception>
    public IReadOnlyDictionary<string, EmployeeId> Employees(IReadOnlyCollection<string> employmentIds)
    {
        var unknown = employmentIds.Where(id => !employments.ContainsKey(id)).ToList();
        if (unknown.Count > 0)
            throw new NotKnownYet("unknown-employment", $"Not known: employment {string.Join(", ", unknown)}; send hr.employee.hired first.", unknown.Select(HrKey.Employment));
        return employments;
    }

    /// <exception cref="RuleBroken">The employment is somebody else's.</exception>
    public void MustBelong(string employmentId, EmployeeId person)
    {
        if (employments.TryGetValue(employmentId, out var owner) && owner != person)
            throw new RuleBroken("employment-of-another-person", $"Employment {employmentId} belongs to another person. Correct personId or employmentId.");
    }
}
