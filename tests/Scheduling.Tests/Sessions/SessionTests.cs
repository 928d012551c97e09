using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using static Training.Scheduling.Tests.Sessions.SessionFacts;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Sessions;

static class SessionFacts
{
    public static SessionScheduled Scheduled(int sequence = 1, int of = 1) => new(
        Session.IdOf(Run, sequence), Run, new(Id("plan")), new(Course.Id), "K05", "HZ", sequence, of, At(sequence - 1, 9), At(sequence - 1, 13), Zone, new(Venue.Id),
        new(Trainer.Id), [Person(1), Person(2), Person(3)]);

    public static SessionHeld Held() => new(Session.IdOf(Run, 1), Run, new(Course.Id), new(Trainer.Id), At(0, 13), Cny(0), true, []);

    public static RunPlaced Placed(int sessions = 1) => new(Run, new(Trainer.Id), new(Venue.Id), 3,
        [.. Enumerable.Range(1, sessions).Select(sequence => new PlacedSession(Session.IdOf(Run, sequence), At(sequence - 1, 9), At(sequence - 1, 13)))], Now);

    public static CourseRun RunWith(int sessions, params IRunFact[] more) => Given<CourseRun>.That([Planned(sessions), Placed(sessions), .. more]).State;
}

public class CheckInTests
{
    static readonly LearnerCheckedIn Came = new(Person(1), At(0, 8.9));

    static CheckIn In(int person, double hour) => new(Person(person), At(0, hour));

    [Theory]
    [InlineData(8.4, "check-in-closed")]
    [InlineData(8.5, null)]
    [InlineData(13, null)]
    [InlineData(13.1, "check-in-closed")]
    public void Doors_are_open_from_half_an_hour_before_to_the_end(double hour, string? code) =>
        Assert.Equal(code, Given<Session>.That(Scheduled()).When(session => CheckInHandler.Decide(session, In(1, hour))).Broken?.Code);

    [Fact]
    public void Checking_in_twice_is_refused_unless_it_is_the_same()
    {
        Given<Session>.That(Scheduled()).When(session => CheckInHandler.Decide(session, In(1, 8.9))).Then(Came);
        Given<Session>.That(Scheduled(), Came).When(session => CheckInHandler.Decide(session, In(1, 8.9))).ThenNothing();
        Given<Session>.That(Scheduled(), Came).When(session => CheckInHandler.Decide(session, In(1, 9))).ThenBroken("already-checked-in");
    }

    [Fact]
    public void Only_who_has_a_seat_checks_in()
    {
        Given<Session>.That(Scheduled()).When(session => CheckInHandler.Decide(session, In(9, 9))).ThenBroken("not-enrolled");
        Given<Session>.That(Scheduled(), new LearnerLeft(Person(1), Now)).When(session => CheckInHandler.Decide(session, In(1, 9))).ThenBroken("not-enrolled");
        Given<Session>.That(Scheduled(), new LearnerJoined(Person(9), Now)).When(session => CheckInHandler.Decide(session, In(9, 9))).Then(new LearnerCheckedIn(Person(9), At(0, 9)));
    }

    [Fact]
    public void Nobody_enters_a_session_that_is_over_or_cancelled()
    {
        Given<Session>.That(Scheduled(), Held()).When(session => CheckInHandler.Decide(session, In(1, 9))).ThenBroken("already-held");
        Given<Session>.That(Scheduled(), new SessionCancelled(Session.IdOf(Run, 1), "", Now)).When(session => CheckInHandler.Decide(session, In(1, 9))).ThenBroken("session-cancelled");
    }
}

public class RecordAttendanceTests
{
    static RecordAttendance Sheet(int person, int minutes, string reason = "") => new([new(Person(person), minutes)], reason, Now);

    static readonly AttendanceRecorded Recorded = new([new(Person(1), 240)], Now);

    [Fact]
    public void A_sheet_is_kept_once_and_may_grow()
    {
        Given<Session>.That(Scheduled()).When(session => RecordAttendanceHandler.Decide(session, Sheet(1, 240))).Then(Recorded);
        Given<Session>.That(Scheduled(), Recorded).When(session => RecordAttendanceHandler.Decide(session, Sheet(1, 240))).ThenNothing();
        Given<Session>.That(Scheduled(), Recorded).When(session => RecordAttendanceHandler.Decide(session, Sheet(1, 200))).Then(new AttendanceRecorded([new(Person(1), 200)], Now));
    }

