using Training.Foundation;

namespace Training.Budgeting;

/// <summary>What people may do here, one policy for each capability. <c>tests/Budgeting.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeMoney = new("see-money", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.FinanceController),
        SeeFunding = new("see-funding", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.FinanceController),
        PlanMoney = new("plan-money", Where.WholeGroup, Role.FinanceController);
}
