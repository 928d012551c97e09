using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using static Training.Scheduling.Sessions.MoveSessionsHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Sessions;

public class MoveSessionsTests
{
    static readonly PlacedSession First = new(Session.IdOf(Run, 1), At(0, 9), At(0, 13)), Second = new(Session.IdOf(Run, 2), At(1, 9), At(1, 13));
    static readonly Known.KnownVenue Hall = Venue with { Id = Id("hall") };
    static readonly Given<CourseRun> Confirmed = Given<CourseRun>.That(Planned(sessions: 2), new RunFunded(Run, Now), new CohortEnrolled(Three, [], Now),
        new RunPlaced(Run, new(Trainer.Id), new(Venue.Id), 3, [First, Second], Now), new RunConfirmed(Run, 2, Now));

    static MoveSessions To(params Placing[] classes) => new(Run, [.. classes], "trainer ill", Now);
    static Placing Of(int day, double hour, Known.KnownVenue? venue = null) => new(From(day, hour, hour + 4), Trainer, venue ?? Venue);
    static string Broken(CourseRun run, MoveSessions command) => Assert.Throws<Foundation.RuleBroken>(() => Changes(run, command)).Code;

    [Fact]
    public void Only_what_differs_moves()
    {
        Assert.Empty(Changes(Confirmed.State, To(Of(0, 9), Of(1, 9))));
        var (before, after) = Assert.Single(Changes(Confirmed.State, To(Of(2, 14, Hall), Of(0, 9))));
        Assert.Equal((Second, From(2, 14, 18)), (before, after.Class));
        Confirmed.When(run => Decide(run, before, after, To())).Then(new SessionMoved(new(Second.SessionId, At(2, 14), At(2, 18), new(Trainer.Id), new(Hall.Id)), "trainer ill", Now));
    }

    [Fact]
    public void A_moved_session_has_its_own_place_and_the_run_keeps_its_learners()
    {
        var run = Confirmed.State.Apply(new SessionMoved(First with { From = At(3, 9), To = At(3, 13), VenueId = new(Hall.Id) }, "", Now));
        Assert.Equal([Second.SessionId, First.SessionId], run.Sessions.Select(session => session.SessionId));
        Assert.Equal((Hall.Id, Trainer.Id, Venue.Id), (run.VenueOf(run.Sessions[1]).Value, run.TrainerOf(run.Sessions[1]).Value, run.VenueOf(run.Sessions[0]).Value));
        Assert.Equal(Three, run.Learners);
    }

    [Fact]
    public void What_has_begun_stays_and_nothing_moves_into_the_past()
    {
        Assert.Equal("already-begun", Broken(Confirmed.State, To(Of(2, 9), Of(1, 9)) with { At = At(0, 10) }));
        Assert.Equal("in-the-past", Broken(Confirmed.State, To(Of(0, 9), Of(0, 8)) with { At = At(0, 8.5) }));
        Assert.Equal("wrong-sessions", Broken(Confirmed.State, To(Of(0, 9))));
        Assert.Equal("not-confirmed", Broken(Given<CourseRun>.That(Planned()).State, To(Of(0, 9))));
    }

    [Fact]
    public void What_is_frozen_keeps_its_time_but_not_its_room()
    {
        Assert.Equal("in-frozen-days", Broken(Confirmed.State, To(Of(2, 9), Of(1, 9)) with { FrozenUntil = At(1, 0) }));
        Assert.Equal("in-frozen-days", Broken(Confirmed.State, To(Of(0, 9), Of(0, 14)) with { FrozenUntil = At(1, 0) }));
        Assert.Single(Changes(Confirmed.State, To(Of(0, 9, Hall), Of(1, 9)) with { FrozenUntil = At(1, 0) }));
        Assert.Single(Changes(Confirmed.State, To(Of(0, 9), Of(2, 9)) with { FrozenUntil = At(1, 0) }));
    }

    [Fact]
    public void A_session_says_where_it_is_now()
    {
        var scheduled = new SessionScheduled(First.SessionId, Run, new(Id("plan")), new(Course.Id), "K05", "HZ", 1, 2, At(0, 9), At(0, 13), Zone, new(Venue.Id), new(Trainer.Id), [Person(1)]);
        var rescheduled = new SessionRescheduled(First.SessionId, Run, At(2, 9), At(2, 13), new(Hall.Id), new(Trainer.Id), "trainer ill", Now);
        Given<Session>.That(scheduled).When(session => Decide(session, Of(2, 9, Hall), To())).Then(rescheduled);
        var after = Given<Session>.That(scheduled, rescheduled).State;
        Assert.Equal((At(2, 9), At(2, 13), Hall.Id), (after.StartsAt, after.EndsAt, after.VenueId.Value));
        Given<Session>.That(scheduled, new SessionCancelled(First.SessionId, "", Now)).When(session => Decide(session, Of(2, 9), To())).ThenBroken("not-scheduled");
    }
}
