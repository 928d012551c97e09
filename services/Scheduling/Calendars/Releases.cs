using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Calendars;

/// <summary>People of one estate who are away for one session; <c>Posts</c> are those they leave, empty when they are off duty.</summary>
public record Release(Guid SessionId, Guid RunId, string CourseCode, DateTimeOffset From, DateTimeOffset To, string TimeZone, IReadOnlyList<ReleasedPerson> People);
public record ReleasedPerson(Guid EmployeeId, string PositionCode, string Post);

/// <summary>Whom an estate has to release in a week, day by day.</summary>
public record Releases(Guid EstateId, DateOnly Monday, IReadOnlyList<Release> Items);

static class GetReleases
{
    internal static async Task<Ok<Releases>> Handle(Guid estateId, DateOnly date, Caller caller, Origin origin, IQuerySession query, CancellationToken ct)
    {
        var estate = await query.Must<KnownEstate>(estateId, ct);
        caller.MustReach(estate.Id, estate.Region);
        var monday = date.Monday();
        var week = await query.Events.AggregateStreamAsync<DutyWeek>(DutyWeek.IdOf(origin.Tenant, new(estateId), monday), token: ct) ?? new DutyWeek();
        var sessions = (await query.LoadManyAsync<Session>(ct, [.. week.Bookings.Keys.Select(id => id.Value)])).ToDictionary(session => session.Id);
        var people = (await query.LoadManyAsync<KnownEmployee>(ct, [.. week.Bookings.Values.SelectMany(booking => booking.Employees).Select(id => id.Value).Distinct()])).ToDictionary(person => person.Id);
        return TypedResults.Ok(new Releases(estateId, monday,
        [
            .. from booking in week.Bookings
               where sessions.ContainsKey(booking.Key.Value)
               let session = sessions[booking.Key.Value]
               orderby session.StartsAt, session.Id
               select new Release(session.Id, session.RunId.Value, session.CourseCode, session.StartsAt, session.EndsAt, session.TimeZone,
                   [.. booking.Value.Employees.Select(employee => new ReleasedPerson(employee.Value, people.GetValueOrDefault(employee.Value)?.PositionCode ?? "",
                       week.Shifts.FirstOrDefault(shift => shift.Employees.Contains(employee) && new Span(shift.From, shift.To).Overlaps(booking.Value.Away))?.Post ?? ""))]),
        ]));
    }
}
