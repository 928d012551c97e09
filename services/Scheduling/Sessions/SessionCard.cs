using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

/// <summary>A session in a list or alone; times in UTC, the zone is that of the estate most learners come from.</summary>
public record SessionCard(
    Guid Id, Guid RunId, string CourseCode, string Region, int Sequence, int Of, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
    Guid VenueId, Guid TrainerId, IReadOnlyList<Guid> Learners, SessionState State)
{
    public static SessionCard About(Session session) => new(
        session.Id, session.RunId.Value, session.CourseCode, session.Region, session.Sequence, session.Of, session.StartsAt, session.EndsAt, session.TimeZone,
        session.VenueId.Value, session.TrainerId.Value, [.. session.Learners.Select(learner => learner.Value)], session.State);

    /// <summary>As somebody sees it who may know only these people; whoever teaches it knows all.</summary>
    internal SessionCard Within(Circle circle) => circle.Trainers.Contains(TrainerId) ? this : this with { Learners = [.. Learners.Where(circle.People.Contains)] };
}

static class GetSession
{
    internal static async Task<Ok<SessionCard>> Handle(Guid sessionId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var card = SessionCard.About(await query.LoadAsync<Session>(sessionId, ct) ?? throw new Missing("Session", sessionId));
        if (caller.ReachesAll) return TypedResults.Ok(card);
        var circle = await query.CircleOf(caller, ct);
        if (!card.Learners.Any(circle.People.Contains)) await caller.MustReachSession(query, sessionId, ct);
        return TypedResults.Ok(card.Within(circle));
    }
}

static class ListSessions
{
    /// <summary>Those of an estate are the sessions at its own venues.</summary>
    internal static async Task<Ok<Page<SessionCard>>> Handle(
        Guid? runId, Guid? estateId, string? region, SessionState? state, DateTimeOffset? from, DateTimeOffset? to, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Session> sessions = query.Query<Session>();
        if (runId is { } id)
        {
            var run = new RunId(id);
            sessions = sessions.Where(session => session.RunId == run);
        }
        if (estateId is { } estate)
        {
            var venues = await query.Query<Known.KnownVenue>().Where(venue => venue.EstateId == estate).Select(venue => venue.Id).ToListAsync(ct);
            sessions = sessions.Where(session => session.MatchesSql("d.data ->> 'venueId' = any(string_to_array(?, ','))", string.Join(',', venues)));
        }
        if (region is not null) sessions = sessions.Where(session => session.Region == region);
        if (state is { } wanted) sessions = sessions.Where(session => session.State == wanted);
        if (from is { } begin) sessions = sessions.Where(session => session.EndsAt > begin.ToUniversalTime());
        if (to is { } end) sessions = sessions.Where(session => session.StartsAt < end.ToUniversalTime());
        var circle = caller.ReachesAll ? null : await query.CircleOf(caller, ct);
        if (circle is not null)
        {
            var (selves, trainers) = (Words(caller.Selves), Words(circle.Trainers));
            sessions = sessions.Where(session => session.MatchesSql(
                "(d.data ->> 'region' = any(?) or jsonb_exists_any(d.data -> 'learners', ?) or d.data ->> 'trainerId' = any(?))",
                circle.Regions, selves, trainers));
        }
        return TypedResults.Ok(await sessions.OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Page(See, skip, take, ct));

        SessionCard See(Session session) => circle is null ? SessionCard.About(session) : SessionCard.About(session).Within(circle);
        static string[] Words(IEnumerable<Guid> ids) => [.. ids.Select(id => id.ToString())];
    }
}
