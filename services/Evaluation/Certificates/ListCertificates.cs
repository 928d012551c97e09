using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Certificates;

/// <summary>A certificate as its holder sees it. <c>ValidTo</c> is 9999-12-31 when it never ends; <c>Renewable</c>: the course is still offered; <c>Code</c>: what anybody checks it by.</summary>
public record CertificateCard(
    Guid EmployeeId, Guid CourseId, string CourseCode, string Title, string TitleEnglish, Guid RunId, DateOnly ValidFrom, DateOnly ValidTo, int Renewals, bool Renewable,
    string Code, string Holder)
{
    public static CertificateCard Of(string tenant, Certificate certificate, KnownCourse course) => new(
        certificate.EmployeeId.Value, course.Id, certificate.CourseCode, course.Title, course.TitleEnglish, certificate.RunId.Value,
        certificate.ValidFrom, certificate.ValidTo, certificate.Renewals, !course.Retired,
        CertificateCode.Of(tenant, certificate.Id), VerifiedCertificate.HolderOf(certificate.EmployeeId.Value));
}

static class ListCertificates
{
    /// <summary>Soonest to end first; <paramref name="validTo"/> leaves out what is valid longer.</summary>
    internal static async Task<Ok<Page<CertificateCard>>> Handle(Guid? employeeId, DateOnly? validTo, int? skip, int? take, Caller caller, Origin origin, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Certificate> certificates = query.Query<Certificate>();
        if (employeeId is { } employee)
        {
            var id = new EmployeeId(employee);
            certificates = certificates.Where(certificate => certificate.EmployeeId == id);
        }
        if (!caller.ReachesAll)
        {
            var estates = await query.EstatesWithin(caller, ct);
            var people = await query.Query<Whereabouts>().Where(person => person.MatchesSql("d.data ->> 'estateId' = any(?)", new object[] { estates })).Select(person => person.Id).ToListAsync(ct);
            string[] within = [.. people.Concat(caller.Selves).Select(person => person.ToString())];
            certificates = certificates.Where(certificate => certificate.MatchesSql("d.data ->> 'employeeId' = any(?)", new object[] { within }));
        }
        if (validTo is { } last) certificates = certificates.Where(certificate => certificate.ValidTo <= last);

        var page = await certificates.OrderBy(certificate => certificate.ValidTo).ThenBy(certificate => certificate.Id).Page(certificate => certificate, skip, take, ct);
        var courses = (await query.LoadManyAsync<KnownCourse>(ct, [.. page.Items.Select(certificate => certificate.CourseId.Value).Distinct()])).ToDictionary(course => course.Id);
        return TypedResults.Ok(new Page<CertificateCard>([.. page.Items.Select(certificate => CertificateCard.Of(origin.Tenant, certificate, courses[certificate.CourseId.Value]))], page.Total));
    }
}
