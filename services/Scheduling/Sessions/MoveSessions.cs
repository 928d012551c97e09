using System.Collections.Immutable;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Runs;

namespace Training.Scheduling.Sessions;

/// <param name="RunId">The run.</param>
/// <param name="Classes">All its sessions as they are to be, in the order of time; those that don't change are left alone.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When this was asked.</param>
public record MoveSessions(RunId RunId, ImmutableArray<Placing> Classes, string Reason, DateTimeOffset At)
{
    /// <summary>Until then sessions keep their time, and nothing moves to before it; others may teach or house them.</summary>
    public DateTimeOffset FrozenUntil { get; init; }
}

public static class MoveSessionsHandler
{
    /// <summary>Which sessions change, and to what. Sessions keep their order, learners keep their seats, money stays.</summary>
    public static ImmutableArray<(PlacedSession Before, Placing After)> Changes(CourseRun run, MoveSessions command)
    {
        if (run.State != RunState.Confirmed) throw new RuleBroken("not-confirmed", $"Only sessions of a confirmed run can be moved; this one is {run.State}.");
        if (command.Classes.Length != run.Sessions.Length) throw new RuleBroken("wrong-sessions", $"{run.Offer.CourseCode} has {run.Sessions.Length} sessions.");
        var changes = run.Sessions.OrderBy(session => session.From).Zip(command.Classes.OrderBy(at => at.Class.From))
            .Where(pair => (pair.First.From, pair.First.To, run.TrainerOf(pair.First).Value, run.VenueOf(pair.First).Value)
                != (pair.Second.Class.From, pair.Second.Class.To, pair.Second.Trainer.Id, pair.Second.Venue.Id)).ToImmutableArray();
        if (changes.FirstOrDefault(change => run.Counted.Contains(change.First.SessionId) || change.First.From <= command.At).First is { } begun)
            throw new RuleBroken("already-begun", $"The session of {begun.From.In(run.Offer.TimeZone):yyyy-MM-dd HH:mm} has begun and can't be moved.");
        if (changes.Select(change => change.Second).FirstOrDefault(at => at.Class.From <= command.At) is { } past)
            throw new RuleBroken("in-the-past", $"A session can't be moved to {past.Class.From.In(run.Offer.TimeZone):yyyy-MM-dd HH:mm}.");
        if (changes.FirstOrDefault(change => change.First.From != change.Second.Class.From && (change.First.From < command.FrozenUntil || change.Second.Class.From < command.FrozenUntil)).First is { } soon)
            throw new RuleBroken("in-frozen-days", $"It is too late by now to move the session of {soon.From.In(run.Offer.TimeZone):yyyy-MM-dd HH:mm}, or to move it to so soon.");
        return changes;
    }

    public static IRunFact[] Decide(CourseRun run, PlacedSession before, Placing after, MoveSessions command) =>
        [new SessionMoved(before with { From = after.Class.From, To = after.Class.To, TrainerId = new(after.Trainer.Id), VenueId = new(after.Venue.Id) }, command.Reason, command.At)];

    public static ISessionFact[] Decide(Session session, Placing after, MoveSessions command) => session.State == SessionState.Scheduled
        ? [new SessionRescheduled(new(session.Id), session.RunId, after.Class.From, after.Class.To, new(after.Venue.Id), new(after.Trainer.Id), command.Reason, command.At)]
        : throw new RuleBroken("not-scheduled", $"A session that is {session.State} can't be moved.");

    /// <summary>Frees everybody's time at all old places, then takes it at the new ones: all or nothing.</summary>
    internal static async Task Move(this Bookings bookings, MoveSessions command, CancellationToken ct)
    {
        await bookings.Leave(command, ct);
        await bookings.Arrive(command, ct);
    }

    internal static async Task Leave(this Bookings bookings, MoveSessions command, CancellationToken ct)
    {
        var run = await bookings.Desk.Must<CourseRun>(command.RunId.Value, ct);
        foreach (var (before, _) in Changes(run, command))
        {
            var trainer = await bookings.Trainer(run.TrainerOf(before), ct);
            await bookings.Release(before.SessionId, run.TrainerOf(before), run.VenueOf(before), before.From.DayIn(run.Offer.TimeZone), ct);
            await bookings.Release(before.SessionId, new(before.From, before.To), await bookings.PeopleOf(run.Learners, trainer, ct), ct);
        }
    }

    internal static async Task Arrive(this Bookings bookings, MoveSessions command, CancellationToken ct)
    {
        var run = await bookings.Desk.Must<CourseRun>(command.RunId.Value, ct);
        foreach (var (before, after) in Changes(run, command))
        {
            await bookings.Book(new BookTrainer(before.SessionId, after.Class, run.Offer.TimeZone, await bookings.Course(run.Offer.CourseId, ct), after.Trainer), ct);
            await bookings.Book(new BookVenue(before.SessionId, after.Class, run.Offer.TimeZone, run.Learners.Length, await bookings.Course(run.Offer.CourseId, ct), after.Venue), ct);
            await bookings.Book(before.SessionId, after.Class, after.Venue, await bookings.PeopleOf(run.Learners, after.Trainer, ct), ct);
            await bookings.Desk.Change<CourseRun>(run.Id, state => Decide(state, before, after, command), ct);
            await bookings.Desk.Change<Session>(before.SessionId.Value, session => Decide(session, after, command), ct);
        }
    }
}
