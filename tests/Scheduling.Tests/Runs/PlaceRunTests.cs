using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using static Training.Scheduling.Runs.PlaceRunHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Runs;

public class PlaceRunTests
{
    static readonly PlaceRun Command = new(Run, Course, Trainer, Venue, [From(0, 9, 13)], Three, [], Now);
    static readonly RunFunded Funded = new(Run, Now);
    static readonly CohortEnrolled Cohort = new(Three, [], Now);
    static readonly RunPlaced Placed = new(Run, new(Trainer.Id), new(Venue.Id), 3, [new(Session.IdOf(Run, 1), At(0, 9), At(0, 13))], Now);

    [Fact]
    public void A_funded_run_gets_its_cohort_and_its_sessions()
    {
        Given<CourseRun>.That(Planned(), Funded).When(run => Decide(run, Command)).Then(Cohort, Placed);
        var run = Given<CourseRun>.That(Planned(), Funded, Cohort, Placed).State;
        GivenNothing.When(() => Decide(null, run, Command, 0)).Then(new SessionScheduled(Session.IdOf(Run, 1), Run, new(Id("plan")), new(Course.Id), "K05", "HZ", 1, 1,
            At(0, 9), At(0, 13), Zone, new(Venue.Id), new(Trainer.Id), [Person(1), Person(2), Person(3)]));
    }

    [Fact]
    public void The_same_place_again_changes_nothing_and_another_is_refused()
    {
        var confirmed = Given<CourseRun>.That(Planned(), Funded, Cohort, Placed, new RunConfirmed(Run, 1, Now));
        confirmed.When(run => Decide(run, Command)).ThenNothing();
        confirmed.When(run => Decide(run, Command with { Classes = [new(From(1, 9, 13), Trainer, Venue)] })).ThenBroken("not-funded");
    }

    [Fact]
    public void Without_money_a_run_has_no_place() => Given<CourseRun>.That(Planned()).When(run => Decide(run, Command)).ThenBroken("not-funded");

    [Fact]
    public void Sessions_lie_within_one_day_and_are_complete()
    {
        Given<CourseRun>.That(Planned(), Funded).When(run => Decide(run, Command with { Classes = [new(From(0, 5, 9), Trainer, Venue)] })).ThenBroken("outside-hours");
        Given<CourseRun>.That(Planned(), Funded).When(run => Decide(run, Command with { Classes = [new(From(0, 20, 24), Trainer, Venue)] })).ThenBroken("outside-hours");
        Given<CourseRun>.That(Planned(sessions: 2), Funded).When(run => Decide(run, Command)).ThenBroken("wrong-sessions");
    }

    [Fact]
    public void No_session_starts_in_the_past()
    {
        var funded = Given<CourseRun>.That(Planned(), Funded);
        funded.When(run => Decide(run, Command with { At = At(0, 9) })).ThenBroken("in-the-past");
        funded.When(run => Decide(run, Command with { At = At(0, 8.9) })).Then(Cohort with { At = At(0, 8.9) }, Placed with { At = At(0, 8.9) });
        // Asked again after it began, it is still the same place.
        Given<CourseRun>.That(Planned(), Funded, Cohort, Placed, new RunConfirmed(Run, 1, Now)).When(run => Decide(run, Command with { At = At(1, 9) })).ThenNothing();
    }

    [Fact]
    public void Fewer_than_the_minimum_are_not_taught() =>
        Given<CourseRun>.That(Planned(), Funded).When(run => Decide(run, Command with { Learners = [Of(1)] })).ThenBroken("below-minimum");

    [Fact]
    public void Sessions_follow_each_other_on_working_days()
    {
        var spans = ScheduleRunHandler.Classes(Offer(sessions: 3), At(3, 9));
        Assert.Equal([From(3, 9, 13), From(4, 9, 13), From(7, 9, 13)], spans);
    }
}
