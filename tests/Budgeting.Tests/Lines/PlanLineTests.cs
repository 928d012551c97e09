using Training.Budgeting.Lines;
using Training.Budgeting.Periods;
using Training.Foundation;
using static Training.Budgeting.Lines.PlanLineHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Lines;

public class PlanLineTests
{
    static readonly LinePlanned Fact = Planned(1_000);
    static readonly PlanLine Same = new(Fact.LineId, Fact.Purpose, Fact.Amount, Fact.OnOverrun, Fact.WarnAt, Now);

    [Fact]
    public void A_new_line_is_planned() => GivenNothing.When(() => Decide(null, null, Same)).Then(Fact);

    [Fact]
    public void The_same_line_again_changes_nothing() => Given<BudgetLine>.That(Fact).When(line => Decide(line, null, Same)).ThenNothing();

    [Fact]
    public void Other_content_revises_the_line() =>
        Given<BudgetLine>.That(Fact).When(line => Decide(line, null, Same with { Amount = Cny(1_500) }))
            .Then(new LineRevised(Fact.Purpose, Cny(1_500), Fact.OnOverrun, Fact.WarnAt, Now));

    [Fact]
    public void Who_saw_another_amount_does_not_undo_what_came_in_between()
    {
        var revise = Same with { Amount = Cny(1_500), Was = 1_000 };
        Given<BudgetLine>.That(Fact).When(line => Decide(line, null, revise)).Then(new LineRevised(Fact.Purpose, Cny(1_500), Fact.OnOverrun, Fact.WarnAt, Now));
        Given<BudgetLine>.That(Fact with { Amount = Cny(700) }).When(line => Decide(line, null, revise)).ThenBroken("line-changed");
        // Sent twice, it is done once.
        Given<BudgetLine>.That(Fact with { Amount = Cny(1_500) }).When(line => Decide(line, null, revise)).ThenNothing();
    }

    [Fact]
    public void A_stop_line_cannot_shrink_below_what_is_used() =>
        Given<BudgetLine>.That(Fact, new FundsReserved(Run, Cny(700), Now)).When(line => Decide(line, null, Same with { Amount = Cny(699) })).ThenBroken("less-than-used");

    [Fact]
    public void The_currency_stays() =>
        Given<BudgetLine>.That(Fact).When(line => Decide(line, null, Same with { Amount = new Money(1_000, "USD") })).ThenBroken("currency-fixed");

    [Fact]
    public void Negative_money_is_refused() => GivenNothing.When(() => Decide(null, null, Same with { Amount = Cny(-1) })).ThenBroken("negative-amount");

    [Fact]
    public void A_warning_share_above_one_is_refused() => GivenNothing.When(() => Decide(null, null, Same with { WarnAt = 85 })).ThenBroken("warn-at-out-of-range");

    [Theory]
    [InlineData("RM")]
    [InlineData("cny")]
    [InlineData("Yuan")]
    [InlineData("元元元")]
    public void A_currency_is_three_capital_letters(string currency) =>
        GivenNothing.When(() => Decide(null, null, Same with { Amount = new(1_000, currency) })).ThenBroken("no-currency");

    /// <summary>Yuan are often written RMB; no run would ever be paid from such a line.</summary>
    [Fact]
    public void A_line_is_kept_in_the_currency_of_its_year()
    {
        var (open, unopened) = (Given<BudgetPeriod>.That(new PeriodOpened(2027, "CNY", Now)), Given<BudgetPeriod>.That(new WageBaseReceived("YL-HZ", Cny(5))));
        open.When(period => Decide(null, period, Same with { Amount = new(1_000, "RMB") })).ThenBroken("currency-fixed");
        open.When(period => Decide(null, period, Same)).Then(Fact);
        unopened.When(period => Decide(null, period, Same)).Then(Fact);
    }

    [Theory]
    [InlineData("2026Q1")]
    [InlineData("2027Q5")]
    [InlineData("2027Q0")]
    [InlineData("2027q1")]
    [InlineData("Q1")]
    public void A_quarter_belongs_to_its_year(string quarter) =>
        GivenNothing.When(() => Decide(null, null, Same with { Purpose = Fact.Purpose with { Quarter = quarter } })).ThenBroken("no-quarter");

    [Fact]
    public void An_amount_has_two_decimals() => GivenNothing.When(() => Decide(null, null, Same with { Amount = Cny(0.125m) })).ThenBroken("too-many-decimals");
}
