using System.Collections.Immutable;
using System.Globalization;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <summary>People on duty at one post for a span of time.</summary>
public record DutyShift(string Post, DateTimeOffset From, DateTimeOffset To, ImmutableArray<EmployeeId> Employees);

public interface IDutyWeekFact : IFact;
/// <summary>What one roster says about this week; a higher revision replaces a lower one.</summary>
public record WeekRostered(EstateId EstateId, DateOnly Monday, Guid RosterId, int Revision, ImmutableArray<DutyShift> Shifts) : IDutyWeekFact;
/// <summary>People are away for a session, travel included.</summary>
public record StaffBooked(SessionId SessionId, ImmutableArray<EmployeeId> Employees, DateTimeOffset From, DateTimeOffset To) : IDutyWeekFact;
public record StaffReleased(SessionId SessionId, ImmutableArray<EmployeeId> Employees) : IDutyWeekFact;
/// <summary>A newer roster no longer bears a session that was booked before; someone has to move it.</summary>
public record BookingEndangered(SessionId SessionId, string Reason) : IDutyWeekFact;

/// <summary>Who is away for a session of this week.</summary>
public record StaffBooking(Span Away, ImmutableHashSet<EmployeeId> Employees);

/// <summary>The shifts of one estate from a local Monday on, and who is released from them: what no two bookings may change at the same time.</summary>
public partial record DutyWeek(
    Guid Id, ImmutableDictionary<Guid, WeekRostered> Rosters, ImmutableDictionary<SessionId, StaffBooking> Bookings)
{
    public DutyWeek() : this(Guid.Empty, ImmutableDictionary<Guid, WeekRostered>.Empty, ImmutableDictionary<SessionId, StaffBooking>.Empty) { }

    public IEnumerable<DutyShift> Shifts => Rosters.Values.SelectMany(roster => roster.Shifts);

    public static Guid IdOf(string tenant, EstateId estate, DateOnly monday) =>
        DerivedId.Of("duty-week", tenant, estate.Value.ToString(), monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public DutyWeek Apply(WeekRostered e) => this with { Rosters = Rosters.SetItem(e.RosterId, e) };
    public DutyWeek Apply(StaffBooked e) => this with
    {
        Bookings = Bookings.SetItem(e.SessionId, new(new(e.From, e.To), [.. e.Employees, .. Bookings.GetValueOrDefault(e.SessionId)?.Employees ?? []])),
    };
    public DutyWeek Apply(StaffReleased e) => Bookings.TryGetValue(e.SessionId, out var booking)
        ? this with
        {
            Bookings = booking.Employees.Except(e.Employees) is { IsEmpty: false } rest
                ? Bookings.SetItem(e.SessionId, booking with { Employees = rest })
                : Bookings.Remove(e.SessionId),
        }
        : this;
    public DutyWeek Apply(BookingEndangered _) => this;
}
