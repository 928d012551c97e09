using Training.Foundation;

namespace Training.Identity;

/// <summary>What people may do here, one policy for each capability. <c>tests/Identity.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        ManageUsers = new("manage-users", Where.WholeGroup, Role.GroupTrainingManager, Role.Ops);
}
