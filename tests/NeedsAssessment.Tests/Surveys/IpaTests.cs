using Training.NeedsAssessment.Surveys;

namespace Training.NeedsAssessment.Tests.Surveys;

public class IpaTests
{
    /// <summary>The means planted in the reference group, with the quadrants they must come out in.</summary>
    public static TheoryData<string, decimal, decimal, Quadrant> Planted => new()
    {
        { "Q01", 8.6m, 7.1m, Quadrant.KeepUp },
        { "Q02", 9.3m, 6.4m, Quadrant.ConcentrateHere },
        { "Q03", 9.2m, 6.3m, Quadrant.ConcentrateHere },
        { "Q04", 9.0m, 5.9m, Quadrant.ConcentrateHere },
        { "Q05", 9.1m, 5.6m, Quadrant.ConcentrateHere },
        { "Q06", 7.6m, 6.8m, Quadrant.PossibleOverkill },
        { "Q07", 8.0m, 8.1m, Quadrant.PossibleOverkill },
        { "Q08", 8.5m, 7.4m, Quadrant.KeepUp },
        { "Q09", 8.9m, 6.2m, Quadrant.ConcentrateHere },
        { "Q10", 8.2m, 5.7m, Quadrant.LowPriority },
        { "Q11", 8.4m, 6.0m, Quadrant.LowPriority },
        { "Q12", 8.3m, 6.5m, Quadrant.LowPriority },
        { "Q13", 8.8m, 7.9m, Quadrant.KeepUp },
        { "Q14", 7.4m, 6.6m, Quadrant.LowPriority },
        { "Q15", 8.6m, 7.6m, Quadrant.KeepUp },
        { "Q16", 9.4m, 8.0m, Quadrant.KeepUp },
        { "Q17", 9.2m, 7.2m, Quadrant.KeepUp },
        { "Q18", 9.3m, 7.7m, Quadrant.KeepUp },
        { "Q19", 7.2m, 6.4m, Quadrant.LowPriority },
        { "Q20", 7.8m, 6.6m, Quadrant.LowPriority },
        { "Q21", 6.4m, 6.9m, Quadrant.PossibleOverkill },
        { "Q22", 7.5m, 6.1m, Quadrant.LowPriority },
        { "Q23", 8.7m, 6.1m, Quadrant.ConcentrateHere },
        { "Q24", 8.8m, 7.3m, Quadrant.KeepUp },
    };

    static IReadOnlyList<ItemMean> Means => [.. Planted.Select(row => new ItemMean(row.Data.Item1, 4_126, row.Data.Item2, row.Data.Item3))];

    [Theory]
    [MemberData(nameof(Planted))]
    public void Every_item_lies_in_its_quadrant(string code, decimal importance, decimal performance, Quadrant quadrant) =>
        Assert.Equal((quadrant, importance - performance), Ipa.Of(Means).Items.Where(item => item.Code == code).Select(item => (item.Quadrant, item.Gap)).Single());

    [Fact]
    public void The_crosshair_lies_at_the_means_of_the_data()
    {
        var ipa = Ipa.Of(Means);
        Assert.Equal((8.43m, 6.77m), (decimal.Round(ipa.Importance, 2, MidpointRounding.AwayFromZero), decimal.Round(ipa.Performance, 2, MidpointRounding.AwayFromZero)));
        Assert.Equal([6, 8, 7, 3], Enum.GetValues<Quadrant>().Select(quadrant => ipa.Items.Count(item => item.Quadrant == quadrant)));
    }

    [Fact]
    public void The_index_of_the_planted_means_is_64_1() => Assert.Equal(64.1m, decimal.Round(Ipa.Index(Means), 1));

    [Fact]
    public void On_the_crosshair_counts_as_high() =>
        Assert.Equal(Quadrant.KeepUp, Ipa.Of([new("Q1", 9, 8, 6)]).Items[0].Quadrant);

    [Theory]
    [InlineData(186, 84)]
    [InlineData(240, 93)]
    [InlineData(520, 117)]
    [InlineData(860, 128)]
    [InlineData(158, 78)]
    [InlineData(96, 59)]
    [InlineData(1020, 131)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void The_sample_of_an_estate_is_that_of_the_reference(int households, int expected) => Assert.Equal(expected, SampleSize.Of(households, 0.08m, 1.96m));

    [Theory]
    [InlineData(4, 5, false)]
    [InlineData(5, 25, true)]
    [InlineData(5, 26, false)]
    [InlineData(100, 0, false)]
    public void Few_answers_are_not_published(int responses, int invited, bool published) => Assert.Equal(published, Publishable.Refusal(responses, invited) == "");
}
