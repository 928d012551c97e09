using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

public record RecordAttendance(ImmutableArray<Attendance> Entries, string Reason, DateTimeOffset At);

public static class RecordAttendanceHandler
{
    public static ISessionFact[] Decide(Session session, RecordAttendance command)
    {
        if (command.Entries.FirstOrDefault(entry => !session.Learners.Contains(entry.EmployeeId)) is { } stranger)
            throw new RuleBroken("not-enrolled", $"Employee {stranger.EmployeeId.Value} has no seat in this session.");
        var length = (int)(session.EndsAt - session.StartsAt).TotalMinutes;
        if (command.Entries.FirstOrDefault(entry => entry.Minutes < 0 || entry.Minutes > length) is { } impossible)
            throw new RuleBroken("minutes-out-of-range", $"Employee {impossible.EmployeeId.Value} can't have been there for {impossible.Minutes} of {length} minutes.");
        if (session.State == SessionState.Cancelled) throw new RuleBroken("session-cancelled", "The session was cancelled.");

        ImmutableArray<Attendance> changed = [.. command.Entries.Where(entry => !session.Minutes.TryGetValue(entry.EmployeeId, out var known) || known != entry.Minutes)];
        if (changed.IsEmpty) return [];
        if (session.State == SessionState.Scheduled) return [new AttendanceRecorded(changed, command.At)];
        return command.Reason == ""
            ? throw new RuleBroken("reason-missing", "After the session was held, its attendance changes only with a reason.")
            : [new AttendanceCorrected(changed, command.Reason, command.At)];
    }

    public record Entry(Guid EmployeeId, DateTimeOffset? CheckedInAt, int Minutes);
    public record Body(ImmutableArray<Entry> Entries, string? Reason = null);

    internal static async Task<NoContent> Handle(Guid sessionId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachSession(session, sessionId, ct);
        var command = new RecordAttendance([.. body.Entries.Select(entry => new Attendance(new(entry.EmployeeId), entry.Minutes))], body.Reason ?? "", clock.GetUtcNow());
        await session.Change<Session>(sessionId, state => Decide(state, command), ct);
        return TypedResults.NoContent();
    }
}
