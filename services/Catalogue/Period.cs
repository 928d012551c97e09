using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Catalogue;

/// <summary>A time in which a trainer or a venue can't be had, the end not included.</summary>
public record Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>In UTC, as all times are stored.</summary>
    public static Period Of(DateTimeOffset from, DateTimeOffset to) => to > from
        ? new(from.ToUniversalTime(), to.ToUniversalTime())
        : throw new RuleBroken("ends-before-it-starts", "An absence or a closure ends after it starts.");

    public bool Covers(Period other) => From <= other.From && other.To <= To;
    public bool Overlaps(Period other) => From < other.To && other.From < To;
}

static class Periods
{
    /// <summary>What remains of the periods before and after the one that was taken back.</summary>
    public static ImmutableArray<Period> Without(this ImmutableArray<Period> periods, Period back) =>
        [.. periods.SelectMany(period => period.Overlaps(back) ? [new(period.From, back.From), new(back.To, period.To)] : (Period[])[period]).Where(period => period.From < period.To)];
}
