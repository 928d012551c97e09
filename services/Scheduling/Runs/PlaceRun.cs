using System.Collections.Immutable;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

/// <summary>One session of a run: when, with whom and where.</summary>
public record Placing(Span Class, KnownTrainer Trainer, KnownVenue Venue);

/// <param name="RunId">The run.</param>
/// <param name="Course">What is taught.</param>
/// <param name="Classes">Its sessions, in order.</param>
/// <param name="Learners">Who gets a seat.</param>
/// <param name="Waitlist">Who doesn't, and why.</param>
/// <param name="At">When this was asked.</param>
public record PlaceRun(
    RunId RunId, KnownCourse Course, ImmutableArray<Placing> Classes, ImmutableArray<Learner> Learners, ImmutableArray<Waiting> Waitlist, DateTimeOffset At)
{
    /// <summary>One trainer and one venue for all sessions.</summary>
    public PlaceRun(
        RunId runId, KnownCourse course, KnownTrainer trainer, KnownVenue venue, ImmutableArray<Span> classes, ImmutableArray<Learner> learners,
        ImmutableArray<Waiting> waitlist, DateTimeOffset at) : this(runId, course, [.. classes.Select(span => new Placing(span, trainer, venue))], learners, waitlist, at) { }

    internal Placing First => Classes[0];

    /// <summary>Only what differs from the first session is said of a session.</summary>
    internal IEnumerable<PlacedSession> Sessions => Classes.Select((at, index) => new PlacedSession(Session.IdOf(RunId, index + 1), at.Class.From, at.Class.To,
        at.Trainer.Id == First.Trainer.Id ? default : new(at.Trainer.Id), at.Venue.Id == First.Venue.Id ? default : new(at.Venue.Id)));
}

public static class PlaceRunHandler
{
    static readonly TimeOnly Opens = new(6, 0), Closes = new(22, 0);

    public static IRunFact[] Decide(CourseRun run, PlaceRun command)
    {
        if (command.Classes.IsEmpty) throw new RuleBroken("wrong-sessions", $"{run.Offer.CourseCode} has {run.Offer.Sessions} sessions.");
        if (run.HasSeats && run.Sessions.SequenceEqual(command.Sessions)
            && run.TrainerId.Value == command.First.Trainer.Id && run.VenueId.Value == command.First.Venue.Id) return [];
        if (run.State != RunState.Funded)
            throw new RuleBroken("not-funded", $"Only a funded run can be placed; this one is {run.State}{(run.Reason == "" ? "" : $": {run.Reason}")}.");
        if (command.Classes.Length != run.Offer.Sessions) throw new RuleBroken("wrong-sessions", $"{run.Offer.CourseCode} has {run.Offer.Sessions} sessions.");
        foreach (var span in command.Classes.Select(at => at.Class))
        {
            var (from, to) = (span.From.In(run.Offer.TimeZone), span.To.In(run.Offer.TimeZone));
            if (from.Date != to.Date || TimeOnly.FromDateTime(from.DateTime) < Opens || TimeOnly.FromDateTime(to.DateTime) > Closes)
                throw new RuleBroken("outside-hours", $"A session lies between {Opens:HH:mm} and {Closes:HH:mm} of one day, not from {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm}.");
        }
        if (command.First.Class.From is var first && first <= command.At)
            throw new RuleBroken("in-the-past", $"A session can't be placed at {first.In(run.Offer.TimeZone):yyyy-MM-dd HH:mm}.");
        if (command.Learners.Length < run.Offer.MinLearners)
            throw new RuleBroken("below-minimum", $"{run.Offer.CourseCode} needs {run.Offer.MinLearners} learners; {command.Learners.Length} can attend.");

        return
        [
            new CohortEnrolled(command.Learners, command.Waitlist, command.At),
            new RunPlaced(new(run.Id), new(command.First.Trainer.Id), new(command.First.Venue.Id),
                Math.Min(run.Offer.MaxLearners, command.Classes.Min(at => at.Venue.Seats)), [.. command.Sessions], command.At),
        ];
    }

    public static ISessionFact[] Decide(Session? session, CourseRun run, PlaceRun command, int index) => session is not null ? [] :
    [
        new SessionScheduled(Session.IdOf(command.RunId, index + 1), command.RunId, run.Offer.PlanId, run.Offer.CourseId, run.Offer.CourseCode, run.Offer.Region,
            index + 1, command.Classes.Length, command.Classes[index].Class.From, command.Classes[index].Class.To, run.Offer.TimeZone, new(command.Classes[index].Venue.Id), new(command.Classes[index].Trainer.Id),
            [.. command.Learners.Select(learner => learner.EmployeeId)]),
    ];

    /// <summary>Takes the trainer, the venue and everybody's time for all sessions, and confirms the run: all or nothing.</summary>
    internal static async Task Place(this Bookings bookings, PlaceRun command, CancellationToken ct)
    {
        if (await bookings.Desk.Follow(command.RunId, run => Decide(run ?? throw new Missing("Course run", command.RunId.Value), command), ct) is []) return;
        var run = await bookings.Desk.Must<CourseRun>(command.RunId.Value, ct);
        foreach (var (at, index) in command.Classes.Select((at, index) => (at, index)))
        {
            var id = Session.IdOf(command.RunId, index + 1);
            await bookings.Book(new BookTrainer(id, at.Class, run.Offer.TimeZone, command.Course, at.Trainer), ct);
            await bookings.Book(new BookVenue(id, at.Class, run.Offer.TimeZone, command.Learners.Length, command.Course, at.Venue), ct);
            await bookings.Book(id, at.Class, at.Venue, await bookings.PeopleOf(command.Learners, at.Trainer, ct), ct);
            await bookings.Desk.Write<Session>(id.Value, session => Decide(session, run, command, index), ct);
        }
    }

    /// <summary>Trainers who are employees leave a post too.</summary>
    internal static async Task<IReadOnlyList<Staff>> PeopleOf(this Bookings bookings, IEnumerable<Learner> learners, KnownTrainer trainer, CancellationToken ct) =>
    [
        .. learners.Select(learner => new Staff(learner.EmployeeId, learner.EstateId)),
        .. await bookings.StaffOf(trainer, ct),
    ];
}
