using Training.Foundation;

namespace Training.NeedsAssessment;

/// <summary>What people may do here, one policy for each capability. <c>tests/NeedsAssessment.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeStandards = new("see-standards", Where.Anywhere, Role.All),
        SetStandards = new("set-standards", Where.WholeGroup, Role.GroupTrainingManager),
        Assess = new("assess", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        GiveRoles = new("give-roles", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        SeeProfile = new("see-profile", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee),
        SeeGaps = new("see-gaps", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        SeeNeeds = new("see-needs", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        JudgeNeeds = new("judge-needs", Where.WholeGroup, Role.GroupTrainingManager),
        ClassifyNeeds = new("classify-needs", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager),
        AskForTraining = new("ask-for-training", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Employee),
        SeeRequests = new("see-requests", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        JudgeRequests = new("judge-requests", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        SeeSurveys = new("see-surveys", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        HoldSurveys = new("hold-surveys", Where.WholeGroup, Role.GroupTrainingManager),
        SeePlans = new("see-plans", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.FinanceController),
        SeePlannedPeople = new("see-planned-people", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager),
        MakePlans = new("make-plans", Where.WholeGroup, Role.GroupTrainingManager);
}
