using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Budgeting.Periods;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Periods
{
    public static void MapPeriods(this IEndpointRouteBuilder app)
    {
        app.MapPut("/periods/{year:int}", OpenPeriodHandler.Handle).For(May.PlanMoney).WithTags("Periods");
        app.MapGet("/periods", ListPeriods.Handle).For(May.SeeMoney).WithTags("Periods");
        app.MapGet("/summary", GetSummary.Handle).For(May.SeeMoney).WithTags("Periods");
    }

    public static StoreOptions AddPeriods(this StoreOptions store)
    {
        store.Projections.Snapshot<BudgetPeriod>(SnapshotLifecycle.Inline);
        return store;
    }
}
