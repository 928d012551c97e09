using System.Collections.Immutable;
using System.Globalization;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

public interface IVenueCalendarFact : IFact;
public record VenueBooked(VenueId VenueId, SessionId SessionId, DateTimeOffset From, DateTimeOffset To) : IVenueCalendarFact;
public record VenueReleased(SessionId SessionId) : IVenueCalendarFact;

/// <summary>What takes place at one venue in one quarter.</summary>
public partial record VenueCalendar(Guid Id, VenueId VenueId, ImmutableDictionary<SessionId, Span> Bookings)
{
    public static Guid IdOf(string tenant, VenueId venue, DateOnly day) =>
        DerivedId.Of("venue-calendar", tenant, venue.Value.ToString(), string.Create(CultureInfo.InvariantCulture, $"{day.Year}Q{(day.Month + 2) / 3}"));

    public static VenueCalendar Create(VenueBooked e) => new VenueCalendar(Guid.Empty, e.VenueId, ImmutableDictionary<SessionId, Span>.Empty).Apply(e);
    public VenueCalendar Apply(VenueBooked e) => this with { Bookings = Bookings.SetItem(e.SessionId, new(e.From, e.To)) };
    public VenueCalendar Apply(VenueReleased e) => this with { Bookings = Bookings.Remove(e.SessionId) };
}
