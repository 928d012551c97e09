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

        plans.MapPut("{planId:guid}", DraftPlanHandler.Handle).For(Role.GroupTrainingManager);
        plans.MapPost("{planId:guid}/freeze", FreezePlanHandler.Handle).For(Role.GroupTrainingManager);
        plans.MapGet("", GetPlans.List);
        plans.MapGet("{planId:guid}", GetPlans.One);
        plans.MapGet("{planId:guid}/lines/{lineId:guid}", GetPlans.Line);
    }

    public static StoreOptions AddPlans(this StoreOptions store)
    {
        store.Projections.Snapshot<TrainingPlan>(SnapshotLifecycle.Inline);
        store.Schema.For<PlanVersions>().UseOptimisticConcurrency(true);
        return store;
    }
}
