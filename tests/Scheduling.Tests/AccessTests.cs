using Marten;
using Training.Scheduling.Known;
using Training.Scheduling.Proposals;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(ServiceHost<Program> host) : AccessMatrix<Program>(host), IClassFixture<ServiceHost<Program>>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session)
    {
        session.Store(new KnownEstate(IdOf("estateId"), "code", "region", "legalEntity", "Asia/Shanghai", []));
        session.Store(Made<KnownEmployee>() with { Id = IdOf("employeeId"), EstateId = IdOf("estateId") });
        session.Store(Made<KnownVenue>() with { Id = IdOf("venueId"), EstateId = IdOf("estateId"), Region = "region" });
        session.Store(Made<KnownCourse>() with { Id = IdOf("courseId") });
        session.Store(Made<KnownTrainer>() with { Id = IdOf("trainerId"), EmployeeId = null });
        var offer = Made<Offer>() with { TimeZone = "Asia/Shanghai" };
        session.Events.StartStream(IdOf("runId"), Made<RunPlanned>() with { Offer = offer, Cohort = [Made<Learner>()] });
        session.Events.StartStream(IdOf("sessionId"), Made<SessionScheduled>() with { TimeZone = "Asia/Shanghai", Learners = [new(IdOf("employeeId"))] });
        session.Events.StartStream(IdOf("proposalId"), Made<PlanRequested>() with { Regions = ["region"] }, Made<PlanningFailed>());
    }

    // The search is not to begin, so its request is one that is refused.
    // The session is not over yet: the made-up run has no place in the calendar that could be counted.
    protected override IReadOnlyDictionary<string, (string Query, object? Body)> Requests => new Dictionary<string, (string, object?)>
    {
        ["POST /plans/{planId:guid}/proposals"] = ("", new { regions = new[] { "region" }, from = new DateOnly(2027, 1, 4), to = new DateOnly(2027, 1, 10), id = IdOf("proposalId-new"), seconds = 1, frozenDays = -1 }),
        ["POST /sessions/{sessionId:guid}/hold"] = ("", new { endedAt = new DateTimeOffset(2026, 1, 4, 1, 0, 0, TimeSpan.Zero) }),
    };
}
