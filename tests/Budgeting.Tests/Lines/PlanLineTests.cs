using Training.Budgeting.Lines;
using Training.Foundation;
using static Training.Budgeting.Lines.PlanLineHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Lines;

public class PlanLineTests
{
    static readonly LinePlanned Fact = Planned(1_000);
    static readonly PlanLine Same = new(Fact.LineId, Fact.Purpose, Fact.Amount, Fact.OnOverrun, Fact.WarnAt, Now);

    [Fact]
    public void A_new_line_is_planned() => GivenNothing.When(() => Decide(null, Same)).Then(Fact);

    [Fact]
    public void The_same_line_again_changes_nothing() => Given<BudgetLine>.That(Fact).When(line => Decide(line, Same)).ThenNothing();

    [Fact]
    public void Other_content_revises_the_line() =>
        Given<BudgetLine>.That(Fact).When(line => Decide(line, Same with { Amount = Cny(1_500) }))
            .Then(new LineRevised(Fact.Purpose, Cny(1_500), Fact.OnOverrun, Fact.WarnAt, Now));

    [Fact]
    public void A_stop_line_cannot_shrink_below_what_is_used() =>
        Given<BudgetLine>.That(Fact, new FundsReserved(Run, Cny(700), Now)).When(line => Decide(line, Same with { Amount = Cny(699) })).ThenBroken("less-than-used");

    [Fact]
    public void The_currency_stays() =>
        Given<BudgetLine>.That(Fact).When(line => Decide(line, Same with { Amount = new Money(1_000, "USD") })).ThenBroken("currency-fixed");

    [Fact]
    public void Negative_money_is_refused() => GivenNothing.When(() => Decide(null, Same with { Amount = Cny(-1) })).ThenBroken("negative-amount");

    [Fact]
    public void A_warning_share_above_one_is_refused() => GivenNothing.When(() => Decide(null, Same with { WarnAt = 85 })).ThenBroken("warn-at-out-of-range");

    [Fact]
    public void Other_spending_needs_a_document_and_money()
    {
        var posting = new PostOtherActual(Guid.CreateVersion7(), Cny(200), "INV-1", Now);
        Given<BudgetLine>.That(Fact).When(line => PostOtherActualHandler.Decide(line, posting)).Then(new OtherActualPosted(posting.PostingId, Cny(200), "INV-1", Now));
        Given<BudgetLine>.That(Fact, new OtherActualPosted(posting.PostingId, Cny(200), "INV-1", Now)).When(line => PostOtherActualHandler.Decide(line, posting)).ThenNothing();
        Given<BudgetLine>.That(Fact).When(line => PostOtherActualHandler.Decide(line, posting with { DocumentNo = "" })).ThenBroken("no-document");
        Given<BudgetLine>.That(Fact).When(line => PostOtherActualHandler.Decide(line, posting with { Amount = new(200, "EUR") })).ThenBroken("other-currency");
        Given<BudgetLine>.That(Fact).When(line => PostOtherActualHandler.Decide(line, posting with { Amount = Cny(1_001) })).ThenBroken("not-enough-funds");
    }
}
