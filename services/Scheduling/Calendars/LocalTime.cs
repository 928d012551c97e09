namespace Training.Scheduling.Calendars;

/// <summary>Instants as seen on the clock of an estate.</summary>
public static class LocalTime
{
    public static DateTimeOffset In(this DateTimeOffset instant, string zone) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));

    public static DateOnly DayIn(this DateTimeOffset instant, string zone) => DateOnly.FromDateTime(instant.In(zone).DateTime);

    /// <summary>An hour that the clock skips counts as the one after it.</summary>
    public static DateTimeOffset At(this DateOnly day, TimeOnly time, string zone)
    {
        var (local, clock) = (day.ToDateTime(time), TimeZoneInfo.FindSystemTimeZoneById(zone));
        if (clock.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, clock.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly Monday(this DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static bool IsWorkingDay(this DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The first working days from this one on.</summary>
    public static IEnumerable<DateOnly> WorkingDays(this DateOnly first, int count) =>
        Enumerable.Range(0, 7 * count + 7).Select(first.AddDays).Where(day => day.IsWorkingDay()).Take(count);
}
