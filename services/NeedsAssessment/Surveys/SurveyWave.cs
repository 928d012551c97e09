using System.Collections.Immutable;
using Training.Foundation;

namespace Training.NeedsAssessment.Surveys;

/// <param name="Code">Such as Q05.</param>
/// <param name="Text">The question in Chinese.</param>
/// <param name="TextEnglish">The question in English.</param>
/// <param name="Dimension">SERVQUAL: tangibles, reliability, responsiveness, assurance, empathy.</param>
/// <param name="Competencies">What staff must be able to do for it; may be empty.</param>
public record SurveyItem(string Code, string Text, string TextEnglish, string Dimension, ImmutableArray<string> Competencies)
{
    public bool SameAs(SurveyItem other) => this with { Competencies = [] } == other with { Competencies = [] } && Competencies.SequenceEqual(other.Competencies);
}

/// <summary>The owners of one estate.</summary>
public record Stratum(EstateId EstateId, int Households);

/// <summary>Means on the scale 1–10 over <c>N</c> answers.</summary>
public record ItemMean(string Code, int N, decimal Importance, decimal Performance);

/// <param name="Responses">Answer sheets.</param>
/// <param name="Items">Items with at least one answer.</param>
/// <param name="OverallAnswers">How many rated the whole.</param>
/// <param name="Overall">Mean of that, 1–10; 0 without answers.</param>
/// <param name="NpsAnswers">How many said whether they would recommend.</param>
/// <param name="Nps">−100 … 100; 0 without answers.</param>
public record SurveyMeans(int Responses, ImmutableArray<ItemMean> Items, int OverallAnswers, decimal Overall, int NpsAnswers, decimal Nps);

public interface ISurveyFact : IFact;
/// <param name="WaveId">The wave.</param>
/// <param name="Code">Such as 2026Q4.</param>
/// <param name="Items">The questionnaire.</param>
/// <param name="Strata">Who is asked.</param>
/// <param name="Error">Half width of the interval, such as 0.08.</param>
/// <param name="Z">Normal quantile of the confidence, such as 1.96.</param>
/// <param name="At">When.</param>
public record SurveyWaveOpened(
    WaveId WaveId, string Code, ImmutableArray<SurveyItem> Items, ImmutableArray<Stratum> Strata, decimal Error, decimal Z, DateTimeOffset At) : ISurveyFact;
public record SurveyTokensIssued(EstateId EstateId, int Count, DateTimeOffset At) : ISurveyFact;
public record SurveyWaveClosed(SurveyMeans Means, DateTimeOffset At) : ISurveyFact;

/// <summary>One fielding of the owner questionnaire. Answers are kept apart from it and from the tokens.</summary>
public partial record SurveyWave(
    Guid Id, string Code, ImmutableArray<SurveyItem> Items, ImmutableArray<Stratum> Strata, decimal Error, decimal Z,
    ImmutableDictionary<Guid, int> Issued, bool Closed, SurveyMeans Means, DateTimeOffset ClosedAt)
{
    public static SurveyWave Create(SurveyWaveOpened e) =>
        new(e.WaveId.Value, e.Code, e.Items, e.Strata, e.Error, e.Z, ImmutableDictionary<Guid, int>.Empty, false, new(0, [], 0, 0, 0, 0), default);
    public SurveyWave Apply(SurveyTokensIssued e) => this with { Issued = Issued.SetItem(e.EstateId.Value, Issued.GetValueOrDefault(e.EstateId.Value) + e.Count) };
    public SurveyWave Apply(SurveyWaveClosed e) => this with { Closed = true, Means = e.Means, ClosedAt = e.At };
}
