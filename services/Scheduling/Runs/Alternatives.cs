using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Runs;

/// <summary>Another run of the same course with room; the start is that of its first session.</summary>
public record Alternative(Guid RunId, string Region, DateTimeOffset StartsAt, string TimeZone, int FreeSeats);

public record Alternatives(IReadOnlyList<Alternative> Items)
{
    /// <summary>Those of the own region first, then by time; only what has not begun.</summary>
    public static Alternatives For(CourseRun run, IEnumerable<CourseRun> others, DateTimeOffset now) => new(
    [
        .. from other in others
           where other.Id != run.Id && other.State == RunState.Confirmed && other.Offer.CourseId == run.Offer.CourseId && other.Waitlist.IsEmpty && other.Learners.Length < other.Capacity
           let start = other.Sessions.Min(session => session.From)
           where start > now
           orderby other.Offer.Region != run.Offer.Region, start
           select new Alternative(other.Id, other.Offer.Region, start, other.Offer.TimeZone, other.Capacity - other.Learners.Length),
    ]);
}

static class GetAlternatives
{
    internal static async Task<Ok<Alternatives>> Handle(Guid runId, IQuerySession query, TimeProvider clock, CancellationToken ct)
    {
        var run = await query.LoadAsync<CourseRun>(runId, ct) ?? throw new Missing("Course run", runId);
        var others = await query.Query<CourseRun>().Where(other => other.State == RunState.Confirmed && other.Offer.CourseCode == run.Offer.CourseCode).ToListAsync(ct);
        return TypedResults.Ok(Alternatives.For(run, others, clock.GetUtcNow()));
    }
}
