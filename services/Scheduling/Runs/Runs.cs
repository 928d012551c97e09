using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Scheduling.Runs;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Runs
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var runs = app.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/", ListRuns.Handle).For(May.SeeRuns);
        runs.MapGet("/{runId:guid}", GetRun.Handle).For(May.SeeLearners);
        runs.MapPost("/{runId:guid}/schedule", ScheduleRunHandler.Handle).For(May.Place);
        runs.MapPost("/{runId:guid}/cancel", CancelRunHandler.Handle).For(May.Place);
        runs.MapPut("/{runId:guid}/learners/{employeeId:guid}", EnrolLearnerHandler.Handle).For(May.Enrol);
        runs.MapDelete("/{runId:guid}/learners/{employeeId:guid}", WithdrawLearnerHandler.Handle).For(May.Enrol);
        runs.MapGet("/{runId:guid}/alternatives", GetAlternatives.Handle).For(May.SeeRuns);
        app.MapGet("/employees/{employeeId:guid}/training", GetTraining.Handle).For(May.Enrol).WithTags("Runs");
        app.MapGet("/summary", GetSummary.Handle).For(May.SeeSummary).WithTags("Runs");
    }

    public static StoreOptions AddRuns(this StoreOptions store)
    {
        store.Projections.Snapshot<CourseRun>(SnapshotLifecycle.Inline);
        store.RegisterValueType<PlanId>();
        store.RegisterValueType<LineId>();
        store.RegisterValueType<RunId>();
        store.Schema.For<CourseRun>().Index(run => run.Offer.PlanId).Index(run => run.Offer.LineId).Index(run => run.State);
        return store;
    }
}
