using System.Security.Cryptography;
using System.Text;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

/// <summary>Signs the codes of one session. A secret, therefore kept apart from the facts.</summary>
public record CheckInSecret(Guid Id, byte[] Key);

/// <summary>A code at the door that changes every half minute, so that a picture of it is soon worth nothing (RFC 6238 in spirit: HMAC over the time step).</summary>
public static class CheckInCode
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    /// <summary>Who scans at the last moment has this long to confirm.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public static string At(byte[] key, Guid session, DateTimeOffset at) => Sign(key, session, at.UtcTicks / Step.Ticks);

    public static bool IsFresh(byte[] key, Guid session, string code, DateTimeOffset at)
    {
        var last = at.UtcTicks / Step.Ticks;
        for (var step = last - Grace / Step; step <= last; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key, session, (long)step)), Encoding.ASCII.GetBytes(code))) return true;
        return false;
    }

    static string Sign(byte[] key, Guid session, long step) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{session:N}.{step}")).AsSpan(0, 10));
}

public record DoubtCard(Guid EmployeeId, Guid Other, DateTimeOffset At);

/// <summary>What the door shows: the code of now, how long it holds, and who has come. <c>Waiting</c> scanned before the doors open.</summary>
public record DoorCard(Guid SessionId, string Code, DateTimeOffset ValidTo, int Learners, IReadOnlyList<Guid> CheckedIn, IReadOnlyList<Guid> Waiting, IReadOnlyList<DoubtCard> Doubts);

static class GetDoor
{
    internal static async Task<Ok<DoorCard>> Handle(Guid sessionId, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachSession(session, sessionId, ct);
        var (state, now) = (await session.LoadAsync<Session>(sessionId, ct) ?? throw new Missing("Session", sessionId), clock.GetUtcNow());
        if (await session.LoadAsync<CheckInSecret>(sessionId, ct) is not { } secret)
        {
            // Two doors that open at once may both write; one of the keys stays, and the next look shows its code.
            session.Store(secret = new(sessionId, RandomNumberGenerator.GetBytes(32)));
            await session.SaveChangesAsync(ct);
        }
        return TypedResults.Ok(new DoorCard(sessionId, CheckInCode.At(secret.Key, sessionId, now), new((now.UtcTicks / CheckInCode.Step.Ticks + 1) * CheckInCode.Step.Ticks, TimeSpan.Zero), state.Learners.Length,
            [.. state.CheckIns.Keys.Select(employee => employee.Value)], [.. state.EarlyScans.Keys.Except(state.CheckIns.Keys).Select(employee => employee.Value)],
            [.. state.Doubts.Select(doubt => new DoubtCard(doubt.EmployeeId.Value, doubt.Other.Value, doubt.At))]));
    }
}
