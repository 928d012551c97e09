using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

public record CloseWave(SurveyMeans Means, DateTimeOffset At);

public static class CloseWaveHandler
{
    public static ISurveyFact[] Decide(SurveyWave wave, CloseWave command) => wave.Closed ? [] : [new SurveyWaveClosed(command.Means, command.At)];

    internal static async Task<NoContent> Handle(Guid waveId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var answers = await session.Query<SurveyAnswer>().Where(answer => answer.WaveId == waveId).ToListAsync(ct);
        // Facts can be read by whoever follows them, so what may not be published is not stored either.
        var command = new CloseWave(Publishable.Shown(Means.Of(answers)), clock.GetUtcNow());
        await session.Change<SurveyWave>(waveId, wave => Decide(wave, command), ct);
        return TypedResults.NoContent();
    }
}

public static class Means
{
    /// <summary>Means per item, and NPS = share of 9–10 less share of 0–6, in points.</summary>
    public static SurveyMeans Of(IReadOnlyCollection<SurveyAnswer> answers)
    {
        var items = from sheet in answers
                    from answer in sheet.Answers
                    group answer by answer.Item into item
                    orderby item.Key
                    select new ItemMean(item.Key, item.Count(), Mean(item.Select(one => one.Importance)), Mean(item.Select(one => one.Performance)));
        int[] overall = [.. answers.Select(sheet => sheet.Overall).OfType<int>()];
        int[] nps = [.. answers.Select(sheet => sheet.Nps).OfType<int>()];
        var points = nps.Length == 0 ? 0 : decimal.Round(100m * (nps.Count(one => one >= 9) - nps.Count(one => one <= 6)) / nps.Length, 2);
        return new(answers.Count(sheet => !sheet.IsEmpty()), [.. items], overall.Length, overall.Length == 0 ? 0 : Mean(overall), nps.Length, points);
    }

    static decimal Mean(IEnumerable<int> ratings) => decimal.Round((decimal)ratings.Average(), 4);
}
