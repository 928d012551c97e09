using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Runs;

public class SeatsTests
{
    static readonly RunConfirmed Confirmed = new(Run, 1, Now);
    static readonly RunParked Parked = new(Run, "no-line", "none", Now);

    static EnrolLearner Enrol(int person) => new(Of(person), "estate-manager", Now);
    static WithdrawLearner Withdraw(int person) => new(Person(person), "ill", Now);

    [Fact]
    public void A_free_seat_is_taken_once()
    {
        var run = Given<CourseRun>.That(Planned(learners: [1, 2]));
        run.When(state => EnrolLearnerHandler.Decide(state, Enrol(4))).Then(new LearnerEnrolled(Of(4), "estate-manager", Now));
        run.When(state => EnrolLearnerHandler.Decide(state, Enrol(1))).ThenNothing();
    }

    [Fact]
    public void Beyond_capacity_people_wait_in_order()
    {
        var waits = new LearnerWaitlisted(Of(4), "All seats are taken.", Now);
        Given<CourseRun>.That(Planned()).When(run => EnrolLearnerHandler.Decide(run, Enrol(4))).Then(waits);
        Given<CourseRun>.That(Planned(), waits).When(run => EnrolLearnerHandler.Decide(run, Enrol(4))).ThenNothing();
        var after = Given<CourseRun>.That(Planned(), waits, new LearnerWithdrawn(Person(1), "", Now));
        after.When(run => EnrolLearnerHandler.Decide(run, Enrol(5))).Then(new LearnerWaitlisted(Of(5), "All seats are taken.", Now));
        after.When(run => WithdrawLearnerHandler.Decide(run, new PromoteLearner(Person(4), Now))).Then(new LearnerPromoted(Person(4), Now));
        var promoted = Given<CourseRun>.That(Planned(), waits, new LearnerWithdrawn(Person(1), "", Now), new LearnerPromoted(Person(4), Now));
        Assert.Equal([Of(2), Of(3), Of(4)], promoted.State.Learners);
        promoted.When(run => WithdrawLearnerHandler.Decide(run, new PromoteLearner(Person(4), Now))).ThenNothing();
    }

    [Fact]
    public void Nobody_moves_up_while_all_seats_are_taken() =>
        Given<CourseRun>.That(Planned(), new LearnerWaitlisted(Of(4), "", Now)).When(run => WithdrawLearnerHandler.Decide(run, new PromoteLearner(Person(4), Now))).ThenNothing();

    [Fact]
    public void A_closed_run_takes_nobody_and_lets_nobody_go()
    {
        Given<CourseRun>.That(Planned(learners: [1, 2]), Parked).When(run => EnrolLearnerHandler.Decide(run, Enrol(4))).ThenBroken("run-closed");
        Given<CourseRun>.That(Planned(), Parked).When(run => WithdrawLearnerHandler.Decide(run, Withdraw(1))).ThenBroken("run-closed");
    }

    [Fact]
    public void Who_has_no_seat_need_not_leave()
    {
        Given<CourseRun>.That(Planned()).When(run => WithdrawLearnerHandler.Decide(run, Withdraw(1))).Then(new LearnerWithdrawn(Person(1), "ill", Now));
        Given<CourseRun>.That(Planned(), new LearnerWithdrawn(Person(1), "ill", Now)).When(run => WithdrawLearnerHandler.Decide(run, Withdraw(1))).ThenNothing();
    }

    [Fact]
    public void A_run_is_cancelled_once_and_for_a_reason()
    {
        var cancelled = new RunCancelled(Run, "trainer ill", Now);
        Given<CourseRun>.That(Planned(), Confirmed).When(run => CancelRunHandler.Decide(run, new CancelRun("trainer ill", Now))).Then(cancelled);
        Given<CourseRun>.That(Planned(), Confirmed, cancelled).When(run => CancelRunHandler.Decide(run, new CancelRun("trainer ill", Now))).ThenNothing();
        Given<CourseRun>.That(Planned(), Confirmed).When(run => CancelRunHandler.Decide(run, new CancelRun(" ", Now))).ThenBroken("reason-missing");
        Given<CourseRun>.That(Planned(), Parked).When(run => CancelRunHandler.Decide(run, new CancelRun("x", Now))).ThenBroken("already-parked");
        Given<CourseRun>.That(Planned(), new RunFinished(Run, Now)).When(run => CancelRunHandler.Decide(run, new CancelRun("x", Now))).ThenBroken("already-held");
    }

    [Fact]
    public void Cancelling_leaves_held_sessions_alone()
    {
        var scheduled = Tests.Sessions.SessionFacts.Scheduled();
        Given<Session>.That(scheduled).When(session => CancelRunHandler.Decide(session, new CancelRun("x", Now))).Then(new SessionCancelled(scheduled.SessionId, "x", Now));
        Given<Session>.That(scheduled, Tests.Sessions.SessionFacts.Held()).When(session => CancelRunHandler.Decide(session, new CancelRun("x", Now))).ThenNothing();
    }
}
