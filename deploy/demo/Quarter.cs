using System.Globalization;

namespace Training.Demo;

/// <summary>The calendar quarter the demo drives, and the local times in it.</summary>
public sealed record Quarter(int Year, int Number, TimeZoneInfo Zone)
{
    /// <summary>Share of the year's training by quarter; the one with the spring festival is low.</summary>
    static readonly decimal[] Phasing = [0.18m, 0.30m, 0.27m, 0.25m];

    /// <summary>The first quarter that has not begun, so that everything in it can still be planned.</summary>
    public static Quarter After(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var next = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1).AddMonths(3);
        return new(next.Year, (next.Month + 2) / 3, zone) { Today = today };
    }

    public DateOnly Today { get; init; }

    public decimal Share => Phasing[Number - 1];

    public static decimal ShareOf(int number) => Phasing[number - 1];

    public string Label => LabelOf(Number);

    public string LabelOf(int number) => $"{Year}Q{number}";

    public DateOnly First => new(Year, 3 * Number - 2, 1);

    public DateOnly Last => First.AddMonths(3).AddDays(-1);

    /// <summary>The Mondays of the 13 weeks that rosters are published for.</summary>
    public IEnumerable<DateOnly> Weeks
    {
        get
        {
            var monday = First.AddDays((8 - (int)First.DayOfWeek) % 7);
            return Enumerable.Range(0, 13).Select(week => monday.AddDays(7 * week));
        }
    }

    public DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
