using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <summary>
/// What owners said, for the group or one estate. Means 1–10, <c>Index</c> 0–100 (F22, equal weights), NPS −100 … 100, quadrants by F2.
/// Below F23 there are no figures but the reason; a question below it is left out, and the crosshair and the index are of the others.
/// </summary>
public record SurveyResults(
    Guid WaveId, string Code, Guid? EstateId, int Invited, int Responses, bool Suppressed, string SuppressedBecause,
    decimal? CrosshairImportance, decimal? CrosshairPerformance, decimal? Index, decimal? Overall, decimal? Nps, IReadOnlyList<ItemResult> Items)
{
    public static SurveyResults Of(SurveyWave wave, Guid? estate, int invited, SurveyMeans counted)
    {
        var means = Publishable.Shown(counted);
        if (Publishable.Refusal(means.Responses, invited) is { Length: > 0 } reason)
            return new(wave.Id, wave.Code, estate, invited, means.Responses, true, reason, null, null, null, null, null, []);

        var ipa = Ipa.Of(means.Items);
        var items = from item in wave.Items
                    join mean in means.Items on item.Code equals mean.Code
                    join point in ipa.Items on item.Code equals point.Code
                    select new ItemResult(item.Code, item.Text, item.TextEnglish, item.Dimension, item.Competencies, mean.N,
                        mean.Importance, mean.Performance, point.Gap, point.Quadrant);
        return new(wave.Id, wave.Code, estate, invited, means.Responses, false, "", IfAny(ipa.Importance, 4), IfAny(ipa.Performance, 4), IfAny(Ipa.Index(means.Items), 2),
            means.OverallAnswers > 0 ? means.Overall : null, means.NpsAnswers > 0 ? means.Nps : null, [.. items]);

        decimal? IfAny(decimal figure, int decimals) => means.Items.IsEmpty ? null : decimal.Round(figure, decimals);
    }
}

public record ItemResult(
    string Code, string Text, string TextEnglish, string Dimension, IReadOnlyList<string> Competencies, int N, decimal Importance, decimal Performance,
    decimal Gap, Quadrant Quadrant);

/// <summary>A wave in the list.</summary>
public record SurveyWaveCard(Guid Id, string Code, bool Closed, int Items, int Estates, int Invited, int Responses)
{
    public static SurveyWaveCard Of(SurveyWave wave) =>
        new(wave.Id, wave.Code, wave.Closed, wave.Items.Length, wave.Strata.Length, wave.Issued.Values.Sum(), wave.Means.Responses);
}

static class GetSurveyResults
{
    internal static async Task<Ok<SurveyResults>> Handle(Guid waveId, Guid? estateId, IQuerySession query, CancellationToken ct)
    {
        var wave = await query.LoadAsync<SurveyWave>(waveId, ct) ?? throw new Missing("Survey wave", waveId);
        if (!wave.Closed) throw new RuleBroken("wave-open", "Results are published when the wave is closed.");
        if (estateId is not { } estate) return TypedResults.Ok(SurveyResults.Of(wave, null, wave.Issued.Values.Sum(), wave.Means));

        var answers = await query.Query<SurveyAnswer>().Where(answer => answer.WaveId == waveId && answer.EstateId == estate).ToListAsync(ct);
        return TypedResults.Ok(SurveyResults.Of(wave, estate, wave.Issued.GetValueOrDefault(estate), Means.Of(answers)));
    }

    internal static async Task<Ok<Page<SurveyWaveCard>>> List(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<SurveyWave>().OrderBy(wave => wave.Code).Page(SurveyWaveCard.Of, skip, take, ct));
}

static class ConcentrateHere
{
    /// <summary>Items of the wave closed last that owners find important and badly done, by the competency behind them.</summary>
    internal static async Task<ILookup<string, string>> Load(IQuerySession query, CancellationToken ct)
    {
        var last = (await query.Query<SurveyWave>().Where(wave => wave.Closed).ToListAsync(ct)).MaxBy(wave => wave.ClosedAt);
        return last is null ? Enumerable.Empty<string>().ToLookup(none => none) : Of(last);
    }

    static ILookup<string, string> Of(SurveyWave wave) =>
        (from result in SurveyResults.Of(wave, null, wave.Issued.Values.Sum(), wave.Means).Items
         where result.Quadrant == Quadrant.ConcentrateHere
         from competency in result.Competencies
         select (competency, result.Code)).ToLookup(pair => pair.competency, pair => pair.Code);
}
