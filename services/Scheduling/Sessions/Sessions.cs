using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Sessions
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapGet("/", ListSessions.Handle);
        sessions.MapGet("/{sessionId:guid}", GetSession.Handle);
        sessions.MapPut("/{sessionId:guid}/check-ins/{employeeId:guid}", CheckInHandler.Handle)
            .For(Role.Trainer, Role.Employee, Role.EstateManager, Role.GroupTrainingManager);
        sessions.MapGet("/{sessionId:guid}/door", GetDoor.Handle).For(Role.Trainer, Role.EstateManager, Role.GroupTrainingManager);
        sessions.MapPost("/{sessionId:guid}/scans/{employeeId:guid}", ScanCodeHandler.Handle).For(Role.Employee, Role.Trainer, Role.EstateManager, Role.GroupTrainingManager);
        sessions.MapPut("/{sessionId:guid}/attendance", RecordAttendanceHandler.Handle).For(Role.Trainer, Role.GroupTrainingManager);
        sessions.MapPost("/{sessionId:guid}/hold", HoldSessionHandler.Handle).For(Role.Trainer, Role.GroupTrainingManager);
    }

    public static StoreOptions AddSessions(this StoreOptions store)
    {
        store.Projections.Snapshot<Session>(SnapshotLifecycle.Inline);
        store.Schema.For<Session>().Duplicate(session => session.StartsAt).Duplicate(session => session.EndsAt).Index(session => session.RunId).Index(session => session.PlanId);
        store.Schema.For<CheckInSecret>();
        return store;
    }
}
