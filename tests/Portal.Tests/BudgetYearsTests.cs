using Training.Portal.Clients;

namespace Training.Portal.Tests;

public class BudgetYearsTests
{
    [Theory]
    [InlineData(2027, 2027)]
    [InlineData(2026, 2026)]
    [InlineData(2030, 2028)]
    [InlineData(2020, 2028)]
    public void The_year_that_contains_today_is_shown_otherwise_the_newest(int today, int shown)
    {
        var years = BudgetYears.Of([new(2026, "CNY"), new(2028, "CNY"), new(2027, "CNY")], today);

        Assert.Equal(shown, years.Shown);
        Assert.Equal([2028, 2027, 2026], years.Open.Select(one => one.Year));
    }

    [Fact]
    public void Before_any_year_is_open_this_year_is_shown() => Assert.Equal(2027, BudgetYears.Of([], 2027).Shown);
}
