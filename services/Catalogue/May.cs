using Training.Foundation;

namespace Training.Catalogue;

/// <summary>What people may do here, one policy for each capability. <c>tests/Catalogue.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeCourses = new("see-courses", Where.Anywhere, Role.All),
        OfferCourses = new("offer-courses", Where.WholeGroup, Role.GroupTrainingManager),
        SeeTrainers = new("see-trainers", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.FinanceController),
        KeepTrainers = new("keep-trainers", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        SeeVenues = new("see-venues", Where.Anywhere, Role.All),
        KeepVenues = new("keep-venues", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        Review = new("review-offer", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.FinanceController);
}
