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
}
