using Training.Scheduling.Sessions;
using static Training.Scheduling.Tests.Sessions.SessionFacts;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Sessions;

public class ScanCodeTests
{
    static ScanCode Scan(int person, double hour, bool fresh = true, string device = "a") => new(Person(person), fresh, device, At(0, hour));

    static LearnerScannedIn In(int person, double hour, string device = "a") => new(Person(person), device, At(0, hour));

    [Fact]
    public void A_fresh_code_checks_in_once()
    {
        Given<Session>.That(Scheduled()).When(session => ScanCodeHandler.Decide(session, Scan(1, 8.9))).Then(In(1, 8.9));
        Given<Session>.That(Scheduled(), In(1, 8.9)).When(session => ScanCodeHandler.Decide(session, Scan(1, 9, fresh: false))).ThenNothing();
    }

    [Fact]
    public void An_early_scan_waits_and_is_presence_from_the_start_on()
    {
        var early = new EarlyScanKept(Person(1), "a", At(0, 7));
        Given<Session>.That(Scheduled()).When(session => ScanCodeHandler.Decide(session, Scan(1, 7))).Then(early);
        Given<Session>.That(Scheduled(), early).When(session => ScanCodeHandler.Decide(session, Scan(1, 7.5))).ThenNothing();

        var session = Given<Session>.That(Scheduled(), early).State;
        Assert.False(session.IsPresent(Person(1), At(0, 8.9)));
        Assert.True(session.IsPresent(Person(1), At(0, 9)));
    }

    [Fact]
    public void Who_scanned_early_is_no_no_show()
    {
        var facts = Given<Session>.That(Scheduled(), new EarlyScanKept(Person(1), "a", At(0, 7)))
            .When(session => HoldSessionHandler.Decide(session, RunWith(1), new HoldSession(At(0, 13)))).Facts;

        Assert.DoesNotContain(Person(1), Assert.Single(facts.OfType<NoShowRecorded>()).Employees);
    }

    [Fact]
    public void One_phone_for_two_people_raises_a_doubt_and_refuses_nobody() =>
        Given<Session>.That(Scheduled(), In(1, 8.9)).When(session => ScanCodeHandler.Decide(session, Scan(2, 8.95)))
            .Then(In(2, 8.95), new CheckInDoubted(Person(2), Person(1), At(0, 8.95)));

    [Fact]
    public void Two_phones_raise_none() =>
        Given<Session>.That(Scheduled(), In(1, 8.9)).When(session => ScanCodeHandler.Decide(session, Scan(2, 8.95, device: "b"))).Then(In(2, 8.95, "b"));

    [Theory]
    [InlineData(1, 9, false, "code-expired")]
    [InlineData(9, 9, true, "not-enrolled")]
    [InlineData(1, 13.1, true, "already-held")]
    public void What_can_t_be_is_refused(int person, double hour, bool fresh, string code) =>
        Given<Session>.That(Scheduled()).When(session => ScanCodeHandler.Decide(session, Scan(person, hour, fresh))).ThenBroken(code);

    [Fact]
    public void A_code_holds_for_its_half_minute_and_a_little_longer()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        var code = CheckInCode.At(key, Id("session"), At(0, 9));

        Assert.NotEqual(code, CheckInCode.At(key, Id("session"), At(0, 9).AddSeconds(30)));
        Assert.NotEqual(code, CheckInCode.At(key, Id("other"), At(0, 9)));
        Assert.True(CheckInCode.IsFresh(key, Id("session"), code, At(0, 9).AddSeconds(59)));
        Assert.False(CheckInCode.IsFresh(key, Id("session"), code, At(0, 9).AddSeconds(120)));
        Assert.False(CheckInCode.IsFresh([.. key.Reverse()], Id("session"), code, At(0, 9)));
    }
}
