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
        sessions.MapGet("/", ListSessions.Handle).For(May.SeeLearners);
        sessions.MapGet("/{sessionId:guid}", GetSession.Handle).For(May.SeeSession);
        sessions.MapPut("/{sessionId:guid}/check-ins/{employeeId:guid}", CheckInHandler.Handle).For(May.CheckIn);
        sessions.MapGet("/{sessionId:guid}/door", GetDoor.Handle).For(May.OpenDoor);
        sessions.MapPost("/{sessionId:guid}/scans/{employeeId:guid}", ScanCodeHandler.Handle).For(May.CheckIn);
        sessions.MapPut("/{sessionId:guid}/attendance", RecordAttendanceHandler.Handle).For(May.Hold);
        sessions.MapPost("/{sessionId:guid}/hold", HoldSessionHandler.Handle).For(May.Hold);
    }

    public static StoreOptions AddSessions(this StoreOptions store)
    {
        store.Projections.Snapshot<Session>(SnapshotLifecycle.Inline);
        store.Schema.For<Session>().Duplicate(session => session.StartsAt).Duplicate(session => session.EndsAt).Index(session => session.RunId).Index(session => session.PlanId);
        store.Schema.For<CheckInSecret>();
        return store;
    }
}
