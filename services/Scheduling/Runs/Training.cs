using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

/// <summary>A run as one learner sees it. <c>Place</c> is his place in the line, 0 with a seat; minutes are those he attended.</summary>
public record TrainingCard(
    Guid RunId, string CourseCode, string Region, RunState State, string Reason, int Place, int Ahead, int FreeSeats, int AttendedMinutes, IReadOnlyList<TrainingSession> Sessions);

/// <summary>One meeting; checked in, or waiting for the start after an early scan.</summary>
public record TrainingSession(Guid SessionId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, Guid VenueId, SessionState State, bool CheckedIn, bool Early);

/// <summary>What someone is enrolled in or waits for, and what his region offers with room.</summary>
public record LearnerTraining(Guid EmployeeId, IReadOnlyList<TrainingCard> Mine, IReadOnlyList<TrainingCard> Offered);

static class GetTraining
{
    const int MostOffered = 50;

    internal static async Task<Ok<LearnerTraining>> Handle(Guid employeeId, Caller caller, IQuerySession query, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachLearner(query, employeeId, ct);
        var employee = await query.Must<KnownEmployee>(employeeId, ct);
        var (id, region, now) = (new EmployeeId(employeeId), (await query.Must<KnownEstate>(employee.EstateId, ct)).Region, clock.GetUtcNow());
        var mine = await query.Query<CourseRun>().Where(run => run.MatchesSql("(d.data -> 'learners' @> ?::jsonb or d.data -> 'waitlist' @> ?::jsonb)",
            $$"""[{ "employeeId": "{{employeeId}}" }]""", $$"""[{ "learner": { "employeeId": "{{employeeId}}" } }]""")).ToListAsync(ct);
        var open = await query.Query<CourseRun>().Where(run => run.State == RunState.Confirmed && run.Offer.Region == region).ToListAsync(ct);
        var taken = mine.Where(run => run.State is not (RunState.Parked or RunState.Cancelled)).Select(run => run.Offer.CourseCode).ToHashSet();
        CourseRun[] offered = [.. open.Where(run => !taken.Contains(run.Offer.CourseCode) && run.Sessions.Min(placed => placed.From) > now)
            .OrderBy(run => run.Sessions.Min(placed => placed.From)).Take(MostOffered)];

        var sessions = (await query.LoadManyAsync<Session>(ct, [.. mine.Concat(offered).SelectMany(run => run.Sessions).Select(placed => placed.SessionId.Value)])).ToLookup(session => session.RunId.Value);
        return TypedResults.Ok(new LearnerTraining(employeeId, [.. mine.Select(Card).OrderBy(card => card.Sessions is [var first, ..] ? first.StartsAt : DateTimeOffset.MaxValue)], [.. offered.Select(Card)]));

        TrainingCard Card(CourseRun run) => new(
            run.Id, run.Offer.CourseCode, run.Offer.Region, run.State, run.Reason, run.Waits(id) is { } waiting ? run.Waitlist.IndexOf(waiting) + 1 : 0, run.Waitlist.Length,
            Math.Max(0, run.Capacity - run.Learners.Length), run.Attended.GetValueOrDefault(id),
            [.. sessions[run.Id].OrderBy(session => session.Sequence).Select(session => new TrainingSession(
                session.Id, session.StartsAt, session.EndsAt, session.TimeZone, session.VenueId.Value, session.State,
                session.IsPresent(id, now), session.EarlyScans.ContainsKey(id) && now < session.StartsAt))]);
    }
}
