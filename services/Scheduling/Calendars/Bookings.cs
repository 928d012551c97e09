using System.Collections.Immutable;
using Marten;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <summary>Somebody and the estate whose roster he is on.</summary>
public readonly record struct Staff(EmployeeId EmployeeId, EstateId EstateId);

/// <summary>
/// Books trainers, venues and people through their calendars, all on one <see cref="Desk"/>. Travel is nothing on the own estate, and
/// <c>Scheduling:TravelMinutes</c> before and after elsewhere.
/// </summary>
sealed class Bookings(IDocumentSession session, Origin origin, IConfiguration configuration)
{
    readonly Dictionary<EstateId, KnownEstate> estates = [];
    readonly Dictionary<(EstateId, DateOnly), EstateRules> rules = [];
    Dictionary<Guid, KnownCourse>? courses;

    internal Desk Desk { get; } = new(session);

    internal IQuerySession Query => session;

    /// <summary>All there are, read once.</summary>
    internal async Task<IReadOnlyDictionary<Guid, KnownCourse>> Courses(CancellationToken ct) =>
        courses ??= (await session.Query<KnownCourse>().ToListAsync(ct)).ToDictionary(course => course.Id);

    internal TimeSpan Travel { get; } = TimeSpan.FromMinutes(configuration.GetValue("Scheduling:TravelMinutes", 30));

    internal Task Book(BookTrainer command, CancellationToken ct) =>
        Desk.Write<TrainerCalendar>(TrainerCalendar.IdOf(origin.Tenant, new(command.Trainer.Id), command.Day.Year), calendar => BookTrainerHandler.Decide(calendar, command), ct);

    internal Task Book(BookVenue command, CancellationToken ct) =>
        Desk.Write<VenueCalendar>(VenueCalendar.IdOf(origin.Tenant, new(command.Venue.Id), command.Day), calendar => BookVenueHandler.Decide(calendar, command), ct);

    internal async Task Book(SessionId id, Span @class, KnownVenue venue, IEnumerable<Staff> people, CancellationToken ct)
    {
        foreach (var group in people.GroupBy(person => person.EstateId))
        {
            var estate = await Estate(group.Key, ct);
            var away = AwayOf(@class, venue, group.Key);
            var monday = @class.From.DayIn(estate.TimeZone).Monday();
            var command = new BookStaff(id, [.. group.Select(person => person.EmployeeId)], away, await RulesOf(estate, monday, ct), await Nearby(estate, monday, away, at => Week(group.Key, at, ct)));
            await Desk.Write<DutyWeek>(DutyWeek.IdOf(origin.Tenant, group.Key, monday), week => BookStaffHandler.Decide(week, command), ct);
        }
    }

    internal async Task Release(SessionId id, Span @class, IEnumerable<Staff> people, CancellationToken ct)
    {
        foreach (var group in people.GroupBy(person => person.EstateId))
        {
            var command = new ReleaseStaff(id, [.. group.Select(person => person.EmployeeId)]);
            var monday = @class.From.DayIn((await Estate(group.Key, ct)).TimeZone).Monday();
            await Desk.Write<DutyWeek>(DutyWeek.IdOf(origin.Tenant, group.Key, monday), week => BookStaffHandler.Decide(week, command), ct);
        }
    }

    internal async Task Release(SessionId id, TrainerId trainer, VenueId venue, DateOnly day, CancellationToken ct)
    {
        await Desk.Write<TrainerCalendar>(TrainerCalendar.IdOf(origin.Tenant, trainer, day.Year), calendar => BookTrainerHandler.Decide(calendar, new ReleaseTrainer(id)), ct);
        await Desk.Write<VenueCalendar>(VenueCalendar.IdOf(origin.Tenant, venue, day), calendar => BookVenueHandler.Decide(calendar, new ReleaseVenue(id)), ct);
    }

    /// <summary>Whether all sessions to come can be attended; decides nothing.</summary>
    internal async Task<bool> CanAttend(IEnumerable<(SessionId Id, Span Class, VenueId Venue)> sessions, Staff person, CancellationToken ct)
    {
        var estate = await Estate(person.EstateId, ct);
        Dictionary<DateOnly, DutyWeek> weeks = [];
        foreach (var (id, span, venue) in sessions)
        {
            var monday = span.From.DayIn(estate.TimeZone).Monday();
            var away = AwayOf(span, await Venue(venue, ct), person.EstateId);
            var command = new BookStaff(id, [person.EmployeeId], away, await RulesOf(estate, monday, ct), await Nearby(estate, monday, away, WeekOf));
            // Later sessions count with the earlier ones.
            var week = await WeekOf(monday);
            try { weeks[monday] = BookStaffHandler.Decide(week, command).OfType<StaffBooked>().Aggregate(week ?? new(), (state, booked) => state.Apply(booked)); }
            catch (RuleBroken) { return false; }
        }
        return true;

        async Task<DutyWeek?> WeekOf(DateOnly monday) => weeks.TryGetValue(monday, out var known) ? known : await Week(person.EstateId, monday, ct);
    }

    /// <summary>The trainer as an employee, where he is one.</summary>
    internal async Task<IReadOnlyList<Staff>> StaffOf(KnownTrainer trainer, CancellationToken ct) =>
        trainer.EmployeeId is { } id && await session.LoadAsync<KnownEmployee>(id, ct) is { } employee ? [new(new(id), new(employee.EstateId))] : [];

    internal async Task<IReadOnlyList<Staff>> StaffOf(TrainerId id, CancellationToken ct) => await StaffOf(await session.Must<KnownTrainer>(id.Value, ct), ct);

    internal Task<KnownTrainer> Trainer(TrainerId id, CancellationToken ct) => session.Must<KnownTrainer>(id.Value, ct);

    internal Task<KnownCourse> Course(CourseId id, CancellationToken ct) => session.Must<KnownCourse>(id.Value, ct);

    internal Task<KnownVenue> Venue(VenueId id, CancellationToken ct) => session.Must<KnownVenue>(id.Value, ct);

    internal Span AwayOf(Span @class, KnownVenue venue, EstateId home) => venue.EstateId == home.Value ? @class : @class.Widened(Travel);

    internal Task<DutyWeek?> Week(EstateId estate, DateOnly monday, CancellationToken ct) => Desk.Read<DutyWeek>(DutyWeek.IdOf(origin.Tenant, estate, monday), ct);

    internal async Task<KnownEstate> Estate(EstateId id, CancellationToken ct) =>
        estates.TryGetValue(id, out var known) ? known : estates[id] = await session.Must<KnownEstate>(id.Value, ct);

    internal async Task<EstateRules> RulesOf(KnownEstate estate, DateOnly monday, CancellationToken ct) =>
        rules.TryGetValue((new(estate.Id), monday), out var known)
            ? known
            : rules[(new(estate.Id), monday)] = await session.RulesOf(estate, (await Week(new(estate.Id), monday, ct))?.Shifts ?? [], ct);

    static async Task<ImmutableArray<DutyWeek>> Nearby(KnownEstate estate, DateOnly monday, Span away, Func<DateOnly, Task<DutyWeek?>> weekOf)
    {
        List<DutyWeek?> weeks = [];
        if (away.From.AddDays(-2) < monday.At(TimeOnly.MinValue, estate.TimeZone)) weeks.Add(await weekOf(monday.AddDays(-7)));
        if (monday.AddDays(7).At(TimeOnly.MinValue, estate.TimeZone) < away.To.AddDays(2)) weeks.Add(await weekOf(monday.AddDays(7)));
        return [.. weeks.OfType<DutyWeek>()];
    }
}
