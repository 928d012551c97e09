using System.Security.Cryptography;
using System.Text;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

/// <summary>Somebody scanned the code at the door. <c>Device</c> tells phones apart and nothing else.</summary>
public record ScanCode(EmployeeId EmployeeId, bool IsFresh, string Device, DateTimeOffset At);

public static class ScanCodeHandler
{
    /// <summary>An early scan waits for the start instead of failing; a phone that checks in a second person raises a doubt, not a refusal.</summary>
    public static ISessionFact[] Decide(Session session, ScanCode command)
    {
        var (employee, at) = (command.EmployeeId, command.At);
        if (session.State == SessionState.Cancelled) throw new RuleBroken("session-cancelled", "The session was cancelled.");
        if (!session.Learners.Contains(employee)) throw new RuleBroken("not-enrolled", $"Employee {employee.Value} has no seat in this session.");
        if (session.CheckIns.ContainsKey(employee)) return [];
        if (session.State == SessionState.Held || at > session.EndsAt) throw new RuleBroken("already-held", "The session is over; attendance can only be corrected.");
        if (!command.IsFresh) throw new RuleBroken("code-expired", "The code has changed; scan the one that is shown now.");

        var early = at < session.StartsAt - CheckInHandler.Early;
        if (early && session.EarlyScans.ContainsKey(employee)) return [];
        ISessionFact scanned = early ? new EarlyScanKept(employee, command.Device, at) : new LearnerScannedIn(employee, command.Device, at);
        return session.Devices.TryGetValue(command.Device, out var other) && other != employee ? [scanned, new CheckInDoubted(employee, other, at)] : [scanned];
    }

    public record Body(string Code, string Device);
    /// <summary><c>Waits</c>: counts from the start on, nothing more is to be done.</summary>
    public record Answer(string State, DateTimeOffset StartsAt, string TimeZone, string CourseCode);

    internal static async Task<Ok<Answer>> Handle(Guid sessionId, Guid employeeId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachLearner(session, employeeId, ct);
        var (secret, now) = (await session.LoadAsync<CheckInSecret>(sessionId, ct), clock.GetUtcNow());
        var fresh = secret is not null && CheckInCode.IsFresh(secret.Key, sessionId, body.Code, now);
        var device = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.Device)).AsSpan(0, 8));
        await session.Change<Session>(sessionId, state => Decide(state, new(new(employeeId), fresh, device, now)), ct);
        var after = await session.LoadAsync<Session>(sessionId, ct) ?? throw new Missing("Session", sessionId);
        return TypedResults.Ok(new Answer(after.CheckIns.ContainsKey(new(employeeId)) ? "CheckedIn" : "Waits", after.StartsAt, after.TimeZone, after.CourseCode));
    }
}
