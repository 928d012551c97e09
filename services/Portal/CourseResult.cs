using Training.Portal.Clients;

namespace Training.Portal;

/// <summary>
/// All runs of a course together. The mean reaction is over the answers of runs that may be published (F23) and null when there are none; the
/// gain (F8) is over the people it is defined for.
/// </summary>
public sealed record CourseResult(string Code, int Runs, int Attendees, decimal? Reaction, int Suppressed, int Tested, int Passed, decimal? Gain)
{
    public static IReadOnlyList<CourseResult> Of(IEnumerable<RunEvaluationView> runs) =>
        [.. runs.GroupBy(run => run.CourseCode).OrderBy(course => course.Key, StringComparer.Ordinal).Select(course => Of(course.Key, [.. course]))];

    static CourseResult Of(string code, IReadOnlyCollection<RunEvaluationView> runs)
    {
        var published = runs.Where(run => run.Reactions.SuppressedBecause == "").ToList();
        return new(code, runs.Count, runs.Sum(run => run.Attendees),
            Mean(published.Select(run => (run.Reactions.OverallMean, run.Reactions.N))), runs.Count - published.Count,
            runs.Sum(run => run.Tests.N), runs.Sum(run => run.Tests.Passed), Mean(runs.Select(run => (run.Tests.NormalisedGain, run.Tests.GainN))));
    }

    static decimal? Mean(IEnumerable<(decimal Value, int N)> parts)
    {
        var all = parts.ToList();
        var n = all.Sum(part => part.N);
        return n == 0 ? null : all.Sum(part => part.Value * part.N) / n;
    }
}
