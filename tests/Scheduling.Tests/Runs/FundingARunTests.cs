using Training.Scheduling.Runs;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Runs;

public class FundingARunTests
{
    static readonly RunPlaced Placed = new(Run, new(Trainer.Id), new(Venue.Id), 3, [new(new(Id("session-1")), At(0, 9), At(0, 13))], Now);
    static readonly SessionCounted Counted = new(new(Id("session-1")), 240, [], Cny(900), Now);

    static CourseRun After(params IRunFact[] facts) => Given<CourseRun>.That([Planned(), .. facts]).State;

    [Fact]
    public void A_planned_run_asks_for_its_money() => Assert.Equal([new RequestFunds(Now)], FundingARun.React(After(), Planned()));

    [Fact]
    public void A_run_that_costs_nothing_needs_no_money()
    {
        var planned = Planned(perRun: 0);
        Assert.Equal([new AcceptFunds(Now)], FundingARun.React(Given<CourseRun>.That(planned).State, planned));
    }

    [Fact]
    public void Too_few_learners_park_a_run()
    {
        var planned = Planned(learners: 1);
        Assert.Equal([new ParkRun("below-minimum", "K05 needs 2 learners; 1 are planned.", Now)], FundingARun.React(Given<CourseRun>.That(planned).State, planned));
    }

    [Fact]
    public void Declined_unanswered_and_unplaceable_runs_are_parked_with_the_reason()
    {
        Assert.Equal([new ParkRun("not-enough-funds", "no money", Now)], FundingARun.React(After(), new RunDeclined(Run, "not-enough-funds", "no money", Now)));
        Assert.Equal("no-funding-answer", Assert.IsType<ParkRun>(Assert.Single(FundingARun.React(After(), new FundingUnanswered(Run, Now)))).Code);
        Assert.Equal([new ParkRun("no-safe-slot", "nobody free", Now)], FundingARun.React(After(), new RunUnplaceable(Run, "nobody free", Now)));
    }

    [Fact]
    public void A_placed_run_is_confirmed_and_ends_with_its_last_session()
    {
        Assert.Equal([new ConfirmRun(Now)], FundingARun.React(After(new RunFunded(Run, Now), Placed), Placed));
        Assert.Equal([new FinishRun(Now)], FundingARun.React(After(Placed, Counted), Counted));
        var two = Placed with { Sessions = [.. Placed.Sessions, new(new(Id("session-2")), At(1, 9), At(1, 13))] };
        Assert.Empty(FundingARun.React(After(two, Counted), Counted));
    }

    [Fact]
    public void Other_facts_ask_for_nothing() => Assert.Empty(FundingARun.React(After(), new RunFunded(Run, Now)));

    [Fact]
    public void Each_command_takes_effect_once()
    {
        Given<CourseRun>.That(Planned()).When(run => FundingARun.Decide(run, new RequestFunds(Now)))
            .Then(new FundingRequested(Run, "K05", "FC2", "YL-HZ", "2027Q1", true, 3, Cny(930), Now));
        Given<CourseRun>.That(Planned()).When(run => FundingARun.Decide(run, new AcceptFunds(Now))).Then(new RunFunded(Run, Now));
        Given<CourseRun>.That(Planned(), new RunFunded(Run, Now)).When(run => FundingARun.Decide(run, new AcceptFunds(Now))).ThenNothing();
        Given<CourseRun>.That(Planned(), new RunFunded(Run, Now), Placed).When(run => FundingARun.Decide(run, new ConfirmRun(Now))).Then(new RunConfirmed(Run, 1, Now));
        Given<CourseRun>.That(Planned(), new RunConfirmed(Run, 1, Now)).When(run => FundingARun.Decide(run, new FinishRun(Now))).Then(new RunFinished(Run, Now));
    }

    [Fact]
    public void Parked_is_final()
    {
        var parked = new RunParked(Run, "no-funding-answer", "late", Now);
        Given<CourseRun>.That(Planned()).When(run => FundingARun.Decide(run, new ParkRun("x", "y", Now))).Then(new RunParked(Run, "x", "y", Now));
        Given<CourseRun>.That(Planned(), parked).When(run => FundingARun.Decide(run, new ParkRun("x", "y", Now))).ThenNothing();
        Given<CourseRun>.That(Planned(), parked).When(run => AnswerFundingHandler.Decide(run, new ReceiveFunds(Now))).ThenNothing();
        Given<CourseRun>.That(Planned(), parked).When(run => AnswerFundingHandler.Decide(run, new ReceiveRefusal("a", "b", Now))).ThenNothing();
    }

    [Fact]
    public void Answers_about_money_are_taken_once()
    {
        Given<CourseRun>.That(Planned()).When(run => AnswerFundingHandler.Decide(run, new ReceiveFunds(Now))).Then(new RunFunded(Run, Now));
        Given<CourseRun>.That(Planned(), new RunFunded(Run, Now)).When(run => AnswerFundingHandler.Decide(run, new ReceiveFunds(Now))).ThenNothing();
        Given<CourseRun>.That(Planned()).When(run => AnswerFundingHandler.Decide(run, new ReceiveRefusal("no-line", "none", Now))).Then(new RunDeclined(Run, "no-line", "none", Now));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Waiting_for_an_answer_ends_with_the_deadline(int minutes, bool givesUp)
    {
        var asked = new FundingRequested(Run, "K05", "FC2", "YL-HZ", "2027Q1", true, 3, Cny(930), Now);
        var outcome = Given<CourseRun>.That(Planned(), asked).When(run => GiveUpWaitingHandler.Decide(run, new(Now.AddMinutes(minutes), TimeSpan.FromMinutes(10))));
        Assert.Equal(givesUp ? 1 : 0, outcome.Facts.Length);
        Given<CourseRun>.That(Planned(), asked, new RunFunded(Run, Now)).When(run => GiveUpWaitingHandler.Decide(run, new(Now.AddDays(1), TimeSpan.FromMinutes(10)))).ThenNothing();
    }
}