    [Fact]
    public void After_the_session_a_change_needs_a_reason()
    {
        Given<Session>.That(Scheduled(), Recorded, Held()).When(session => RecordAttendanceHandler.Decide(session, Sheet(1, 200))).ThenBroken("reason-missing");
        Given<Session>.That(Scheduled(), Recorded, Held()).When(session => RecordAttendanceHandler.Decide(session, Sheet(1, 200, "left early")))
            .Then(new AttendanceCorrected([new(Person(1), 200)], "left early", Now));
    }

    [Theory]
    [InlineData(9, 60, "not-enrolled")]
    [InlineData(1, 241, "minutes-out-of-range")]
    [InlineData(1, -1, "minutes-out-of-range")]
    public void Impossible_sheets_are_refused(int person, int minutes, string code) =>
        Given<Session>.That(Scheduled()).When(session => RecordAttendanceHandler.Decide(session, Sheet(person, minutes))).ThenBroken(code);
}

public class HoldSessionTests
{
    static readonly HoldSession Command = new(At(0, 13));

    static RunMinutes Minutes(int person, int attended, int planned) => new(Person(person), Estate, attended, planned);

    [Fact]
    public void A_session_is_not_over_before_its_end() =>
        Given<Session>.That(Scheduled()).When(session => HoldSessionHandler.Decide(session, RunWith(1), new HoldSession(At(0, 12.9)))).ThenBroken("not-over-yet");

    [Fact]
    public void The_last_session_carries_the_individual_cost_of_those_who_came() =>
        Given<Session>.That(Scheduled(), new LearnerCheckedIn(Person(1), At(0, 9)), new AttendanceRecorded([new(Person(2), 120), new(Person(3), 0)], Now))
            .When(session => HoldSessionHandler.Decide(session, RunWith(1), Command)).Then(
                Held() with { Actual = Cny(920), Attendance = [Minutes(1, 240, 240), Minutes(2, 120, 240), Minutes(3, 0, 240)] },
                new NoShowRecorded([Person(3)], At(0, 13)));

    [Fact]
    public void Earlier_sessions_cost_their_share_and_minutes_add_up()
    {
        var attended = new AttendanceRecorded([new(Person(1), 240), new(Person(2), 240), new(Person(3), 240)], Now);
        Given<Session>.That(Scheduled(1, 2), attended).When(session => HoldSessionHandler.Decide(session, RunWith(2), Command)).Then(
            Held() with { Actual = Cny(450), LastOfRun = false, Attendance = [Minutes(1, 240, 240), Minutes(2, 240, 240), Minutes(3, 240, 240)] });

        var counted = new SessionCounted(Session.IdOf(Run, 1), 240, [new(Person(1), 240)], Cny(450), Now);
        Given<Session>.That(Scheduled(2, 2), attended).When(session => HoldSessionHandler.Decide(session, RunWith(2, counted), new HoldSession(At(1, 13)))).Then(
            Held() with { SessionId = Session.IdOf(Run, 2), EndedAt = At(1, 13), Actual = Cny(480), Attendance = [Minutes(1, 480, 480), Minutes(2, 240, 480), Minutes(3, 240, 480)] });
    }

    [Fact]
    public void The_run_counts_each_session_once()
    {
        var session = Given<Session>.That(Scheduled(), new AttendanceRecorded([new(Person(1), 240)], Now)).State;
        var counted = new SessionCounted(Session.IdOf(Run, 1), 240, [new(Person(1), 240)], Cny(910), At(0, 13));
        Given<CourseRun>.That(Planned(), Placed()).When(run => HoldSessionHandler.Decide(run, new CountSession(session, At(0, 13)))).Then(counted);
        Given<CourseRun>.That(Planned(), Placed(), counted).When(run => HoldSessionHandler.Decide(run, new CountSession(session, At(0, 13)))).ThenNothing();
    }

    [Fact]
    public void Held_twice_is_held_once()
    {
        Given<Session>.That(Scheduled(), Held(), new NoShowRecorded([Person(3)], Now)).When(session => HoldSessionHandler.Decide(session, RunWith(1), Command)).ThenNothing();
        Given<Session>.That(Scheduled(), new SessionCancelled(Session.IdOf(Run, 1), "", Now)).When(session => HoldSessionHandler.Decide(session, RunWith(1), Command)).ThenBroken("session-cancelled");
    }
}
