using Training.Budgeting.Lines;
using static Training.Budgeting.Lines.TransferFundsHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Lines;

public class TransferFundsTests
{
    static readonly Guid Transfer = Guid.CreateVersion7();
    static readonly LinePlanned From = Planned(1_000), To = Planned(100);

    static TransferFunds Move(decimal amount) => new(Transfer, From.LineId, To.LineId, Cny(amount), "more drills", Now);

    [Fact]
    public void Money_leaves_one_line_and_enters_the_other()
    {
        Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(400))).Then(new FundsTransferredOut(Transfer, To.LineId, Cny(400), "more drills", Now));
        Given<BudgetLine>.That(To).When(line => DecideIn(line, Move(400))).Then(new FundsTransferredIn(Transfer, From.LineId, Cny(400), "more drills", Now));
    }

    [Fact]
    public void A_transfer_happens_once()
    {
        Given<BudgetLine>.That(From, new FundsTransferredOut(Transfer, To.LineId, Cny(400), "", Now)).When(line => DecideOut(line, Move(400))).ThenNothing();
        Given<BudgetLine>.That(To, new FundsTransferredIn(Transfer, From.LineId, Cny(400), "", Now)).When(line => DecideIn(line, Move(400))).ThenNothing();
    }

    [Fact]
    public void Promised_money_cannot_be_moved() =>
        Given<BudgetLine>.That(From, new FundsReserved(Run, Cny(700), Now)).When(line => DecideOut(line, Move(400))).ThenBroken("not-enough-funds");

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Nothing_to_move_is_refused(decimal amount) =>
        Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(amount))).ThenBroken("nothing-to-transfer");

    [Fact]
    public void Only_money_of_the_lines_currency_moves() =>
        Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(10) with { Amount = new(10, "EUR") })).ThenBroken("other-currency");

    [Fact]
    public void A_line_cannot_pay_itself() =>
        Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(10) with { To = From.LineId })).ThenBroken("same-line");
}
