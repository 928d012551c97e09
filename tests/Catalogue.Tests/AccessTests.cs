using Marten;
using Training.Catalogue.Courses;
using Training.Catalogue.Trainers;
using Training.Catalogue.Venues;

namespace Training.Catalogue.Tests;

/// <summary>The expectations are in <c>Approved/access.json</c>, the calls are made from the route table.</summary>
public class AccessTests(ServiceHost<Program> host) : AccessMatrix<Program>(host), IClassFixture<ServiceHost<Program>>
{
    [Fact]
    public void Who_may_do_what_is_approved() => RolesAreApproved();

    protected override void Furnish(IDocumentSession session)
    {
        session.Events.StartStream(IdOf("courseId"), Made<CoursePublished>());
        session.Events.StartStream(IdOf("trainerId"), Made<TrainerRegistered>());
        session.Events.StartStream(IdOf("venueId"), Made<VenueOpened>());
    }

    const string From = "2027-01-04T01:00:00Z", To = "2027-01-05T01:00:00Z";

    protected override IReadOnlyDictionary<string, (string Query, object? Body)> Requests => new Dictionary<string, (string, object?)>
    {
        ["POST /trainers/{trainerId:guid}/unavailability"] = ("", new { from = From, to = To, reason = "reason" }),
        ["POST /venues/{venueId:guid}/closures"] = ("", new { from = From, to = To, reason = "reason" }),
        ["DELETE /trainers/{trainerId:guid}/unavailability"] = ($"?from={From}&to={To}", null),
        ["DELETE /venues/{venueId:guid}/closures"] = ($"?from={From}&to={To}", null),
    };
}
