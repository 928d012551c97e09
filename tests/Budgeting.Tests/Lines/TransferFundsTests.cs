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
        Given<BudgetLine>.That(From, new FundsTransferredOut(Transfer, To.LineId, Cny(400), "more drills", Now)).When(line => DecideOut(line, Move(400))).ThenNothing();
        Given<BudgetLine>.That(To, new FundsTransferredIn(Transfer, From.LineId, Cny(400), "more drills", Now)).When(line => DecideIn(line, Move(400))).ThenNothing();
    }

    public static TheoryData<TransferFunds> Others =>
        [Move(401), Move(400) with { Reason = "fewer drills" }, Move(400) with { To = new(Guid.CreateVersion7()) }, Move(400) with { From = new(Guid.CreateVersion7()) }];

    /// <summary>Or money would come from nowhere: the line that gave has seen the id, the new one that takes has not.</summary>
    [Theory, MemberData(nameof(Others))]
    public void The_id_of_a_transfer_moves_nothing_else(TransferFunds other)
    {
        Given<BudgetLine>.That(From, new FundsTransferredOut(Transfer, To.LineId, Cny(400), "more drills", Now)).When(line => DecideOut(line, other)).ThenBroken("transfer-fixed");
        Given<BudgetLine>.That(To, new FundsTransferredIn(Transfer, From.LineId, Cny(400), "more drills", Now)).When(line => DecideIn(line, other)).ThenBroken("transfer-fixed");
    }

    [Fact]
    public void The_id_of_a_posting_is_none_of_a_transfer() =>
        Given<BudgetLine>.That(From, new OtherActualPosted(Transfer, Cny(400), "more drills", Now)).When(line => DecideOut(line, Move(400))).ThenBroken("transfer-fixed");

    [Fact]
    public void An_amount_has_two_decimals() => Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(0.125m))).ThenBroken("too-many-decimals");

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
    public void A_line_takes_only_money_of_its_currency() =>
        Given<BudgetLine>.That(To).When(line => DecideIn(line, Move(10) with { Amount = new(10, "EUR") })).ThenBroken("other-currency");

    [Fact]
    public void A_line_cannot_pay_itself() =>
        Given<BudgetLine>.That(From).When(line => DecideOut(line, Move(10) with { To = From.LineId })).ThenBroken("same-line");
}
