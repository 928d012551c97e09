using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <param name="SessionId">The session to teach.</param>
/// <param name="Class">When.</param>
/// <param name="TimeZone">Whose days count.</param>
/// <param name="Course">What.</param>
/// <param name="Trainer">Who, as far as Scheduling knows him.</param>
public record BookTrainer(SessionId SessionId, Span Class, string TimeZone, KnownCourse Course, KnownTrainer Trainer)
{
    public DateOnly Day => Class.From.DayIn(TimeZone);
}
public record ReleaseTrainer(SessionId SessionId);

public static class BookTrainerHandler
{
    public static ITrainerCalendarFact[] Decide(TrainerCalendar? calendar, BookTrainer command)
    {
        var (trainer, day) = (command.Trainer, command.Day);
        if (calendar?.Bookings.GetValueOrDefault(command.SessionId) == command.Class) return [];
        if (!trainer.MayTeach(command.Course.Id, day))
            throw new RuleBroken("trainer-not-authorised", $"{trainer.Name} is not authorised to teach {command.Course.Code} on {day:yyyy-MM-dd}.");
        if (trainer.Unavailable.FirstOrDefault(command.Class.Overlaps) is { } gone)
            throw new RuleBroken("trainer-unavailable", $"{trainer.Name} is not available until {gone.To.In(command.TimeZone):yyyy-MM-dd HH:mm}.");
        if (calendar?.Bookings.FirstOrDefault(booking => booking.Value.Overlaps(command.Class)) is { Value: { } other })
            throw new RuleBroken("overlapping-session",
                $"{trainer.Name} already teaches from {other.From.In(command.TimeZone):yyyy-MM-dd HH:mm} to {other.To.In(command.TimeZone):HH:mm}.");
        if ((calendar?.Hours ?? 0) + (decimal)command.Class.Length.TotalHours is var hours && hours > trainer.HoursPerYear)
            throw new RuleBroken("trainer-over-hours", $"{trainer.Name} would teach {hours:0.#} of {trainer.HoursPerYear:0.#} hours agreed for {day.Year}.");
        return [new TrainerBooked(new(trainer.Id), day.Year, command.SessionId, command.Class.From, command.Class.To)];
    }

    public static ITrainerCalendarFact[] Decide(TrainerCalendar? calendar, ReleaseTrainer command) =>
        calendar?.Bookings.ContainsKey(command.SessionId) == true ? [new TrainerReleased(command.SessionId)] : [];
}
