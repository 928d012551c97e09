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
        runs.MapGet("/", ListRuns.Handle);
        runs.MapGet("/{runId:guid}", GetRun.Handle);
        runs.MapPost("/{runId:guid}/schedule", ScheduleRunHandler.Handle).For(Role.GroupTrainingManager, Role.RegionalManager);
        runs.MapPost("/{runId:guid}/cancel", CancelRunHandler.Handle).For(Role.GroupTrainingManager, Role.RegionalManager);
        runs.MapPut("/{runId:guid}/learners/{employeeId:guid}", EnrolLearnerHandler.Handle)
            .For(Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Employee);
        runs.MapDelete("/{runId:guid}/learners/{employeeId:guid}", WithdrawLearnerHandler.Handle)
            .For(Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Employee);
        runs.MapGet("/{runId:guid}/alternatives", GetAlternatives.Handle);
        app.MapGet("/employees/{employeeId:guid}/training", GetTraining.Handle).WithTags("Runs");
        app.MapGet("/summary", GetSummary.Handle).WithTags("Runs");
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
