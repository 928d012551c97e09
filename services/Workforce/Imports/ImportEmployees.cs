using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Workforce.Employees;
using Training.Workforce.Estates;
using Training.Workforce.HrEdge;

namespace Training.Workforce.Imports;

/// <summary>What is wrong with a line of the file; lines count from 1, the header included.</summary>
public record BrokenRow(int Line, string Column, string Reason);

/// <summary>How an import went. A file with a broken row is not stored at all.</summary>
public record ImportReport(int Rows, int Accepted, IReadOnlyList<BrokenRow> Broken, bool DryRun);

public static class ImportEmployeesHandler
{
    const int ChunkSize = 500;

    /// <summary>The same decision as for a hired message; a row can't change what is known of an employment.</summary>
    public static IEmployeeFact[] Decide(Employee? employee, EmployeeId id, string tenant, EmployeeRow row, Estate estate)
    {
        var assignment = new Assignment(row.EmploymentId, row.EmployeeNo, row.LegalEntity, new(estate.Id), row.PositionCode);
        var change = new HrChange(
            ChangeKind.Hired, Lifecycle.Effective, row.HireDate, 0, DerivedId.Of("employee-import", tenant, row.PersonId, row.EmploymentId), assignment);
        var known = employee?.Changes.FirstOrDefault(one => one.Begins && one.Assignment.EmploymentId == row.EmploymentId);
        if (known is not null && (known.Assignment != assignment || known.EffectiveOn != row.HireDate))
            throw new RuleBroken("employment-known", $"Employment {row.EmploymentId} is known with other content. Send a transfer or a correction instead.");
        return RecordChangeHandler.Decide(employee, new(id, row.PersonId, change));
    }

    internal static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> Handle(
        HttpRequest request, bool? dryRun, Origin origin, IDocumentSession session, HrInbox inbox, CancellationToken ct)
    {
        var file = await EmployeeFile.Read(request.Body, ct);
        var broken = file.Broken.ToList();
        var estates = (await session.LoadManyAsync<Estate>(ct, [.. file.Rows.Select(row => Estate.IdOf(origin.Tenant, row.OrgUnitId).Value).Distinct()])).ToDictionary(one => one.Id);
        var owners = (await session.LoadManyAsync<EmploymentOfPerson>(ct, [.. file.Rows.Select(row => row.EmploymentId)])).ToDictionary(one => one.Id, one => one.EmployeeId);

        foreach (var chunk in file.Rows.Chunk(ChunkSize))
        {
            var streams = await session.Events.FetchManyForWriting<Employee>([.. chunk.Select(row => Employee.IdOf(origin.Tenant, row.PersonId).Value)], ct);
            foreach (var (row, stream) in chunk.Zip(streams))
            {
                var id = Employee.IdOf(origin.Tenant, row.PersonId);
                if (!estates.TryGetValue(Estate.IdOf(origin.Tenant, row.OrgUnitId).Value, out var estate))
                    broken.Add(new(row.Line, "orgUnitId", $"Estate {row.OrgUnitId} is not known."));
                else if (owners.GetValueOrDefault(row.EmploymentId, id) != id)
                    broken.Add(new(row.Line, "employmentId", $"Employment {row.EmploymentId} belongs to another person."));
                else
                    try
                    {
                        if (Decide(stream.Aggregate, id, origin.Tenant, row, estate) is { Length: > 0 } facts) stream.AppendMany(facts.Cast<object>());
                        session.Store(new EmploymentOfPerson(row.EmploymentId, id));
                    }
                    catch (RuleBroken refused)
                    {
                        broken.Add(new(row.Line, "employmentId", refused.Message));
                    }
            }
        }

        var lines = broken.Select(row => row.Line).Distinct().Count();
        var report = new ImportReport(file.Count, file.Count - lines, [.. broken.OrderBy(row => row.Line)], dryRun == true);
        if (report.DryRun) return TypedResults.Ok(report);
        if (report.Broken.Count > 0) return Refused(report);

        await session.SaveChangesAsync(ct);
        await inbox.Release(origin.Tenant, file.Rows.SelectMany(row => new[] { HrKey.Employment(row.EmploymentId), HrKey.Person(row.PersonId) }).ToImmutableHashSet(), ct);
        return TypedResults.Ok(report);
    }

    static ProblemHttpResult Refused(ImportReport report) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: $"{report.Rows - report.Accepted} of {report.Rows} rows are broken; nothing was stored.",
        extensions: new Dictionary<string, object?> { ["code"] = "broken-rows", ["rows"] = report.Rows, ["accepted"] = 0, ["broken"] = report.Broken });
}
