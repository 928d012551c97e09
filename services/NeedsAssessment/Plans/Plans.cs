using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Plans;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Plans
{
    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var plans = app.MapGroup("/plans").WithTags("Plans");

        plans.MapPut("{planId:guid}", DraftPlanHandler.Handle).For(May.MakePlans);
        plans.MapPost("{planId:guid}/freeze", FreezePlanHandler.Handle).For(May.MakePlans);
        plans.MapGet("", GetPlans.List).For(May.SeePlans);
        plans.MapGet("{planId:guid}", GetPlans.One).For(May.SeePlans);
        plans.MapGet("{planId:guid}/lines/{lineId:guid}", GetPlans.Line).For(May.SeePlannedPeople);
    }

    public static StoreOptions AddPlans(this StoreOptions store)
    {
        store.Projections.Snapshot<TrainingPlan>(SnapshotLifecycle.Inline);
        store.Schema.For<PlanVersions>().UseOptimisticConcurrency(true);
        return store;
    }
}
