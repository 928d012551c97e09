using Training.Budgeting.Periods;
using static Training.Budgeting.Periods.OpenPeriodHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Periods;

public class OpenPeriodTests
{
    static readonly OpenPeriod Command = new(2027, "CNY", Now);

    [Fact]
    public void A_year_is_opened_once()
    {
        GivenNothing.When(() => Decide(null, Command)).Then(new PeriodOpened(2027, "CNY", Now));
        Given<BudgetPeriod>.That(new PeriodOpened(2027, "CNY", Now)).When(period => Decide(period, Command)).ThenNothing();
    }

    [Fact]
    public void Wages_may_come_before_the_year_is_opened() =>
        Given<BudgetPeriod>.That(new WageBaseReceived("YL-HZ", Cny(5))).When(period => Decide(period, Command)).Then(new PeriodOpened(2027, "CNY", Now));

    [Fact]
    public void The_currency_of_a_year_stays() =>
        Given<BudgetPeriod>.That(new PeriodOpened(2027, "CNY", Now)).When(period => Decide(period, Command with { Currency = "USD" })).ThenBroken("currency-fixed");

    [Theory]
    [InlineData("Yuan")]
    [InlineData("cny")]
    [InlineData("C1Y")]
    public void A_currency_has_three_capital_letters(string currency) => GivenNothing.When(() => Decide(null, Command with { Currency = currency })).ThenBroken("no-currency");

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void A_year_has_four_digits(int year) => GivenNothing.When(() => Decide(null, Command with { Year = year })).ThenBroken("year-out-of-range");

    [Fact]
    public void The_same_wages_again_change_nothing()
    {
        var wages = new ReceiveWageBase("YL-HZ", Cny(5));
        GivenNothing.When(() => ReceiveWageBaseHandler.Decide(null, wages)).Then(new WageBaseReceived("YL-HZ", Cny(5)));
        Given<BudgetPeriod>.That(new WageBaseReceived("YL-HZ", Cny(5))).When(period => ReceiveWageBaseHandler.Decide(period, wages)).ThenNothing();
        Given<BudgetPeriod>.That(new WageBaseReceived("YL-HZ", Cny(5))).When(period => ReceiveWageBaseHandler.Decide(period, wages with { Wages = Cny(6) }))
            .Then(new WageBaseReceived("YL-HZ", Cny(6)));
    }
}
