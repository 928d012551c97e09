using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Tests.Lines;

public class BurnDownTests
{
    static readonly RunId Run = new(DerivedId.Of("test", "run")), Other = new(DerivedId.Of("test", "other"));

    static Money Cny(decimal amount) => new(amount, "CNY");
    static DateTimeOffset On(int month, int day) => new(2027, month, day, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Money_moves_from_reserved_to_committed_to_actual_month_by_month()
    {
        (DateTimeOffset, ILineFact)[] facts =
        [
            (On(1, 5), new FundsReserved(Run, Cny(1000), On(1, 5))), (On(1, 6), new FundsReserved(Other, Cny(400), On(1, 6))),
            (On(2, 1), new FundsCommitted(Run, Cny(1000), On(2, 1))), (On(2, 2), new FundsReleased(Other, Cny(400), "parked", On(2, 2))),
            (On(3, 1), new RunActualPosted(Run, Guid.Empty, Cny(900), On(3, 1))), (On(3, 2), new FundsReleased(Run, Cny(100), "held", On(3, 2))),
            (On(3, 3), new OtherActualPosted(Guid.Empty, Cny(50), "D1", On(3, 3))), (On(3, 4), new RunOverspent(Run, Guid.Empty, Cny(30), On(3, 4))),
        ];

        Assert.Equal([new(new(2027, 1, 1), 1400, 0, 0, 0), new(new(2027, 2, 1), 0, 1000, 0, 0), new(new(2027, 3, 1), 0, 0, 950, 30)], BurnDown.Of(2027, "CNY", facts).Items);
    }

    [Fact]
    public void A_year_without_facts_has_no_months() => Assert.Empty(BurnDown.Of(2027, "CNY", []).Items);
}
