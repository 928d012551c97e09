using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Proposals;

/// <summary>How much of a trainer's year is left for a plan.</summary>
static class TrainerHours
{
    /// <summary>
    /// Hours of his classes in a situation, those he teaches already included. His share of the year is rounded up to whole runs, so that a short horizon has room
    /// for one; across New Year the lesser of what both years have left counts, because a plan may lie in either.
    /// </summary>
    /// <param name="hoursPerYear">Agreed for each calendar year.</param>
    /// <param name="request">The horizon.</param>
    /// <param name="zone">Whose days and years.</param>
    /// <param name="others">What he teaches that isn't in the situation.</param>
    /// <param name="own">What he teaches in the situation already, also outside of the horizon.</param>
    /// <param name="longest">Hours of the longest run he may teach.</param>
    internal static decimal Left(decimal hoursPerYear, PlanRequested request, string zone, IReadOnlyCollection<Span> others, IReadOnlyCollection<Span> own, decimal longest)
    {
        bool InHorizon(Span span) => span.From.DayIn(zone) is var day && day >= request.From && day <= request.To;
        var outside = own.Where(span => !InHorizon(span)).ToList();
        var left = Enumerable.Range(request.From.Year, request.To.Year - request.From.Year + 1)
            .Min(year => hoursPerYear - Hours(others.Concat(outside).Where(span => span.From.DayIn(zone).Year == year)));
        var share = (hoursPerYear * (request.To.DayNumber - request.From.DayNumber + 1) / 365) - Hours(others.Where(InHorizon));
        var wholeRuns = share <= 0 ? 0 : longest == 0 ? share : Math.Ceiling(share / longest) * longest;
        return Math.Max(Hours(own), Hours(outside) + Math.Min(left, wholeRuns));
    }

    static decimal Hours(IEnumerable<Span> spans) => spans.Sum(span => (decimal)span.Length.TotalHours);
}
