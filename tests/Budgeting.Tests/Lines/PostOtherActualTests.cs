using Training.Budgeting.Lines;
using static Training.Budgeting.Lines.PostOtherActualHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Lines;

public class PostOtherActualTests
{
    static readonly PostOtherActual Invoice = new(Guid.CreateVersion7(), Cny(200), "INV-1", Now);
    static readonly OtherActualPosted Posted = new(Invoice.PostingId, Invoice.Amount, Invoice.DocumentNo, Now);

    [Fact]
    public void Spending_is_posted() => Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, Invoice)).Then(Posted);

    [Fact]
    public void The_same_posting_again_changes_nothing() => Given<BudgetLine>.That(Planned(1_000), Posted).When(line => Decide(line, Invoice)).ThenNothing();

    [Fact]
    public void A_posting_keeps_its_content()
    {
        Given<BudgetLine>.That(Planned(1_000), Posted).When(line => Decide(line, Invoice with { Amount = Cny(201) })).ThenBroken("posting-fixed");
        Given<BudgetLine>.That(Planned(1_000), Posted).When(line => Decide(line, Invoice with { DocumentNo = "INV-2" })).ThenBroken("posting-fixed");
    }

    [Fact]
    public void Spending_needs_a_document_and_money()
    {
        Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, Invoice with { DocumentNo = "" })).ThenBroken("no-document");
        Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, Invoice with { Amount = new(200, "EUR") })).ThenBroken("other-currency");
        Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, Invoice with { Amount = Cny(1_001) })).ThenBroken("not-enough-funds");
        Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, Invoice with { Amount = Cny(0.125m) })).ThenBroken("too-many-decimals");
    }

    [Fact]
    public void A_credit_note_gives_back_what_was_spent_and_no_more()
    {
        var credit = new PostOtherActual(Guid.CreateVersion7(), Cny(-200), "CN-1", Now);
        Given<BudgetLine>.That(Planned(1_000), Posted).When(line => Decide(line, credit)).Then(new OtherActualPosted(credit.PostingId, Cny(-200), "CN-1", Now));
        Given<BudgetLine>.That(Planned(1_000), Posted).When(line => Decide(line, credit with { Amount = Cny(-200.01m) })).ThenBroken("credit-too-high");
        Given<BudgetLine>.That(Planned(1_000)).When(line => Decide(line, credit with { Amount = Cny(-1) })).ThenBroken("credit-too-high");
    }
}
