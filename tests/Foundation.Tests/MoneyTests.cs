using CsCheck;

namespace Training.Foundation.Tests;

public class MoneyTests
{
    static Money Cny(decimal amount) => new(amount, "CNY");

    [Fact]
    public void Currencies_never_mix()
    {
        var dollars = new Money(1, "USD");
        Assert.Throws<InvalidOperationException>(() => Cny(1) + dollars);
        Assert.Throws<InvalidOperationException>(() => Cny(1) - dollars);
        Assert.Throws<InvalidOperationException>(() => Cny(1) > dollars);
        Assert.Throws<InvalidOperationException>(() => Cny(1) <= dollars);
    }

    [Theory]
    [InlineData("2.345", "2.35")]
    [InlineData("2.344", "2.34")]
    [InlineData("-2.345", "-2.35")]
    [InlineData("2.355", "2.36")]
    public void Halves_round_away_from_zero(string amount, string rounded) =>
        Assert.Equal(decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture), Cny(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)).Rounded().Amount);

    [Fact]
    public void What_is_added_can_be_taken_away() => Gen.Select(Gen.Decimal[-1_000_000, 1_000_000], Gen.Decimal[-1_000_000, 1_000_000]).Sample((left, right) =>
    {
        var (a, b) = (Cny(decimal.Round(left, 2)), Cny(decimal.Round(right, 2)));
        Assert.Equal(a, a + b - b);
        Assert.Equal(a + b, b + a);
        Assert.Equal(a > b, b < a);
        Assert.NotEqual(a >= b, a < b);
    }, iter: 1_000);

    [Fact]
    public void Money_reads_the_same_everywhere() => Assert.Equal("1234.50 CNY", Cny(1_234.5m).ToString());
}
