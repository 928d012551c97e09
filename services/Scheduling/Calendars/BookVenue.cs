using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

public record BookVenue(SessionId SessionId, Span Class, string TimeZone, int Heads, KnownCourse Course, KnownVenue Venue)
{
    public DateOnly Day => Class.From.DayIn(TimeZone);
}
public record ReleaseVenue(SessionId SessionId);

public static class BookVenueHandler
{
    public static IVenueCalendarFact[] Decide(VenueCalendar? calendar, BookVenue command)
    {
        var venue = command.Venue;
        if (calendar?.Bookings.GetValueOrDefault(command.SessionId) == command.Class) return [];
        if (command.Heads > venue.Seats) throw new RuleBroken("venue-too-small", $"{venue.Name} seats {venue.Seats}; {command.Heads} are enrolled.");
        if (venue.Lacks(command.Course.Equipment).ToList() is { Count: > 0 } lacking)
            throw new RuleBroken("equipment-missing", $"{venue.Name} has no {string.Join(", no ", lacking)}, which {command.Course.Code} needs.");
        if (venue.Closed.FirstOrDefault(command.Class.Overlaps) is { } closure)
            throw new RuleBroken("venue-closed", $"{venue.Name} is closed from {closure.From.In(command.TimeZone):yyyy-MM-dd HH:mm} to {closure.To.In(command.TimeZone):yyyy-MM-dd HH:mm}.");
        if (calendar?.Bookings.FirstOrDefault(booking => booking.Value.Overlaps(command.Class)) is { Value: { } other })
            throw new RuleBroken("overlapping-session",
                $"{venue.Name} is taken from {other.From.In(command.TimeZone):yyyy-MM-dd HH:mm} to {other.To.In(command.TimeZone):HH:mm}.");
        return [new VenueBooked(new(venue.Id), command.SessionId, command.Class.From, command.Class.To)];
    }

    public static IVenueCalendarFact[] Decide(VenueCalendar? calendar, ReleaseVenue command) =>
        calendar?.Bookings.ContainsKey(command.SessionId) == true ? [new VenueReleased(command.SessionId)] : [];
}
