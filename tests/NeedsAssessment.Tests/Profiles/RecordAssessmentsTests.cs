using CsCheck;
using Training.NeedsAssessment.Profiles;
using static Training.NeedsAssessment.Profiles.RecordAssessmentsHandler;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Profiles;

public class RecordAssessmentsTests
{
    static readonly RatingWeights Weights = new();

    static RecordRatings Say(RatingSource source, string assessor, int level, string cycle = "2026Q4", int daysLater = 0) =>
        new(cycle, source, assessor, [new("C13", level)], Now.AddDays(daysLater), Now.AddDays(Math.Max(0, daysLater)));

    static Outcome When(Given<CompetencyProfile> given, RecordRatings command) =>
        given.When(profile => Decide(profile, Sec().For("SEC", []), Weights, command));

    [Fact]
    public void A_rating_closes_the_gap_it_fills() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)])), Say(RatingSource.Manager, "E-1", 4))
            .Then(Rated("2026Q4", ("C13", 4)), Gaps([], new ClosedGap("C13", 4, 4)));

    [Fact]
    public void A_rating_below_the_requirement_changes_the_size_of_the_gap() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)])), Say(RatingSource.Manager, "E-1", 3))
            .Then(Rated("2026Q4", ("C13", 3)), Gaps([GapOf(C13, 3)]));

    [Fact]
    public void The_same_rating_again_is_nothing_new() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)])), Say(RatingSource.Manager, "E-1", 4, daysLater: 3)).ThenNothing();

    [Fact]
    public void Another_source_of_the_cycle_counts_by_its_weight() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)])), Say(RatingSource.Self, "E-2", 2))
            .Then(new RatingsRecorded("2026Q4", RatingSource.Self, "E-2", [new("C13", 2, 4)], Now));

    [Fact]
    public void A_later_cycle_replaces_the_earlier() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)])), Say(RatingSource.Self, "E-2", 2, "2027Q1", 30))
            .Then(new RatingsRecorded("2027Q1", RatingSource.Self, "E-2", [new("C13", 2, 2)], Now.AddDays(30)),
                Gaps([GapOf(C13, 2)]) with { At = Now.AddDays(30) });

    [Fact]
    public void An_earlier_cycle_comes_too_late_and_it_is_said()
    {
        var rated = Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)]));
        var earlier = Say(RatingSource.Self, "E-2", 2, "2026Q3", -30);
        When(rated, earlier).ThenNothing();
        Assert.Equal(["C13"], LeftOut(rated.State, earlier with { Ratings = [new("C14", 1), new("C13", 2)] }));
        Assert.Empty(LeftOut(rated.State, Say(RatingSource.Self, "E-2", 2, "2026Q4", -30)));
        Assert.Empty(LeftOut(rated.State, Say(RatingSource.Self, "E-2", 2, "2027Q1", 30)));
    }

    [Fact]
    public void What_is_still_to_come_is_not_assessed()
    {
        var opened = Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)]));
        When(opened, Say(RatingSource.Manager, "E-1", 4) with { At = Now.AddHours(25) }).ThenBroken("assessed-in-future");
        When(opened, Say(RatingSource.Manager, "E-1", 4) with { At = Now.AddHours(24) })
            .Then(Rated("2026Q4", ("C13", 4)) with { At = Now.AddHours(24) }, Gaps([], new ClosedGap("C13", 4, 4)) with { At = Now.AddHours(24) });
    }

    [Fact]
    public void Cycles_assessors_and_competencies_are_short()
    {
        var (opened, said, text) = (Given<CompetencyProfile>.That(Opened), Say(RatingSource.Manager, "E-1", 4), new string('x', 61));
        When(opened, said with { Cycle = text }).ThenBroken("too-long");
        When(opened, said with { Assessor = text }).ThenBroken("too-long");
        When(opened, said with { Ratings = [new(text, 4)] }).ThenBroken("too-long");
    }

    [Fact]
    public void A_level_above_5_is_refused() => When(Given<CompetencyProfile>.That(Opened), Say(RatingSource.Manager, "E-1", 6)).ThenBroken("level-out-of-range");

    [Theory]
    [InlineData(3, "M3")]
    [InlineData(3, "M3 S5")]
    [InlineData(3, "O3 S5 S5")]
    [InlineData(3, "M2 O3 T4")]
    [InlineData(2, "M2 O4")]
    [InlineData(4, "M2 O4 S4")]
    public void The_median_weighs_the_sources(int expected, string ratings) => Assert.Equal(expected, Weights.Median([.. ratings.Split(' ').Select(Parse)]));

    [Fact]
    public void The_median_is_one_of_the_ratings_and_never_falls_when_a_rating_rises() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5]).Array[1, 8].Select(Gen.Int[0, 7]).Sample((raw, at) =>
        {
            Rating[] ratings = [.. raw.Select((pair, i) => new Rating((RatingSource)pair.Item1, $"{i}", pair.Item2))];
            var median = Weights.Median(ratings);
            Assert.Contains(ratings, rating => rating.Level == median);
            var index = at % ratings.Length;
            ratings[index] = ratings[index] with { Level = ratings[index].Level + 1 };
            Assert.True(Weights.Median(ratings) >= median);
        });

    static Rating Parse(string text, int index) => new(
        text[0] switch { 'M' => RatingSource.Manager, 'O' => RatingSource.Observation, 'T' => RatingSource.Test, _ => RatingSource.Self }, $"{index}", text[1] - '0');
}
