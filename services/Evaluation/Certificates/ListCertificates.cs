using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.Certificates;

static class ListCertificates
{
    /// <summary>Soonest to end first; <paramref name="validTo"/> leaves out what is valid longer.</summary>
    internal static async Task<Ok<Page<Certificate>>> Handle(Guid? employeeId, DateOnly? validTo, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Certificate> certificates = query.Query<Certificate>();
        if (employeeId is { } employee)
        {
            var id = new EmployeeId(employee);
            certificates = certificates.Where(certificate => certificate.EmployeeId == id);
        }
        if (validTo is { } last) certificates = certificates.Where(certificate => certificate.ValidTo <= last);
        return TypedResults.Ok(await certificates.OrderBy(certificate => certificate.ValidTo).ThenBy(certificate => certificate.Id)
            .Page(certificate => certificate, skip, take, ct));
    }
}
