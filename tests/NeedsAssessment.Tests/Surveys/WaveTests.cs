using System.Collections.Immutable;
using Training.Foundation;
using Training.NeedsAssessment.Surveys;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Surveys;

public class WaveTests
{
    static readonly WaveId Wave = new(Guid.CreateVersion7());
    static readonly SurveyItem
        Prompt = new("Q02", "首次响应及时", "First response is prompt", "responsiveness", ["C19"]), Fair = new("Q05", "投诉处理公平有结果", "Complaints end fairly", "reliability", ["C07"]);
    static readonly SurveyWaveOpened Opened = new(Wave, "2026Q4", [Prompt, Fair], [new(Estate, 186)], 0.08m, 1.96m, Now);
    static readonly OpenWave Open = new(Wave, "2026Q4", [Prompt, Fair], [new(Estate, 186)], 0.08m, 1.96m, Now);
    static readonly SurveyMeans NoMeans = new(0, [], 0, 0, 0, 0);

    [Fact]
    public void A_wave_opens_once()
    {
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open)).Then(Opened);
        Given<SurveyWave>.That(Opened).When(wave => OpenWaveHandler.Decide(wave, Open)).ThenNothing();
    }

    [Fact]
    public void A_wave_keeps_its_questionnaire() =>
        Given<SurveyWave>.That(Opened).When(wave => OpenWaveHandler.Decide(wave, Open with { Items = [Prompt, Fair with { Competencies = [] }] })).ThenBroken("wave-fixed");

    [Fact]
    public void A_questionnaire_is_checked()
    {
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Items = [] })).ThenBroken("no-items");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Items = [Fair, Fair] })).ThenBroken("item-twice");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Strata = [new(Estate, 1), new(Estate, 2)] })).ThenBroken("estate-twice");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Error = 8 })).ThenBroken("precision-out-of-range");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Code = new('x', 61) })).ThenBroken("too-long");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Items = [Fair with { Dimension = new('x', 61) }] })).ThenBroken("too-long");
        GivenNothing.When(() => OpenWaveHandler.Decide(null, Open with { Items = [Fair with { Text = new('x', 500) }, Prompt with { TextEnglish = new('x', 501) }] })).ThenBroken("too-long");
    }

    [Fact]
    public void Tokens_are_counted_by_estate()
    {
        var issued = new SurveyTokensIssued(Estate, 84, Now);
        Given<SurveyWave>.That(Opened).When(wave => IssueTokensHandler.Decide(wave, new(Estate, 84, Now))).Then(issued);
        Assert.Equal(168, Given<SurveyWave>.That(Opened, issued, issued).State.Issued[Estate.Value]);
        Given<SurveyWave>.That(Opened).When(wave => IssueTokensHandler.Decide(wave, new(OtherEstate, 84, Now))).ThenBroken("estate-not-asked");
        Given<SurveyWave>.That(Opened).When(wave => IssueTokensHandler.Decide(wave, new(Estate, 0, Now))).ThenBroken("count-out-of-range");
        Given<SurveyWave>.That(Opened, new SurveyWaveClosed(NoMeans, Now)).When(wave => IssueTokensHandler.Decide(wave, new(Estate, 1, Now))).ThenBroken("wave-closed");
    }

    [Fact]
    public void A_wave_closes_once()
    {
        Given<SurveyWave>.That(Opened).When(wave => CloseWaveHandler.Decide(wave, new(NoMeans, Now))).Then(new SurveyWaveClosed(NoMeans, Now));
        Given<SurveyWave>.That(Opened, new SurveyWaveClosed(NoMeans, Now)).When(wave => CloseWaveHandler.Decide(wave, new(NoMeans, Now.AddDays(1)))).ThenNothing();
    }

    [Theory]
    [InlineData("Q02", 9, 6, null, null, "")]
    [InlineData("Q99", 9, 6, null, null, "unknown-item")]
    [InlineData("Q02", 0, 6, null, null, "rating-out-of-range")]
    [InlineData("Q02", 9, 11, null, null, "rating-out-of-range")]
    [InlineData("Q02", 9, 6, 11, null, "rating-out-of-range")]
    [InlineData("Q02", 9, 6, null, 11, "rating-out-of-range")]
    [InlineData("Q02", 9, 6, 1, 0, "")]
    public void An_answer_fits_the_questionnaire(string item, int importance, int performance, int? overall, int? nps, string code) =>
        Assert.Equal(code, Check(new([new(item, importance, performance)], overall, nps)));

    [Fact]
    public void An_item_is_answered_once_and_only_while_the_wave_is_open()
    {
        Assert.Equal("item-twice", Check(new([new("Q02", 1, 1), new("Q02", 2, 2)])));
        Assert.Equal("wave-closed", Check(new([new("Q02", 1, 1)]), Opened, new SurveyWaveClosed(NoMeans, Now)));
    }

    [Fact]
    public void An_empty_sheet_is_no_answer()
    {
        Assert.Equal("empty-sheet", Check(new([])));
        Assert.Equal("", Check(new([], 7)));
        Assert.Equal("", Check(new([], null, 0)));
        Assert.Equal(1, Means.Of([Answer([], null, null), Answer([], null, 0)]).Responses);
    }

    [Fact]
    public void Means_and_promoters_are_counted_over_what_was_answered()
    {
        ImmutableArray<ItemAnswer> fair = [new("Q05", 9, 5)], both = [new("Q05", 10, 6), new("Q02", 8, 7)];
        SurveyAnswer[] answers = [Answer(fair, 8, 9), Answer(both, null, 10), Answer([], 7, 6), Answer([], null, 8)];

        var means = Means.Of(answers);

        Assert.Equal([new("Q02", 1, 8, 7), new("Q05", 2, 9.5m, 5.5m)], means.Items.AsEnumerable());
        Assert.Equal((4, 2, 7.5m, 4, 25m), (means.Responses, means.OverallAnswers, means.Overall, means.NpsAnswers, means.Nps));
    }

    [Fact]
    public void Suppressed_results_carry_no_figures()
    {
        var wave = Given<SurveyWave>.That(Opened).State;
        var means = new SurveyMeans(5, [new("Q02", 5, 9, 6), new("Q05", 5, 8, 8)], 5, 7, 5, 40);

        var shown = SurveyResults.Of(wave, Estate.Value, 25, means);
        var hidden = SurveyResults.Of(wave, Estate.Value, 26, means);

        Assert.Equal([Quadrant.ConcentrateHere, Quadrant.PossibleOverkill], shown.Items.Select(item => item.Quadrant));
        Assert.Equal((false, 8.5m, 7m, 66.67m), (shown.Suppressed, shown.CrosshairImportance, shown.CrosshairPerformance, shown.Index));
        Assert.Equal((true, null, null, null, null, 0), (hidden.Suppressed, hidden.CrosshairImportance, hidden.Index, hidden.Overall, hidden.Nps, hidden.Items.Count));
        Assert.NotEmpty(hidden.SuppressedBecause);
    }

    [Fact]
    public void A_question_that_fewer_than_five_answered_is_left_out()
    {
        var wave = Given<SurveyWave>.That(Opened).State;
        var means = new SurveyMeans(20, [new("Q02", 5, 9, 6), new("Q05", 4, 10, 1)], 4, 7, 4, 40);

        var shown = SurveyResults.Of(wave, Estate.Value, 20, means);

        Assert.Equal([("Q02", 5, Quadrant.KeepUp)], shown.Items.Select(item => (item.Code, item.N, item.Quadrant)));
        Assert.Equal((false, 9m, 6m, 55.56m, null, null), (shown.Suppressed, shown.CrosshairImportance, shown.CrosshairPerformance, shown.Index, shown.Overall, shown.Nps));
        Assert.Equal((5m, 40m), SurveyResults.Of(wave, Estate.Value, 20, means with { OverallAnswers = 5, Overall = 5, NpsAnswers = 5 }) is var more ? (more.Overall, more.Nps) : default);
    }

    [Fact]
    public void Where_no_question_may_be_shown_there_is_no_figure()
    {
        var none = SurveyResults.Of(Given<SurveyWave>.That(Opened).State, Estate.Value, 20, new(5, [new("Q05", 1, 10, 1)], 4, 7, 0, 0));

        Assert.Equal((false, 0, null, null, null, null, null),
            (none.Suppressed, none.Items.Count, none.CrosshairImportance, none.CrosshairPerformance, none.Index, none.Overall, none.Nps));
    }

    [Fact]
    public void What_may_not_be_shown_is_not_stored()
    {
        var stored = Publishable.Shown(new(20, [new("Q02", 5, 9, 6), new("Q05", 4, 10, 1)], 4, 7, 4, 40));

        Assert.Equal([new("Q02", 5, 9, 6)], stored.Items.AsEnumerable());
        Assert.Equal((20, 0, 0m, 0, 0m), (stored.Responses, stored.OverallAnswers, stored.Overall, stored.NpsAnswers, stored.Nps));
    }

    static SurveyAnswer Answer(ImmutableArray<ItemAnswer> items, int? overall, int? nps) => new(Guid.NewGuid(), Wave.Value, Estate.Value, Today, items, overall, nps);

    static string Check(AnswerSurveyHandler.Body body, params IFact[] facts)
    {
        var wave = Given<SurveyWave>.That(facts is [] ? [Opened] : facts).State;
        try { AnswerSurveyHandler.Check(wave, body); return ""; }
        catch (RuleBroken broken) { return broken.Code; }
    }
}
