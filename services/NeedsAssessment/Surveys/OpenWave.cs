using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

public record OpenWave(WaveId WaveId, string Code, ImmutableArray<SurveyItem> Items, ImmutableArray<Stratum> Strata, decimal Error, decimal Z, DateTimeOffset At);

public static class OpenWaveHandler
{
    public static ISurveyFact[] Decide(SurveyWave? wave, OpenWave command)
    {
        if (command.Items.IsEmpty) throw new RuleBroken("no-items", "A questionnaire needs items.");
        if (command.Items.CountBy(item => item.Code).Any(pair => pair.Value > 1)) throw new RuleBroken("item-twice", "An item code occurs twice.");
        if (command.Strata.CountBy(stratum => stratum.EstateId).Any(pair => pair.Value > 1)) throw new RuleBroken("estate-twice", "An estate occurs twice.");
        if (command.Error is <= 0 or >= 1 || command.Z <= 0) throw new RuleBroken("precision-out-of-range", "The error lies between 0 and 1, z above 0.");
        Length.AtMost(Length.OfCode, [command.Code, .. command.Items.SelectMany(item => item.Competencies.Append(item.Code).Append(item.Dimension))]);
        Length.AtMost(Length.OfText, command.Items.SelectMany(item => new[] { item.Text, item.TextEnglish }));
        if (wave is null) return [new SurveyWaveOpened(command.WaveId, command.Code, command.Items, command.Strata, command.Error, command.Z, command.At)];
        if (!Same(wave, command)) throw new RuleBroken("wave-fixed", "A wave keeps its questionnaire and its sample; open another wave.");
        return [];
    }

    static bool Same(SurveyWave wave, OpenWave command) =>
        (wave.Code, wave.Error, wave.Z) == (command.Code, command.Error, command.Z) && wave.Strata.SequenceEqual(command.Strata)
        && wave.Items.Length == command.Items.Length && wave.Items.Zip(command.Items).All(pair => pair.First.SameAs(pair.Second));

    public record Item(string Code, string Text, string TextEnglish, string Dimension, string CompetencyCode = "");
    public record StratumBody(Guid EstateId, int Households);
    public record Body(string Code, ImmutableArray<Item> Items, ImmutableArray<StratumBody> Strata, decimal Error = 0.08m, decimal Confidence = 1.96m);
    public record Sample(Guid EstateId, int Households, int SampleSize);
    public record Answer(Guid WaveId, IReadOnlyList<Sample> Strata, int Total);

    internal static async Task<Ok<Answer>> Handle(Guid waveId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var items = body.Items.Select(item => new SurveyItem(item.Code, item.Text, item.TextEnglish, item.Dimension,
            [.. item.CompetencyCode.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        var command = new OpenWave(new(waveId), body.Code, [.. items], [.. body.Strata.Select(stratum => new Stratum(new(stratum.EstateId), stratum.Households))],
            body.Error, body.Confidence, clock.GetUtcNow());
        await session.Begin<SurveyWave>(waveId, wave => Decide(wave, command), ct);

        Sample[] samples = [.. body.Strata.Select(stratum => new Sample(stratum.EstateId, stratum.Households, SampleSize.Of(stratum.Households, command.Error, command.Z)))];
        return TypedResults.Ok(new Answer(waveId, samples, samples.Sum(sample => sample.SampleSize)));
    }
}
