using System.Collections.Immutable;
using System.Globalization;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

public interface ITrainerCalendarFact : IFact;
public record TrainerBooked(TrainerId TrainerId, int Year, SessionId SessionId, DateTimeOffset From, DateTimeOffset To) : ITrainerCalendarFact;
public record TrainerReleased(SessionId SessionId) : ITrainerCalendarFact;

/// <summary>What one trainer teaches in one year.</summary>
public partial record TrainerCalendar(Guid Id, TrainerId TrainerId, int Year, ImmutableDictionary<SessionId, Span> Bookings)
{
    public decimal Hours => Bookings.Values.Sum(booking => (decimal)booking.Length.TotalMinutes) / 60;

    public static Guid IdOf(string tenant, TrainerId trainer, int year) =>
        DerivedId.Of("trainer-calendar", tenant, trainer.Value.ToString(), year.ToString(CultureInfo.InvariantCulture));

    public static TrainerCalendar Create(TrainerBooked e) =>
        new TrainerCalendar(Guid.Empty, e.TrainerId, e.Year, ImmutableDictionary<SessionId, Span>.Empty).Apply(e);
    public TrainerCalendar Apply(TrainerBooked e) => this with { Bookings = Bookings.SetItem(e.SessionId, new(e.From, e.To)) };
    public TrainerCalendar Apply(TrainerReleased e) => this with { Bookings = Bookings.Remove(e.SessionId) };
}
