using System.Globalization;

namespace Training.Portal;

/// <summary>Numbers, shares and money in the reader's culture; a dash where there is nothing yet.</summary>
public static class Words
{
    public const string None = "–";

    public static string Number(long? number) => number?.ToString("N0", CultureInfo.CurrentCulture) ?? None;
    public static string Number(decimal? number, string format = "N2") => number?.ToString(format, CultureInfo.CurrentCulture) ?? None;
    public static string Share(decimal? share) => share?.ToString("P0", CultureInfo.CurrentCulture) ?? None;

    /// <summary>Whole currency units, without the currency's name: the column or the card says which.</summary>
    public static string Amount(decimal? amount) => amount?.ToString("N0", CultureInfo.CurrentCulture) ?? None;

    public static string Either(string chinese, string english) => IsEnglish && english != "" ? english : chinese;

    /// <summary>The group's clock, for what belongs to no estate.</summary>
    public const string GroupZone = "Asia/Shanghai";

    static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>A filter for an address, when something was chosen.</summary>
    public static string Chosen(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant on the clock of the place.</summary>
    public static string LocalTime(DateTimeOffset at, string timeZone) => Local(at, timeZone).ToString("yyyy-MM-dd ddd HH:mm", CultureInfo.CurrentCulture);

    public static string Clock(DateTimeOffset at, string timeZone) => Local(at, timeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateTimeOffset Local(DateTimeOffset at, string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? TimeZoneInfo.ConvertTime(at, zone) : at;

    /// <summary>What the clock of the place shows, as an instant.</summary>
    public static DateTimeOffset Instant(DateTime local, string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? new(TimeZoneInfo.ConvertTimeToUtc(local, zone), TimeSpan.Zero) : new(local, TimeSpan.Zero);

    /// <summary>For an address.</summary>
    public static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
