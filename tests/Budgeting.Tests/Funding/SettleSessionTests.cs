using CsCheck;
using Training.Budgeting.Funding;
using Training.Budgeting.Lines;
using Training.Foundation;
using static Training.Budgeting.Funding.SettleSessionHandler;
using static Training.Budgeting.Tests.LineFacts;

namespace Training.Budgeting.Tests.Funding;

public class SettleSessionTests
{
    static readonly Guid First = Guid.CreateVersion7();

    static SettleSession Held(decimal actual, bool last = true) => new(Run, First, Cny(actual), last, Now);

    static readonly IFact[] Committed = [Planned(1_000), new FundsReserved(Run, Cny(600), Now), new FundsCommitted(Run, Cny(600), Now)];

    [Fact]
    public void The_rest_of_the_hold_is_free_after_the_last_session() =>
        Given<BudgetLine>.That(Committed).When(line => Decide(line, Held(500)))
            .Then(new RunActualPosted(Run, First, Cny(500), Now), new FundsReleased(Run, Cny(100), "run-finished", Now));

    [Fact]
    public void The_rest_stays_held_while_sessions_are_to_come() =>
        Given<BudgetLine>.That(Committed).When(line => Decide(line, Held(200, last: false))).Then(new RunActualPosted(Run, First, Cny(200), Now));

    [Fact]
    public void A_session_is_settled_once() =>
        Given<BudgetLine>.That([.. Committed, new RunActualPosted(Run, First, Cny(200), Now)]).When(line => Decide(line, Held(200))).ThenNothing();

    [Fact]
    public void A_session_held_before_the_commitment_was_heard_spends_the_reservation() =>
        Given<BudgetLine>.That(Planned(1_000), new FundsReserved(Run, Cny(600), Now)).When(line => Decide(line, Held(600)))
            .Then(new RunActualPosted(Run, First, Cny(600), Now));

    [Fact]
    public void What_a_stop_line_cannot_bear_is_overspent() =>
        Given<BudgetLine>.That(Committed).When(line => Decide(line, Held(1_050)))
            .Then(new RunActualPosted(Run, First, Cny(1_000), Now), new RunOverspent(Run, First, Cny(50), Now), new LineThresholdReached(1m, Now));

    [Fact]
    public void What_is_overspent_shows_on_the_line_and_is_no_part_of_its_actual()
    {
        var card = LineCard.Of(Given<BudgetLine>.That(
            [.. Committed, new RunActualPosted(Run, First, Cny(1_000), Now), new RunOverspent(Run, First, Cny(50), Now), new RunOverspent(OtherRun, First, Cny(7), Now)]).State);

        Assert.Equal((1_000m, 0m, 57m), (card.Actual, card.Available, card.Overspent));
    }

    [Fact]
    public void A_session_dearer_than_its_hold_warns_at_the_threshold_of_the_line()
    {
        Given<BudgetLine>.That(Committed).When(line => Decide(line, Held(850))).Then(new RunActualPosted(Run, First, Cny(850), Now), new LineThresholdReached(0.85m, Now));
        Given<BudgetLine>.That(Committed).When(line => Decide(line, Held(849))).Then(new RunActualPosted(Run, First, Cny(849), Now));
        Given<BudgetLine>.That([.. Committed, new LineThresholdReached(0.9m, Now), new FundsReserved(OtherRun, Cny(300), Now)]).When(line => Decide(line, Held(650)))
            .Then(new RunActualPosted(Run, First, Cny(650), Now));
    }

    /// <summary>What the last session leaves of the hold is free, so it doesn't count.</summary>
    [Fact]
    public void A_session_cheaper_than_its_hold_warns_of_nothing() =>
        Given<BudgetLine>.That(Planned(700), new FundsReserved(Run, Cny(600), Now)).When(line => Decide(line, Held(590)))
            .Then(new RunActualPosted(Run, First, Cny(590), Now), new FundsReleased(Run, Cny(10), "run-finished", Now));

    [Fact]
    public void A_commitment_heard_late_commits_nothing() =>
        Given<BudgetLine>.That([.. Committed, new RunActualPosted(Run, First, Cny(600), Now)])
            .When(line => CommitRunHandler.Decide(line, new(Run, Now))).ThenNothing();

    [Fact]
    public void A_cancelled_run_gives_back_what_it_holds() =>
        Given<BudgetLine>.That([.. Committed, new RunActualPosted(Run, First, Cny(200), Now)])
            .When(line => ReleaseRunHandler.Decide(line, new(Run, "trainer ill", Now)))
            .Then(new FundsReleased(Run, Cny(400), "trainer ill", Now));

    /// <summary>Whatever runs ask, commit, spend, stop, in any order: a stop line never promises more than it has, and no money appears or vanishes.</summary>
    [Fact]
    public void Money_is_conserved() => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Decimal[0m, 400m]).Array[0, 40].Sample(steps =>
    {
        RunId[] runs = [.. Enumerable.Range(0, 5).Select(i => new RunId(DerivedId.Of("run", $"{i}")))];
        List<IFact> history = [Planned(1_000)];
        foreach (var (kind, who, raw) in steps)
        {
            var (line, run, amount) = (Given<BudgetLine>.That([.. history]).State, runs[who], Cny(decimal.Round(raw, 2)));
            history.AddRange(kind switch
            {
                0 or 1 when line.CanBear(amount) => FundRunHandler.Reserve(line, new(run, "S02", "FC2", "YL-HZ", "2027Q1", amount, Now)),
                2 => CommitRunHandler.Decide(line, new(run, Now)),
                3 => Decide(line, new(run, Guid.CreateVersion7(), amount, LastOfRun: who % 2 == 0, Now)),
                4 => ReleaseRunHandler.Decide(line, new(run, "stop", Now)),
                _ => [],
            });
            var after = Given<BudgetLine>.That([.. history]).State;
            Assert.True(after.Available.Amount >= 0, $"{after.Available} available");
            Assert.All(after.Holds.Values, hold => Assert.True(hold.Reserved.Amount >= 0 && hold.Committed.Amount >= 0));
            Assert.Equal(after.Allocated, after.Available + after.Held + after.Actual);
        }
    }, iter: 300);
}
