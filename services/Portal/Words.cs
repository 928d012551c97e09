using System.Globalization;
using Training.Portal.Clients;

namespace Training.Portal;

/// <summary>Numbers, shares and money in the reader's culture; a dash where there is nothing yet.</summary>
static class Words
{
    public const string None = "–";

    public static string Number(long? number) => number?.ToString("N0", CultureInfo.CurrentCulture) ?? None;
    public static string Number(decimal? number, string format = "N2") => number?.ToString(format, CultureInfo.CurrentCulture) ?? None;
    public static string Share(decimal? share) => share?.ToString("P0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>Whole currency units, without the currency's name: the column or the card says which.</summary>
    public static string Amount(decimal? amount) => amount?.ToString("N0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>An instant in the time zone of the place.</summary>
    public static string LocalTime(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).ToString("yyyy-MM-dd ddd HH:mm", CultureInfo.CurrentCulture);

    /// <summary>The budget year of the plan, or next year's or this year's, whichever has been opened.</summary>
    public static async Task<Answer<MoneyView>> Money(this Backend backend, int? year, TimeProvider clock)
    {
        var now = clock.GetUtcNow().Year;
        Answer<MoneyView> answer = new(null, false);
        foreach (var candidate in year is { } known ? [known] : new[] { now + 1, now })
            if ((answer = await backend.Get<MoneyView>("Budgeting", $"/summary?year={candidate}")).Value is not null) break;
        return answer;
    }
}
