using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>Places every funded run of a region, most urgent first, and parks what finds no place. Runs placed before stay as they are.</summary>
static class ScheduleRegion
{
    const int Rounds = 3;
    internal const int Conflicts = 20;

    internal sealed record Body(string Region, DateOnly From, DateOnly To);
    internal sealed record Time(DateTimeOffset StartsAt, DateTimeOffset EndsAt);
    internal sealed record Item(Guid RunId, string CourseCode, bool Placed, IReadOnlyList<Time> Sessions, Guid TrainerId, Guid VenueId, int Learners, IReadOnlyList<Guid> DroppedLearners, string Reason);
    internal sealed record Answer(int Placed, int Parked, IReadOnlyList<Item> Items);

    internal static async Task<Ok<Answer>> Handle(
        Guid planId, Body body, Caller caller, ISessionFactory sessions, Origin origin, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        caller.MustReach(Guid.Empty, body.Region);
        if (body.To < body.From || body.To > body.From.AddDays(186)) throw new RuleBroken("horizon-out-of-range", "The horizon is one day to half a year long.");

        // Another region may take a shared trainer in between: what then no longer fits gets another round with fresh calendars.
        for (int round = 1, conflicts = 0; ;)
        {
            // A session whose commit failed still holds what it could not write.
            await using var session = sessions.OpenSession();
            if (await Open(session, planId, body.Region, ct) is not { Count: > 0 } open) break;
            try
            {
                if (await Round(open, body, new(session, origin, configuration), origin, session, clock, last: round == Rounds, ct)) break;
                round++;
            }
            catch (Exception exception) when (WriteConflict.Is(exception) && conflicts < Conflicts)
            {
                conflicts++;
            }
        }

        await using var query = sessions.QuerySession();
        var runs = await OfRegion(query, planId, body.Region).ToListAsync(ct);
        var items = runs.OrderByDescending(run => run.Offer.Priority).ThenBy(run => run.Id).Select(run => new Item(
            run.Id, run.Offer.CourseCode, run.Sessions.Length > 0, [.. run.Sessions.Select(placed => new Time(placed.From, placed.To))], run.TrainerId.Value, run.VenueId.Value,
            run.Learners.Length, [.. run.Waitlist.Select(waiting => waiting.Learner.EmployeeId.Value)], run.Reason)).ToList();
        return TypedResults.Ok(new Answer(items.Count(item => item.Placed), runs.Count(run => run.State == RunState.Parked), items));
    }

    internal static IQueryable<CourseRun> OfRegion(IQuerySession query, Guid planId, string region)
    {
        var plan = new PlanId(planId);
        return query.Query<CourseRun>().Where(run => run.Offer.PlanId == plan && run.Offer.Region == region);
    }

    static async Task<IReadOnlyList<CourseRun>> Open(IQuerySession query, Guid planId, string region, CancellationToken ct) =>
        await OfRegion(query, planId, region).Where(run => run.State == RunState.Funded).ToListAsync(ct);

    /// <summary>Answers whether nobody else interfered.</summary>
    static async Task<bool> Round(
        IReadOnlyList<CourseRun> open, Body body, Bookings bookings, Origin origin, IDocumentSession session, TimeProvider clock, bool last, CancellationToken ct)
    {
        var region = await Region.Load(open, body, bookings, origin, session, clock.GetUtcNow(), ct);
        var undisturbed = true;
        // The runs of a line share their learners: who can't leave his post for one may leave it for the next.
        foreach (var line in region.Lines())
        {
            var (found, parked, waiting) = region.Place(line);
            foreach (var place in found)
                if (await Refused(place, Dropped(place.Run, waiting), bookings, clock, ct) is { Length: > 0 } reason)
                {
                    undisturbed = last;
                    if (last) parked.Add((place.Run.RunId, reason));
                }
            foreach (var (id, reason) in parked)
                await bookings.Desk.Follow(id, run => run is { State: RunState.Funded } ? [new RunUnplaceable(id, reason, clock.GetUtcNow())] : [], ct);
            await bookings.Desk.Commit(ct);
        }
        return undisturbed;

        static ImmutableArray<Waiting> Dropped(OpenRun run, IEnumerable<Candidate> waiting) =>
            [.. run.Waitlist, .. waiting.Where(one => one.PlannedFor == run.RunId).Select(one => new Waiting(one.Learner, "No session of the course found this learner free without breaking a post's minimum, the rest rule or the order of courses."))];
    }

    /// <summary>Why a run can't have its place after all, because others took the trainer, the venue or the learners in the meantime; nothing: it has it.</summary>
    static async Task<string> Refused(Found found, ImmutableArray<Waiting> dropped, Bookings bookings, TimeProvider clock, CancellationToken ct)
    {
        var command = new PlaceRun(found.Run.RunId, found.Run.Course, found.Teacher.Trainer, found.Room.Venue, found.Classes,
            [.. found.Seated.Select(one => one.Learner)], dropped, clock.GetUtcNow());
        try
        {
            await bookings.Place(command, ct);
            await bookings.MustBeInOrder(command.RunId, ct);
        }
        catch (RuleBroken broken)
        {
            bookings.Desk.Discard();
            return broken.Message;
        }
        await bookings.Desk.Commit(ct);
        return "";
    }
}
