using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Sessions;

public record CheckIn(EmployeeId EmployeeId, DateTimeOffset At);

public static class CheckInHandler
{
    /// <summary>Doors open half an hour before the start.</summary>
    internal static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    public static ISessionFact[] Decide(Session session, CheckIn command)
    {
        var (zone, opens) = (session.TimeZone, session.StartsAt - Early);
        if (session.State == SessionState.Cancelled) throw new RuleBroken("session-cancelled", "The session was cancelled.");
        if (!session.Learners.Contains(command.EmployeeId)) throw new RuleBroken("not-enrolled", $"Employee {command.EmployeeId.Value} has no seat in this session.");
        if (session.CheckIns.TryGetValue(command.EmployeeId, out var before))
            return before == command.At ? [] : throw new RuleBroken("already-checked-in", $"Employee {command.EmployeeId.Value} checked in at {before.In(zone):yyyy-MM-dd HH:mm}.");
        if (session.State == SessionState.Held) throw new RuleBroken("already-held", "The session is over; attendance can only be corrected.");
        if (command.At < opens || command.At > session.EndsAt)
            throw new RuleBroken("check-in-closed", $"Check-in is open from {opens.In(zone):yyyy-MM-dd HH:mm} to {session.EndsAt.In(zone):HH:mm}.");
        return [new LearnerCheckedIn(command.EmployeeId, command.At)];
    }

    public record Body(DateTimeOffset At);

    internal static async Task<NoContent> Handle(Guid sessionId, Guid employeeId, Body body, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        await caller.MustReachLearner(session, employeeId, ct);
        await session.Change<Session>(sessionId, state => Decide(state, new(new(employeeId), body.At.ToUniversalTime())), ct);
        return TypedResults.NoContent();
    }
}

/// <summary>What a caller's scope covers, as ids: for lists and for the people in them.</summary>
sealed record Circle(Guid[] Estates, string[] Regions, HashSet<Guid> People, Guid[] Trainers);

static class Reach
{
    /// <summary>The circle of a caller who does not reach the whole group.</summary>
    internal static async Task<Circle> CircleOf(this IQuerySession query, Caller caller, CancellationToken ct)
    {
        KnownEstate[] within = [.. (await query.Query<KnownEstate>().ToListAsync(ct)).Where(estate => caller.Reaches(estate.Id, estate.Region))];
        Guid[] estates = [.. within.Select(estate => estate.Id)];
        Guid?[] selves = [.. caller.Selves.Select(self => (Guid?)self)];
        var people = await query.Query<KnownEmployee>().Where(employee => estates.Contains(employee.EstateId)).Select(employee => employee.Id).ToListAsync(ct);
        var trainers = await query.Query<KnownTrainer>().Where(trainer => selves.Contains(trainer.EmployeeId)).Select(trainer => trainer.Id).ToListAsync(ct);
        return new(estates, [.. within.Select(estate => estate.Region).Distinct()], [.. people, .. caller.Selves], [.. trainers]);
    }

    /// <summary>Employees act for themselves; everybody else within his scope.</summary>
    internal static async Task MustReachLearner(this Caller caller, IQuerySession query, Guid employeeId, CancellationToken ct)
    {
        if (caller.ReachesAll || caller.IsSelf(employeeId)) return;
        var employee = await query.Must<KnownEmployee>(employeeId, ct);
        var estate = await query.Must<KnownEstate>(employee.EstateId, ct);
        caller.MustReach(estate.Id, estate.Region);
    }

    /// <summary>Trainers with the scope of their own person teach their own sessions only.</summary>
    internal static async Task MustReachSession(this Caller caller, IQuerySession query, Guid sessionId, CancellationToken ct)
    {
        if (caller.ReachesAll) return;
        var session = await query.LoadAsync<Session>(sessionId, ct) ?? throw new Missing("Session", sessionId);
        if (caller.Scopes.Contains($"self:{(await query.LoadAsync<KnownTrainer>(session.TrainerId.Value, ct))?.EmployeeId}")) return;
        var venue = await query.LoadAsync<KnownVenue>(session.VenueId.Value, ct);
        caller.MustReach(venue?.EstateId ?? Guid.Empty, session.Region);
    }
}
