using Training.Budgeting.Lines;
using Training.Budgeting.Periods;
using Training.Foundation;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Periods;

public class SummaryTests
{
    static readonly PeriodOpened Opened = new(2027, "CNY", Now);

    static LineCard Line(string entity, decimal amount, bool frontLine = true, params IFact[] more) =>
        LineCard.Of(Given<BudgetLine>.That([Planned(amount, purpose: Purpose with { LegalEntity = entity, FrontLine = frontLine }), .. more]).State);

    static Summary Of(IFact[] period, params LineCard[] lines) => Summary.Of(2027, Given<BudgetPeriod>.That(period).State, lines);

    /// <summary>Together they have 1.7 % and would hide the one that is short.</summary>
    [Fact]
    public void One_legal_entity_does_not_make_up_for_another()
    {
        var summary = Of([Opened, new WageBaseReceived("YL-A", Cny(100_000)), new WageBaseReceived("YL-B", Cny(100_000))], Line("YL-A", 900), Line("YL-B", 2_500));

        Assert.Equal(
            [("YL-A", 900m, 1_500m, RuleStatus.NotMet, RuleStatus.NotMet), ("YL-B", 2_500m, 1_500m, RuleStatus.Met, RuleStatus.Met)],
            summary.LegalEntities.Select(entity => (entity.LegalEntity, entity.Allocated, entity.Floor15, entity.Floor15Status, entity.Floor25Status)));
        Assert.Equal((200_000m, 3_400m, 3_000m, 5_000m, 16_000m), (summary.WageBase, summary.Allocated, summary.Floor15, summary.Floor25, summary.DeductibleCeiling));
    }

    [Fact]
    public void Amounts_are_rounded_for_each_legal_entity_so_that_they_add_up()
    {
        var summary = Of([Opened, new WageBaseReceived("YL-A", Cny(100.30m)), new WageBaseReceived("YL-B", Cny(100.30m))]);

        Assert.Equal([1.50m, 1.50m], summary.LegalEntities.Select(entity => entity.Floor15));
        Assert.Equal(3.00m, summary.Floor15);
    }

    [Fact]
    public void What_was_overspent_counts_against_the_ceiling()
    {
        var spent = new OtherActualPosted(Guid.CreateVersion7(), Cny(8_000), "INV-1", Now);
        IFact[] period = [Opened, new WageBaseReceived("YL-A", Cny(100_000))];

        Assert.Equal(RuleStatus.Met, Of(period, Line("YL-A", 9_000, true, spent)).LegalEntities[0].CeilingStatus);
        Assert.Equal(RuleStatus.NotMet, Of(period, Line("YL-A", 9_000, true, spent, new RunOverspent(Run, Guid.CreateVersion7(), Cny(0.01m), Now))).LegalEntities[0].CeilingStatus);
    }

    [Fact]
    public void Three_fifths_go_to_the_front_line()
    {
        Assert.Equal((0.6m, RuleStatus.Met), FrontLine(Line("YL-A", 60), Line("YL-A", 40, frontLine: false)));
        Assert.Equal((0.59m, RuleStatus.NotMet), FrontLine(Line("YL-A", 59), Line("YL-A", 41, frontLine: false)));
        Assert.Equal((0, RuleStatus.Unknown), FrontLine(Line("YL-A", 0)));

        static (decimal, RuleStatus) FrontLine(params LineCard[] lines) => Of([Opened], lines).LegalEntities is [var only] ? (only.FrontLineShare, only.FrontLineStatus) : default;
    }

    [Fact]
    public void Without_wages_in_the_currency_of_the_year_nothing_is_judged_by_them()
    {
        var summary = Of([Opened, new WageBaseReceived("YL-B", new(100_000, "USD"))], Line("YL-A", 100), Line("YL-B", 100));

        Assert.All(summary.LegalEntities, entity =>
            Assert.Equal((RuleStatus.Unknown, RuleStatus.Unknown, RuleStatus.Unknown, RuleStatus.Met), (entity.Floor15Status, entity.Floor25Status, entity.CeilingStatus, entity.FrontLineStatus)));
        Assert.Equal((2, 0m), (summary.LegalEntities.Count, summary.WageBase));
    }
}
