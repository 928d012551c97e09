using Training.Workforce.HrEdge;

namespace Training.Workforce.Tests.HrEdge;

public class QuarantineTests
{
    static readonly DateTimeOffset Now = new(2027, 1, 4, 2, 0, 0, TimeSpan.Zero);
    static readonly Guid Id = Guid.CreateVersion7();
    static readonly Quarantine Command = new(Id, "/hr/test/YL", "1", "hr.x.v1", "unknown-estate", "Send it.", ["estate:EST-99"], Now);
    static readonly MessageQuarantined Fact = new(Id, "/hr/test/YL", "1", "hr.x.v1", "unknown-estate", "Send it.", ["estate:EST-99"], Now);

    [Fact]
    public void The_same_message_for_the_same_reason_is_kept_once()
    {
        GivenNothing.When(() => QuarantineHandler.Decide(null, Command)).Then(Fact);
        Given<QuarantinedMessage>.That(Fact).When(entry => QuarantineHandler.Decide(entry, Command)).ThenNothing();
        Given<QuarantinedMessage>.That(Fact).When(entry => QuarantineHandler.Decide(entry, Command with { Code = "malformed-data" })).Then(Fact with { Code = "malformed-data" });
    }

    [Fact]
    public void A_message_is_redriven_once()
    {
        var redriven = new MessageRedriven("ops", false, Now);
        Given<QuarantinedMessage>.That(Fact).When(entry => RedriveMessageHandler.Decide(entry, new("ops", false, Now))).Then(redriven);
        Given<QuarantinedMessage>.That(Fact, redriven).When(entry => RedriveMessageHandler.Decide(entry, new("ops", false, Now))).ThenNothing();
        Given<QuarantinedMessage>.That(Fact, redriven).When(entry => DiscardMessageHandler.Decide(entry, new("ops", "why not", Now))).ThenBroken("already-redriven");
        Assert.False(Given<QuarantinedMessage>.That(Fact, redriven).State.Waits);
    }

    [Fact]
    public void A_message_is_discarded_for_a_reason_and_stays_discarded()
    {
        var discarded = new MessageDiscarded("ops", "a test", Now);
        Given<QuarantinedMessage>.That(Fact).When(entry => DiscardMessageHandler.Decide(entry, new("ops", "a test", Now))).Then(discarded);
        Given<QuarantinedMessage>.That(Fact).When(entry => DiscardMessageHandler.Decide(entry, new("ops", " ", Now))).ThenBroken("no-reason");
        Given<QuarantinedMessage>.That(Fact, discarded).When(entry => DiscardMessageHandler.Decide(entry, new("ops", "a test", Now))).ThenNothing();
        Given<QuarantinedMessage>.That(Fact, discarded).When(entry => RedriveMessageHandler.Decide(entry, new("ops", false, Now))).ThenBroken("already-discarded");
        Given<QuarantinedMessage>.That(Fact, discarded).When(entry => QuarantineHandler.Decide(entry, Command)).ThenNothing();
    }
}
