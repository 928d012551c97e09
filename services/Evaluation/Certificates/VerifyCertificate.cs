using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Certificates;

/// <summary>
/// What anybody may learn who holds a certificate in hands: that it was issued, for what, and until when. <c>Holder</c> stands on the certificate
/// too, so that both can be compared; it names nobody.
/// </summary>
public record VerifiedCertificate(string CourseCode, string Title, string TitleEnglish, DateOnly ValidFrom, DateOnly ValidTo, bool Valid, string Holder)
{
    public static string HolderOf(Guid employeeId) => employeeId.ToString("N")[..8].ToUpperInvariant();
}

/// <summary>The code printed on a certificate: the group and the certificate's id.</summary>
public static class CertificateCode
{
    public static string Of(string tenant, Guid certificate) => $"{tenant}.{certificate:N}";

    public static (string Tenant, Guid Certificate) Parse(string code) =>
        code.LastIndexOf('.') is > 0 and var dot && Guid.TryParseExact(code.AsSpan(dot + 1), "N", out var id) ? (code[..dot], id) : throw new Missing("Certificate", code);
}

static class VerifyCertificate
{
    internal static async Task<Ok<VerifiedCertificate>> Handle(string code, Origin origin, ISessionFactory sessions, TimeProvider clock, CancellationToken ct)
    {
        var (tenant, id) = CertificateCode.Parse(code);
        origin.Is(tenant, "", "", "anonymous");
        await using var query = sessions.QuerySession();
        var certificate = await query.LoadAsync<Certificate>(id, ct) ?? throw new Missing("Certificate", code);
        var course = await query.LoadAsync<KnownCourse>(certificate.CourseId.Value, ct) ?? throw new Missing("Course", certificate.CourseCode);
        // Anybody may ask from anywhere; a certificate that ends today is good until the day has ended everywhere.
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(-12));
        return TypedResults.Ok(new VerifiedCertificate(certificate.CourseCode, course.Title, course.TitleEnglish, certificate.ValidFrom, certificate.ValidTo,
            certificate.ValidTo >= today, VerifiedCertificate.HolderOf(certificate.EmployeeId.Value)));
    }
}
