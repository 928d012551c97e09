using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Needs
{
    public static void MapNeeds(this IEndpointRouteBuilder app)
    {
        var needs = app.MapGroup("/needs").WithTags("Needs");

        needs.MapPost("refresh", RefreshNeedsHandler.Handle).For(May.JudgeNeeds);
        needs.MapPost("approve", JudgeNeedsHandler.Approve).For(May.JudgeNeeds);
        needs.MapPost("{needId:guid}/reject", JudgeNeedsHandler.Reject).For(May.JudgeNeeds);
        needs.MapPost("{needId:guid}/reopen", JudgeNeedsHandler.Reopen).For(May.JudgeNeeds);
        needs.MapPost("{needId:guid}/cause", ClassifyCauseHandler.Handle).For(May.ClassifyNeeds);
        needs.MapGet("", GetNeeds.Board).For(May.SeeNeeds);
        needs.MapGet("summary", GetNeeds.Summary).For(May.SeeNeeds);
    }

    public static StoreOptions AddNeeds(this StoreOptions store)
    {
        store.Projections.Snapshot<TrainingNeed>(SnapshotLifecycle.Inline);
        return store;
    }
}
