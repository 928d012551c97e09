using System.Globalization;

namespace Training.Portal;

/// <summary>Quarters as they are written: 2027Q1.</summary>
static class Quarters
{
    /// <summary>The quarter of a day and all that follow.</summary>
    public static IEnumerable<string> From(DateOnly day)
    {
        for (var month = day; ; month = month.AddMonths(3)) yield return string.Create(CultureInfo.InvariantCulture, $"{month.Year}Q{(month.Month + 2) / 3}");
    }

    public static IEnumerable<string> Of(int year) => From(new(year, 1, 1)).Take(4);

    public static (DateOnly From, DateOnly To) Days(string quarter)
    {
        var (year, number) = (int.Parse(quarter.AsSpan(0, 4), CultureInfo.InvariantCulture), quarter[^1] - '0');
        var from = new DateOnly(year, 3 * number - 2, 1);
        return (from, from.AddMonths(3).AddDays(-1));
    }
}
