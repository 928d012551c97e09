using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>Places every funded run of a region, what comes first before what builds on it and then the most urgent first, and parks what finds no place. Runs placed before stay as they are.</summary>
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
            var funded = (await OfPlan(session, planId).ToListAsync(ct)).Where(run => run.HasMoney).ToList();
            if (funded.Where(run => run.State == RunState.Funded && run.Offer.Region == body.Region).ToList() is not { Count: > 0 } open) break;
            try
            {
                if (await Round(open, funded, body, new(session, origin, configuration), origin, session, clock, last: round == Rounds, ct)) break;
                round++;
            }
            catch (Exception exception) when (WriteConflict.Is(exception) && conflicts < Conflicts)
            {
                conflicts++;
            }
        }

        await using var query = sessions.QuerySession();
        var runs = await OfPlan(query, planId).Where(run => run.Offer.Region == body.Region).ToListAsync(ct);
        var items = runs.OrderByDescending(run => run.Offer.Priority).ThenBy(run => run.Id).Select(run => new Item(
            run.Id, run.Offer.CourseCode, run.Sessions.Length > 0, [.. run.Sessions.Select(placed => new Time(placed.From, placed.To))], run.TrainerId.Value, run.VenueId.Value,
            run.Learners.Length, [.. run.Waitlist.Select(waiting => waiting.Learner.EmployeeId.Value)], run.Reason)).ToList();
        return TypedResults.Ok(new Answer(items.Count(item => item.Placed), runs.Count(run => run.State == RunState.Parked), items));
    }

    static IQueryable<CourseRun> OfPlan(IQuerySession query, Guid planId)
    {
        var plan = new PlanId(planId);
        return query.Query<CourseRun>().Where(run => run.Offer.PlanId == plan);
    }

    /// <summary>Answers whether nobody else interfered.</summary>
    static async Task<bool> Round(
        IReadOnlyList<CourseRun> open, IReadOnlyList<CourseRun> funded, Body body, Bookings bookings, Origin origin, IDocumentSession session, TimeProvider clock, bool last, CancellationToken ct)
    {
        var region = await Region.Load(open, funded, body, bookings, origin, session, clock.GetUtcNow(), ct);
        var undisturbed = true;
        // The runs of a line share their learners: who can't leave his post for one may leave it for the next.
        foreach (var line in region.Lines())
        {
            var (found, parked, waiting) = region.Place(line);
            foreach (var place in found)
                if (await Confirm(place, Dropped(place.Run, waiting), bookings, clock, ct)) region.Confirmed(place);
                else
                {
                    undisturbed = last;
                    if (last) parked.Add((place.Run.RunId, "Other sessions took the trainer, the venue or the learners in the meantime."));
                }
            // After a disturbance the next round knows better what has no place.
            if (!undisturbed) parked.Clear();
            region.GivenUp(line, [.. parked.Select(one => one.Id)]);
            foreach (var (id, reason) in parked)
                await bookings.Desk.Follow(id, run => run is { State: RunState.Funded } ? [new RunUnplaceable(id, reason, clock.GetUtcNow())] : [], ct);
            await bookings.Desk.Commit(ct);
        }
        return undisturbed;

        static ImmutableArray<Waiting> Dropped(OpenRun run, IEnumerable<Candidate> waiting) =>
            [.. run.Waitlist, .. waiting.Where(one => one.PlannedFor == run.RunId).Select(one => new Waiting(one.Learner, "No session of the course found this learner free without breaking a post's minimum, the rest rule or the order of courses."))];
    }

    static async Task<bool> Confirm(Found found, ImmutableArray<Waiting> dropped, Bookings bookings, TimeProvider clock, CancellationToken ct)
    {
        var command = new PlaceRun(found.Run.RunId, found.Run.Course, found.Teacher.Trainer, found.Room.Venue, found.Classes,
            [.. found.Seated.Select(one => one.Learner)], dropped, clock.GetUtcNow());
        try
        {
            await bookings.Place(command, ct);
            await bookings.MustBeInOrder(await bookings.Desk.Must<CourseRun>(found.Run.RunId.Value, ct), ct);
        }
        catch (RuleBroken)
        {
            bookings.Desk.Discard();
            return false;
        }
        await bookings.Desk.Commit(ct);
        return true;
    }
}
