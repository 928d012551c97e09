using Training.Foundation;

namespace Training.Workforce;

/// <summary>What people may do here, one policy for each capability. <c>tests/Workforce.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeEstates = new("see-estates", Where.Anywhere, Role.All),
        SetManning = new("set-manning", Where.WithinReach, Role.GroupTrainingManager, Role.HrIntegrator),
        SeePeople = new("see-people", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee, Role.HrIntegrator),
        SeePerson = new("see-person", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee, Role.HrIntegrator),
        SeeLicences = new("see-licences", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.HrIntegrator),
        SeeWages = new("see-wage-bases", Where.WholeGroup, Role.GroupTrainingManager, Role.FinanceController, Role.HrIntegrator),
        PostWages = new("post-wage-bases", Where.WholeGroup, Role.FinanceController, Role.HrIntegrator),
        ImportPeople = new("import-people", Where.WholeGroup, Role.HrIntegrator),
        MendHrMessages = new("mend-hr-messages", Where.WholeGroup, Role.HrIntegrator, Role.Ops);
}
