using Marten;
using Marten.Events;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Verifier;

/// <summary>Reads what the verifier judges: all sessions that are not cancelled, and the newest rosters of the weeks they lie in.</summary>
static class GetVerification
{
    internal static async Task<Ok<Report>> Handle(Guid? planId, IQuerySession query, IConfiguration configuration, CancellationToken ct)
    {
        var sessions = await query.Query<Session>().Where(session => session.State != SessionState.Cancelled).ToListAsync(ct);
        var asked = sessions.Where(session => planId is null || session.PlanId.Value == planId).Select(session => session.Id).ToHashSet();
        if (asked.Count == 0) return TypedResults.Ok(new Report(0, 0, 0, 0, []));

        var courses = (await query.Query<KnownCourse>().ToListAsync(ct)).ToDictionary(course => course.Id);
        var report = Verify.Judge(await Read([.. sessions], courses, query, TimeSpan.FromMinutes(configuration.GetValue("Scheduling:TravelMinutes", 30)), ct));
        return TypedResults.Ok(report with
        {
            Sessions = asked.Count,
            Violations = [.. report.Violations.Concat(Order.Judge(sessions, courses)).Where(violation => violation.SessionIds.Any(asked.Contains))],
        });
    }

    static async Task<Evidence> Read(IReadOnlyList<Session> sessions, IReadOnlyDictionary<Guid, KnownCourse> courses, IQuerySession query, TimeSpan travel, CancellationToken ct)
    {
        var estates = (await query.Query<KnownEstate>().ToListAsync(ct)).ToDictionary(estate => estate.Id);
        var trainers = (await query.Query<KnownTrainer>().ToListAsync(ct)).ToDictionary(trainer => trainer.Id);
        var venues = (await query.Query<KnownVenue>().ToListAsync(ct)).ToDictionary(venue => venue.Id);
        var runs = (await query.Query<Runs.CourseRun>().ToListAsync(ct)).ToDictionary(run => run.Id);

        var (first, last) = (DateOnly.FromDateTime(sessions.Min(session => session.StartsAt).UtcDateTime).AddDays(-10), DateOnly.FromDateTime(sessions.Max(session => session.EndsAt).UtcDateTime).AddDays(3));
        var rosters = (await query.Events.QueryRawEventDataOnly<WeekRostered>().ToListAsync(ct)).Where(week => week.Monday >= first && week.Monday <= last)
            .GroupBy(week => (week.EstateId, week.Monday, week.RosterId)).Select(revisions => revisions.MaxBy(week => week.Revision)).OfType<WeekRostered>().ToLookup(week => week.EstateId.Value);
        var licensed = estates.Values.SelectMany(estate => estate.Posts).Where(post => post.Licence != "").Select(post => post.Post).ToHashSet();
        Guid[] people = [.. rosters.SelectMany(weeks => weeks).SelectMany(week => week.Shifts).Where(shift => licensed.Contains(shift.Post)).SelectMany(shift => shift.Employees)
            .Select(employee => employee.Value).Concat(trainers.Values.Select(trainer => trainer.EmployeeId).OfType<Guid>()).Distinct()];
        var employees = (await query.LoadManyAsync<KnownEmployee>(ct, people)).ToDictionary(employee => employee.Id);

        return new(
            [.. sessions.Select(MeetingOf)],
            trainers.ToDictionary(pair => pair.Key, pair => new Teaching(pair.Value.Name,
                pair.Value.Authorisations,
                [.. pair.Value.Unavailable.Select(span => (span.From, span.To))])),
            venues.ToDictionary(pair => pair.Key, pair => new Hall(pair.Value.Name, pair.Value.Seats, pair.Value.Equipment,
                [.. pair.Value.Closed.Select(span => (span.From, span.To))])),
            courses.ToDictionary(pair => pair.Key, pair => new Course(pair.Value.MaxLearners, pair.Value.Equipment)),
            [.. estates.Values.Where(estate => rosters.Contains(estate.Id)).Select(estate => new Site(estate.Code, estate.TimeZone,
                [.. estate.Posts.Select(post => new Post(post.Post, post.From, post.To, post.Heads, post.Licence))],
                [.. rosters[estate.Id].SelectMany(week => week.Shifts).SelectMany(shift => shift.Employees.Select(employee => new Duty(shift.Post, employee.Value, shift.From, shift.To)))],
                rosters[estate.Id].SelectMany(week => Enumerable.Range(0, 7).Select(week.Monday.AddDays)).ToHashSet()))],
            employees.Values.SelectMany(employee => employee.Licences.Select(licence => (Key: (employee.Id, licence.Key), licence.Value))).ToDictionary(pair => pair.Key, pair => pair.Value),
            await Booked(query, ct));

        Meeting MeetingOf(Session session)
        {
            var homes = runs.TryGetValue(session.RunId.Value, out var run) ? run.Learners.ToDictionary(learner => learner.EmployeeId.Value, learner => learner.EstateId.Value) : [];
            var staff = trainers[session.TrainerId.Value].EmployeeId is { } id && employees.TryGetValue(id, out var known) ? [(id, known.EstateId)] : Array.Empty<(Guid, Guid)>();
            var here = venues[session.VenueId.Value].EstateId;
            IEnumerable<(Guid Id, Guid Home)> all = [.. session.Learners.Select(learner => (learner.Value, homes.GetValueOrDefault(learner.Value))), .. staff];
            return new(session.Id, session.CourseId.Value, session.CourseCode, session.StartsAt, session.EndsAt, session.TimeZone, session.TrainerId.Value, session.VenueId.Value,
                [.. session.Learners.Select(learner => learner.Value)],
                [.. all.Select(one => new Attendee(one.Id, session.StartsAt - (one.Home == here ? TimeSpan.Zero : travel), session.EndsAt + (one.Home == here ? TimeSpan.Zero : travel)))]);
        }
    }

    /// <summary>Calendars as their facts tell them, in the order they were stored.</summary>
    static async Task<HashSet<(Guid, Guid)>> Booked(IQuerySession query, CancellationToken ct)
    {
        HashSet<(Guid, Guid)> booked = [];
        var trainers = await query.Query<TrainerCalendar>().ToListAsync(ct);
        var venues = await query.Query<VenueCalendar>().ToListAsync(ct);
        booked.UnionWith(trainers.SelectMany(calendar => calendar.Bookings.Keys.Select(session => (session.Value, calendar.TrainerId.Value))));
        booked.UnionWith(venues.SelectMany(calendar => calendar.Bookings.Keys.Select(session => (session.Value, calendar.VenueId.Value))));

        var facts = await query.Events.QueryAllRawEvents().Where(stored => stored.EventTypesAre(typeof(StaffBooked), typeof(StaffReleased))).OrderBy(stored => stored.Sequence).ToListAsync(ct);
        foreach (var fact in facts)
            if (fact.Data is StaffBooked booking) booked.UnionWith(booking.Employees.Select(employee => (booking.SessionId.Value, employee.Value)));
            else if (fact.Data is StaffReleased released) booked.ExceptWith(released.Employees.Select(employee => (released.SessionId.Value, employee.Value)));
        return booked;
    }
}
