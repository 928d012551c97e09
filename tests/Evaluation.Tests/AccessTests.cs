using Marten;
using Training.Evaluation.Checklists;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Findings;
using Training.Evaluation.Inspections;
using Training.Evaluation.Knowledge;
using Training.Evaluation.QuestionBanks;

namespace Training.Evaluation.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(ServiceHost<Program> host) : AccessMatrix<Program>(host), IClassFixture<ServiceHost<Program>>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session)
    {
        session.Store(new KnownEstate(IdOf("estateId"), "code", "region", "Asia/Shanghai"));
        session.Store(Made<KnownCourse>() with { Id = IdOf("courseId") });
        session.Events.StartStream(Checklist.IdOf("YL", "checklistVersion"), Made<ChecklistPublished>() with { Version = "checklistVersion" });
        session.Events.StartStream(RunEvaluation.IdOf(new(IdOf("runId"))), Made<EvaluationOpened>() with { Attendees = [Made<Attendee>()] },
            Made<CertificatesIssued>() with { Certificates = [Made<IssuedCertificate>()] });
        session.Events.StartStream(QuestionBank.IdOf(new(IdOf("courseId"))), Made<QuestionBankPublished>());
        session.Events.StartStream(IdOf("findingId"), Made<FindingRecorded>());
        session.Events.StartStream(IdOf("inspectionId"), Made<InspectionRecorded>());
    }
}
