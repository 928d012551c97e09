using System.Collections.Immutable;
using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Runs;

public record ScheduleRun(DateTimeOffset StartsAt, Guid TrainerId, Guid VenueId);

/// <summary>Places a run by hand: everyone planned attends, or the conflict is named.</summary>
public static class ScheduleRunHandler
{
    /// <summary>The same local time on consecutive working days, from the day asked for on.</summary>
    public static ImmutableArray<Span> Classes(Offer offer, DateTimeOffset startsAt)
    {
        var local = startsAt.In(offer.TimeZone);
        var (first, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        IEnumerable<DateOnly> days = [first, .. first.AddDays(1).WorkingDays(offer.Sessions - 1)];
        return [.. days.Select(day => day.At(time, offer.TimeZone)).Select(start => new Span(start, start.AddMinutes(offer.Minutes)))];
    }

    internal static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<RunCard>> Handle(
        Guid runId, ScheduleRun body, Caller caller, Bookings bookings, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var run = await bookings.Desk.Must<CourseRun>(runId, ct);
        caller.MustReach(Guid.Empty, run.Offer.Region);
        var siblings = await session.Query<CourseRun>().Where(other => other.Offer.LineId == run.Offer.LineId && other.Id != runId).ToListAsync(ct);
        var seated = siblings.Where(other => other.HasSeats).SelectMany(other => other.Learners).Select(learner => learner.EmployeeId).ToHashSet();

        var command = new PlaceRun(new(runId), await session.Must<KnownCourse>(run.Offer.CourseId.Value, ct), await session.Must<KnownTrainer>(body.TrainerId, ct),
            await session.Must<KnownVenue>(body.VenueId, ct), Classes(run.Offer, body.StartsAt),
            [.. run.Learners.Where(learner => !seated.Contains(learner.EmployeeId))], run.Waitlist, clock.GetUtcNow());
        await bookings.Place(command, ct);
        await bookings.MustBeInOrder(await bookings.Desk.Must<CourseRun>(runId, ct), ct);
        await bookings.Desk.Commit(ct);
        return TypedResults.Ok(RunCard.Of(await bookings.Desk.Must<CourseRun>(runId, ct)));
    }
}
