using Training.Budgeting.Funding;
using Training.Budgeting.Lines;
using Training.Foundation;
using static Training.Budgeting.Funding.FundRunHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Funding;

public class FundRunTests
{
    static FundRun Ask(decimal amount) => new(Run, "S02", "FC2", "YL-HZ", "2027Q1", Cny(amount), Now);

    static BudgetLine Line(params IFact[] facts) => Given<BudgetLine>.That(facts).State;

    [Fact]
    public void Reserves_what_the_line_can_bear() =>
        Given<BudgetLine>.That(Planned(1_000)).When(line => Reserve(line, Ask(800))).Then(new FundsReserved(Run, Cny(800), Now));

    [Fact]
    public void The_whole_line_may_be_reserved_and_warns_at_its_threshold() =>
        Given<BudgetLine>.That(Planned(1_000)).When(line => Reserve(line, Ask(1_000)))
            .Then(new FundsReserved(Run, Cny(1_000), Now), new LineThresholdReached(1m, Now));

    [Fact]
    public void Warns_only_once() =>
        Given<BudgetLine>.That(Planned(1_000), new FundsReserved(OtherRun, Cny(900), Now), new LineThresholdReached(0.9m, Now))
            .When(line => Reserve(line, Ask(50))).Then(new FundsReserved(Run, Cny(50), Now));

    [Fact]
    public void Warns_again_once_the_line_was_below_its_threshold()
    {
        IFact[] warned = [Planned(1_000), new FundsReserved(OtherRun, Cny(900), Now), new LineThresholdReached(0.9m, Now)];
        IFact[] eased =
        [
            new LineRevised(Purpose, Cny(1_100), OnOverrun.Stop, 0.85m, Now), new FundsTransferredIn(Guid.CreateVersion7(), default, Cny(100), "", Now),
            new FundsReleased(OtherRun, Cny(100), "parked", Now), new OtherActualPosted(Guid.CreateVersion7(), Cny(-100), "CN-1", Now),
        ];

        Assert.All(eased, fact => Assert.False(Line([.. warned, fact]).Warned));
        Assert.True(Line([.. warned, new LineRevised(Purpose, Cny(1_050), OnOverrun.Stop, 0.85m, Now)]).Warned);
        Given<BudgetLine>.That([.. warned, eased[0]]).When(line => Reserve(line, Ask(50))).Then(new FundsReserved(Run, Cny(50), Now), new LineThresholdReached(0.8636m, Now));
    }

    [Fact]
    public void Asking_again_reserves_nothing_more() =>
        Given<BudgetLine>.That(Planned(1_000), new FundsReserved(Run, Cny(800), Now)).When(line => Reserve(line, Ask(800))).ThenNothing();

    [Fact]
    public void A_stop_line_never_goes_below_zero() =>
        Assert.Throws<LineDrained>(() => Reserve(Line(Planned(1_000), new FundsReserved(OtherRun, Cny(600), Now)), Ask(400.01m)));

    [Fact]
    public void A_warn_line_bears_an_overrun() =>
        Given<BudgetLine>.That(Planned(1_000, OnOverrun.Warn)).When(line => Reserve(line, Ask(1_200)))
            .Then(new FundsReserved(Run, Cny(1_200), Now), new LineThresholdReached(1.2m, Now));

    [Fact]
    public void Released_money_can_be_reserved_again() =>
        Given<BudgetLine>.That(Planned(1_000), new FundsReserved(OtherRun, Cny(1_000), Now), new FundsReleased(OtherRun, Cny(1_000), "run-cancelled", Now))
            .When(line => Reserve(line, Ask(600))).Then(new FundsReserved(Run, Cny(600), Now));

    [Fact]
    public void The_line_of_an_estate_pays_for_no_run() =>
        Assert.Empty(Candidates([Line(Planned(purpose: Purpose with { EstateId = Guid.CreateVersion7() }))], Ask(1)));

    [Fact]
    public void A_line_in_another_currency_is_passed_over()
    {
        var (foreign, own) = (Line(Planned() with { Amount = new(1_000, "RMB") }), Line(Planned(100)));

        GivenNothing.When(() => Answer(null, [foreign, own], Ask(10))).Then(new RunFunded(Run, new(own.Id), Cny(10), Now));
        GivenNothing.When(() => Answer(null, [foreign, own], Ask(800)))
            .Then(new RunFundingDeclined(Run, "not-enough-funds", "The run costs 800.00 CNY; at most 100.00 CNY are available on one line.", Now));
    }

    [Fact]
    public void A_run_waits_while_all_its_lines_are_kept_in_another_currency()
    {
        var foreign = Line(Planned() with { Amount = new(1_000, "USD") });

        GivenNothing.When(() => Answer(null, [foreign], Ask(10))).ThenBroken("other-currency");
        Given<RunFunding>.That(new RunFundingWithdrawn(Run, "no-answer", Now)).When(funding => Answer(funding, [foreign], Ask(10))).ThenNothing();
    }

    /// <summary>It would give money to the line that pays.</summary>
    [Fact]
    public void A_run_costs_nothing_below_zero() => GivenNothing.When(() => Answer(null, [Line(Planned())], Ask(-10))).ThenBroken("negative-amount");

    [Fact]
    public void The_line_made_for_the_course_pays_before_the_line_of_the_category()
    {
        var category = Line(Planned(purpose: Purpose with { Code = "BL-01" }));
        var course = Line(Planned(purpose: Purpose with { Code = "BL-09", Courses = ["S02"] }));
        var foreign = Line(Planned(purpose: Purpose with { Courses = ["K01"] }));

        Assert.Equal([course, category], Candidates([category, course, foreign], Ask(10)));
    }

    [Fact]
    public void The_first_line_that_can_bear_it_pays()
    {
        var poor = Line(Planned(100));
        var rich = Line(Planned(5_000));

        GivenNothing.When(() => Answer(null, [poor, rich], Ask(800))).Then(new RunFunded(Run, new(rich.Id), Cny(800), Now));
    }

    [Fact]
    public void Without_a_line_the_run_is_declined() =>
        GivenNothing.When(() => Answer(null, [], Ask(800)))
            .Then(new RunFundingDeclined(Run, "no-line", "No budget line of YL-HZ in 2027Q1 pays for S02 (FC2).", Now));

    [Fact]
    public void Without_enough_money_the_run_is_declined_with_what_there_is() =>
        GivenNothing.When(() => Answer(null, [Line(Planned(100)), Line(Planned(300))], Ask(800)))
            .Then(new RunFundingDeclined(Run, "not-enough-funds", "The run costs 800.00 CNY; at most 300.00 CNY are available on one line.", Now));

    [Fact]
    public void A_run_is_answered_once() =>
        Given<RunFunding>.That(new RunFundingDeclined(Run, "no-line", "", Now)).When(funding => Answer(funding, [Line(Planned())], Ask(1))).ThenNothing();

    [Fact]
    public void A_run_that_gave_up_gets_no_money_any_more() =>
        Given<RunFunding>.That(new RunFundingWithdrawn(Run, "no-answer", Now)).When(funding => Answer(funding, [Line(Planned())], Ask(1))).ThenNothing();
}
