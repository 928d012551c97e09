using JasperFx.Events.Grouping;
using Marten.Events.Projections;
using Training.Evaluation.Evaluations;
using Training.Foundation;

namespace Training.Evaluation.Certificates;

/// <summary>
/// Proof that an employee passed a course; the newest pass replaces an older one. Valid from the first to the last day, both inclusive;
/// 9999-12-31 means for ever.
/// </summary>
public record Certificate(Guid Id, EmployeeId EmployeeId, CourseId CourseId, string CourseCode, RunId RunId, DateOnly ValidFrom, DateOnly ValidTo, int Renewals)
{
    public static Guid IdOf(IssuedCertificate issued) =>
        DerivedId.Of("certificate", issued.EmployeeId.Value.ToString(), issued.CourseId.Value.ToString());
}

/// <summary>One certificate per employee and course, out of the lists issued for whole runs.</summary>
public sealed partial class CertificateProjection : MultiStreamProjection<Certificate, Guid>
{
    public CertificateProjection()
    {
        FanOut<CertificatesIssued, IssuedCertificate>(issued => issued.Certificates, FanoutMode.BeforeGrouping);
        Identity<IssuedCertificate>(Certificate.IdOf);
    }

    public Certificate Create(IssuedCertificate e) => new(Certificate.IdOf(e), e.EmployeeId, e.CourseId, e.CourseCode, e.RunId, e.ValidFrom, e.ValidTo, 0);

    /// <summary>Runs may be marked in any order, so the later pass counts, not the one recorded later.</summary>
    public Certificate Apply(IssuedCertificate e, Certificate certificate) => e.ValidFrom >= certificate.ValidFrom
        ? certificate with { RunId = e.RunId, ValidFrom = e.ValidFrom, ValidTo = e.ValidTo, Renewals = certificate.Renewals + 1 }
        : certificate with { Renewals = certificate.Renewals + 1 };
}
