using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.Sessions;

public record HoldSession(DateTimeOffset EndedAt);
public record CountSession(Session Session, DateTimeOffset EndedAt);

public static class HoldSessionHandler
{
    /// <summary>What was not recorded counts as whole presence for those who checked in, and as a no-show for all others.</summary>
    public static ISessionFact[] Decide(Session session, CourseRun run, HoldSession command)
    {
        if (session.State == SessionState.Held) return [];
        if (session.State == SessionState.Cancelled) throw new RuleBroken("session-cancelled", "The session was cancelled.");
        if (command.EndedAt < session.EndsAt)
            throw new RuleBroken("not-over-yet", $"The session ends at {session.EndsAt.In(session.TimeZone):yyyy-MM-dd HH:mm}.");

        var (minutes, planned) = (PresenceIn(session), run.HeldMinutes + run.Offer.Minutes);
        ImmutableArray<RunMinutes> attendance = [.. run.Learners.Select(learner => new RunMinutes(
            learner.EmployeeId, learner.EstateId, run.Attended.GetValueOrDefault(learner.EmployeeId) + minutes.GetValueOrDefault(learner.EmployeeId), planned))];
        var held = new SessionHeld(new(session.Id), session.RunId, session.CourseId, session.TrainerId, command.EndedAt, Actual(run, attendance), IsLast(run), attendance);
        ImmutableArray<EmployeeId> absent = [.. session.Learners.Where(learner => minutes.GetValueOrDefault(learner) == 0)];
        return absent.IsEmpty ? [held] : [held, new NoShowRecorded(absent, command.EndedAt)];
    }

    public static IRunFact[] Decide(CourseRun run, CountSession command)
    {
        var id = new SessionId(command.Session.Id);
        if (run.Counted.Contains(id)) return [];
        ImmutableArray<LearnerMinutes> minutes = [.. PresenceIn(command.Session).Where(one => one.Value > 0).OrderBy(one => one.Key.Value).Select(one => new LearnerMinutes(one.Key, one.Value))];
        var after = run.Apply(new SessionCounted(id, run.Offer.Minutes, minutes, Money.Zero(run.Cost.Currency), command.EndedAt));
        ImmutableArray<RunMinutes> attendance = [.. run.Learners.Select(learner => new RunMinutes(learner.EmployeeId, learner.EstateId, after.Attended.GetValueOrDefault(learner.EmployeeId), 0))];
        return [new SessionCounted(id, run.Offer.Minutes, minutes, Actual(run, attendance), command.EndedAt)];
    }

    /// <summary>F12: the collective cost in even parts, and with the last session the rest of it and the individual cost of everyone who came at all.</summary>
    static Money Actual(CourseRun run, ImmutableArray<RunMinutes> attendance)
    {
        var share = new Money(run.Offer.PerRun.Amount / run.Sessions.Length, run.Offer.PerRun.Currency).Rounded();
        return IsLast(run)
            ? run.Offer.PerRun - share * (run.Sessions.Length - 1) + (run.Offer.PerLearner * attendance.Count(learner => learner.AttendedMinutes > 0)).Rounded()
            : share;
    }

    static bool IsLast(CourseRun run) => run.ToCome.Count() == 1;

    internal static int PresentIn(Session session) => PresenceIn(session).Count(one => one.Value > 0);

    static Dictionary<EmployeeId, int> PresenceIn(Session session)
    {
        var whole = (int)new Span(session.StartsAt, session.EndsAt).Length.TotalMinutes;
        return session.Learners.ToDictionary(learner => learner,
            learner => session.Minutes.TryGetValue(learner, out var recorded) ? recorded : session.IsPresent(learner, session.EndsAt) ? whole : 0);
    }

    public record Body(DateTimeOffset EndedAt);

    internal static async Task<NoContent> Handle(Guid sessionId, Body body, Caller caller, Marten.IDocumentSession session, CancellationToken ct)
    {
        await caller.MustReachSession(session, sessionId, ct);
        var desk = new Desk(session);
        var before = await desk.Must<Session>(sessionId, ct);
        var run = await desk.Must<CourseRun>(before.RunId.Value, ct);
        var command = new HoldSession(body.EndedAt.ToUniversalTime());
        if (await desk.Change<Session>(sessionId, state => Decide(state, run, command), ct) is { Length: > 0 })
            await desk.Follow(before.RunId, state => state is null ? [] : Decide(state, new CountSession(before, command.EndedAt)), ct);
        await desk.Commit(ct);
        return TypedResults.NoContent();
    }
}
