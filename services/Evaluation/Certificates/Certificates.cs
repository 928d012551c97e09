using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Evaluation.Certificates;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Certificates
{
    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        app.MapGet("/certificates", ListCertificates.Handle).For(May.SeeCertificates).WithTags("Certificates");
        app.MapGet("/certificates/verify/{code}", VerifyCertificate.Handle).ForAnybody().WithTags("Certificates");
    }

    public static StoreOptions AddCertificates(this StoreOptions store)
    {
        store.Projections.Add<CertificateProjection>(ProjectionLifecycle.Inline);
        store.Projections.Add<WhereaboutsProjection>(ProjectionLifecycle.Inline);
        store.Schema.For<Whereabouts>().Index(person => person.EstateId);
        store.Schema.For<Certificate>().Index(certificate => certificate.EmployeeId).Index(certificate => certificate.ValidTo);
        return store;
    }
}
