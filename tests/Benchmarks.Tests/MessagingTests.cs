using Training.Benchmarks.Messaging;
using Outcome = Training.Benchmarks.Messaging.Outcome;

namespace Training.Benchmarks.Tests;

/// <summary>What the messaging benchmarks calculate and say. What they measure is no test.</summary>
public class MessagingTests
{
    /// <summary>Reference values: R 4, <c>quantile(c(15, 20, 35, 40, 50), c(.05, .3, .4, .5, .99))</c>, type 7.</summary>
    [Theory]
    [InlineData(0.05, 16)]
    [InlineData(0.3, 23)]
    [InlineData(0.4, 29)]
    [InlineData(0.5, 35)]
    [InlineData(0.99, 49.6)]
    public void Percentiles_are_those_of_R(double share, double expected) =>
        Assert.Equal(expected, Statistics.Percentile([50, 15, 40, 20, 35], share), 9);

    [Fact]
    public void Nothing_has_no_percentile() => Assert.True(double.IsNaN(Statistics.Median([])));

    [Fact]
    public void A_ratio_of_nothing_is_a_dash() => Assert.Equal("-", Ratio.Of([], []).ToString());

    [Fact]
    public void A_ratio_is_the_median_of_the_rounds_not_the_ratio_of_the_medians()
    {
        var ratio = Ratio.Of([10, 30, 80], [20, 30, 40]);

        Assert.Equal(new(1, 0.5, 2), ratio);
        Assert.Equal("1.00 [0.50-2.00]", ratio.ToString());
    }

    [Theory]
    [InlineData("", true, "B5 ratio=0.50 [0.40-0.60] p50_ms=4.20 p99_ms=12.3 target=p50<=10ms met")]
    [InlineData("", false, "B5 ratio=0.50 [0.40-0.60] p50_ms=4.20 p99_ms=12.3 target=p50<=10ms short")]
    [InlineData("platform saw 1 of 2", true, "B5 ratio=0.50 [0.40-0.60] p50_ms=4.20 p99_ms=12.3 target=p50<=10ms invalid: platform saw 1 of 2")]
    public void The_first_line_of_an_outcome_tells_whether_the_target_is_met(string wrong, bool met, string expected)
    {
        var outcome = new Outcome("B5", "p50<=10ms", met, new(0.5, 0.4, 0.6), 4.2, 12.34, wrong, new Dictionary<string, Figures>(), new Dictionary<string, double>());

        Assert.Equal([expected], outcome.Lines());
    }

    [Fact]
    public void The_tables_have_a_row_for_each_outcome_and_one_for_each_of_its_sides()
    {
        var side = new Figures(1_234, double.NaN, double.NaN, default, [], []);
        Outcome[] outcomes = [new("B1", ">=0.80_of_raw", false, new(0.5, 0.4, 0.6), double.NaN, 1, "", new Dictionary<string, Figures> { ["raw"] = side }, new Dictionary<string, double> { ["times_marten"] = 1.5 })];

        Assert.Equal(
            ["| | ratio, median [least-most] | p50, p99 ms | target | | further |", "|---|---|---|---|---|---|",
                "| B1 | 0.50 [0.40-0.60] | -, 1.00 | ≥ 0.80 of raw | short | times Marten 1.50 |",
                "",
                "| | side | per second | p50, p99 ms | processor ms per event: app, PostgreSQL, broker |", "|---|---|---|---|---|",
                "| B1 | raw | 1,234 |  | 0.000, 0.000, 0.000 |"],
            Outcome.Markdown(outcomes));
    }

    [Fact]
    public async Task Rounds_go_round_all_sides_and_a_failed_check_is_kept()
    {
        List<string> order = [];
        Side Of(string name, double perSecond, string wrong) => new(name, round =>
        {
            order.Add($"{name}{round}");
            return Task.FromResult(new Reading(perSecond * (round + 1), [1, 2, 3], 10, new(20, 0, 0), wrong));
        });

        var measured = await Rig.Repeat(2, Of("platform", 50, ""), Of("raw", 100, "lost one"));

        Assert.Equal(["platform0", "raw0", "platform1", "raw1"], order);
        Assert.Equal(new(0.5, 0.5, 0.5), measured.Rates("platform", "raw"));
        Assert.Equal("raw lost one", measured.Wrong);
        Assert.Equal(2, measured["platform"].CpuPerEvent.App);
        Assert.Contains("invalid: raw lost one", measured.Outcome("B1", "none", measured.Rates("platform", "raw"), (_, _) => true).Lines().First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(123_456)]
    public void Every_payload_has_422_bytes(int number) => Assert.Equal(Signals.Bytes, Signals.Json(Signals.Make(number * 1_000_000_007L, number)).Length);
}
