using Training.Foundation;

namespace Training.Scheduling;

/// <summary>What people may do here, one policy for each capability. <c>tests/Scheduling.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeRuns = new("see-runs", Where.Anywhere, Role.All),
        SeeLearners = new("see-learners", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee),
        SeeSession = new("see-session", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee),
        Place = new("place-runs", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        Propose = new("propose-plans", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        SeeProposals = new("see-proposals", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager),
        SeeProposal = new("see-proposal", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        Enrol = new("enrol", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Employee),
        CheckIn = new("check-in", Where.WithinReach, Role.GroupTrainingManager, Role.EstateManager, Role.Trainer, Role.Employee),
        OpenDoor = new("open-door", Where.WithinReach, Role.GroupTrainingManager, Role.EstateManager, Role.Trainer),
        Hold = new("hold-sessions", Where.WithinReach, Role.GroupTrainingManager, Role.Trainer),
        SeeCoverage = new("see-coverage", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        SeeSummary = new("see-summary", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        Verify = new("verify-calendar", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Ops);
}
