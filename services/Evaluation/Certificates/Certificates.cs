using JasperFx.Events.Projections;
using Marten;

namespace Training.Evaluation.Certificates;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Certificates
{
    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        app.MapGet("/certificates", ListCertificates.Handle).WithTags("Certificates");
        app.MapGet("/certificates/verify/{code}", VerifyCertificate.Handle).AllowAnonymous().WithTags("Certificates");
    }

    public static StoreOptions AddCertificates(this StoreOptions store)
    {
        store.Projections.Add<CertificateProjection>(ProjectionLifecycle.Inline);
        store.Schema.For<Certificate>().Index(certificate => certificate.EmployeeId).Index(certificate => certificate.ValidTo);
        return store;
    }
}
