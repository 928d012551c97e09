using Marten;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Requests;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(ServiceHost<Program> host) : AccessMatrix<Program>(host), IClassFixture<ServiceHost<Program>>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session)
    {
        session.Store(new KnownEstate(IdOf("estateId"), "code", "region", 7));
        session.Events.StartStream(CompetencyStandard.IdOf("YL", StandardKind.Position, "positionCode"), Made<CompetencyStandardPublished>() with { Kind = StandardKind.Position, Code = "positionCode" });
        session.Events.StartStream(CompetencyProfile.IdOf("YL", IdOf("employeeId")), Made<ProfileOpened>());
        session.Events.StartStream(IdOf("needId"), Made<NeedIdentified>());
        session.Events.StartStream(IdOf("requestId"), Made<RequestSubmitted>());
        session.Events.StartStream(IdOf("planId"), Made<PlanDrafted>(),
            new PlanLineDrafted(Made<PlanLine>() with { Learners = [Made<PlannedLearner>()] }));
    }

    /// <summary>The standard reaches the person it is for over the bus.</summary>
    protected override Task Settled() => Eventually.True(
        async () => (await Host.Facts(CompetencyProfile.IdOf("YL", IdOf("employeeId")))).OfType<StandardsApplied>().Any(), "the standard is applied");
}
