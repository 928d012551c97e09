using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Requests;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Requests
{
    public static void MapRequests(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/employees/{employeeId:guid}/training-requests").WithTags("Requests");
        var requests = app.MapGroup("/training-requests").WithTags("Requests");

        own.MapPut("{subject}", SubmitRequestHandler.Handle).For(May.AskForTraining);
        own.MapGet("", GetRequests.OfEmployee).For(May.AskForTraining);
        requests.MapPost("{requestId:guid}/approve", JudgeRequestHandler.Approve).For(May.JudgeRequests);
        requests.MapPost("{requestId:guid}/reject", JudgeRequestHandler.Reject).For(May.JudgeRequests);
        requests.MapPost("{requestId:guid}/defer", JudgeRequestHandler.Defer).For(May.JudgeRequests);
        requests.MapGet("", GetRequests.List).For(May.SeeRequests);
        requests.MapGet("summary", GetRequests.Summary).For(May.SeeRequests);
    }

    public static StoreOptions AddRequests(this StoreOptions store)
    {
        store.Projections.Snapshot<TrainingRequest>(SnapshotLifecycle.Inline);
        store.Schema.For<TrainingRequest>().Duplicate(request => request.EstateId).Duplicate(request => request.EmployeeId);
        return store;
    }
}
