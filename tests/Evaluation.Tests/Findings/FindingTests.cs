using Training.Evaluation.Findings;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Findings;

public class FindingTests
{
    static VerifyFinding Look(DateOnly on, bool passed) => new(on, passed, Latest: Today.AddDays(30));

    static Given<Finding> That(params IFindingFact[] facts) => Given<Finding>.That([Found(), .. facts]);

    [Fact]
    public void An_approved_need_acts_on_a_finding_once()
    {
        That().When(finding => ActionFindingHandler.Decide(finding, new(Need, Now))).Then(Actioned);
        That(Actioned).When(finding => ActionFindingHandler.Decide(finding, new(Need, Now.AddDays(1)))).ThenNothing();
    }

    [Fact]
    public void A_second_need_joins_and_the_first_action_counts()
    {
        var second = new FindingActioned(TheFinding, OtherNeed, Now.AddDays(1));
        That(Actioned).When(finding => ActionFindingHandler.Decide(finding, new(OtherNeed, Now.AddDays(1)))).Then(second);
        Assert.Equal(Now, That(Actioned, second).State.ActionedAt);
        Assert.Equal(Now, That(second, Actioned).State.ActionedAt);
    }

    [Fact]
    public void What_is_put_right_needs_no_action() => That(Verified).When(finding => ActionFindingHandler.Decide(finding, new(Need, Now))).ThenNothing();

    [Fact]
    public void The_first_proof_after_the_action_trains() =>
        That(Actioned).When(finding => TrainFindingHandler.Decide(finding, new(Run, Now.AddDays(3)))).Then(Trained);

    [Fact]
    public void Other_proofs_change_nothing()
    {
        TrainFinding later = new(Run, Now.AddDays(4)), before = new(Run, Now.AddTicks(-1));
        That(Actioned, Trained).When(finding => TrainFindingHandler.Decide(finding, later)).ThenNothing();
        That(Actioned).When(finding => TrainFindingHandler.Decide(finding, before)).ThenNothing();
        That().When(finding => TrainFindingHandler.Decide(finding, later)).ThenNothing();
        That(Actioned, Verified).When(finding => TrainFindingHandler.Decide(finding, later)).ThenNothing();
    }

    [Fact]
    public void A_passed_re_inspection_verifies_once()
    {
        That(Actioned, Trained).When(finding => VerifyFindingHandler.Decide(finding, Look(Verified.VerifiedOn, passed: true))).Then(Verified);
        That(Actioned, Trained, Verified).When(finding => VerifyFindingHandler.Decide(finding, Look(Verified.VerifiedOn, passed: true))).ThenNothing();
    }

    [Fact]
    public void A_failed_re_inspection_is_a_recurrence_once()
    {
        That(Actioned, Trained).When(finding => VerifyFindingHandler.Decide(finding, Look(Recurred.On, passed: false))).Then(Recurred);
        That(Recurred).When(finding => VerifyFindingHandler.Decide(finding, Look(Recurred.On, passed: false))).ThenNothing();
    }

    [Fact]
    public void What_recurred_can_be_put_right_and_come_back()
    {
        That(Recurred).When(finding => VerifyFindingHandler.Decide(finding, Look(Verified.VerifiedOn, passed: true))).Then(Verified);
        That(Verified).When(finding => VerifyFindingHandler.Decide(finding, Look(Recurred.On, passed: false))).Then(Recurred);
        That(Recurred, Verified).When(finding => VerifyFindingHandler.Decide(finding, Look(Recurred.On, passed: false))).ThenNothing();
    }

    [Fact]
    public void What_recurred_starts_over()
    {
        FindingActioned again = Actioned with { At = Now.AddDays(11) };
        TrainFinding old = new(Run, Now.AddDays(3)), anew = new(Run, Now.AddDays(12));
        That(Actioned, Trained, Recurred).When(finding => ActionFindingHandler.Decide(finding, new(Need, Now.AddDays(11)))).Then(again);
        That(Actioned, Trained, Recurred).When(finding => TrainFindingHandler.Decide(finding, anew)).ThenNothing();
        That(Actioned, Trained, Recurred, again).When(finding => TrainFindingHandler.Decide(finding, anew)).Then(Trained with { At = anew.At });

        // Not by what was learnt before it came back, even when the need is told late.
        That(Actioned, Trained, Recurred, Actioned).When(finding => TrainFindingHandler.Decide(finding, old)).ThenNothing();
        That(Actioned, Trained, Recurred, Actioned).When(finding => TrainFindingHandler.Decide(finding, old with { At = new(Recurred.On, new(8, 0), TimeSpan.Zero) })).ThenNothing();
    }

    [Fact]
    public void A_re_inspection_comes_after_the_finding_and_after_the_last_look()
    {
        That().When(finding => VerifyFindingHandler.Decide(finding, Look(Today.AddDays(-1), passed: true))).ThenBroken("verified-before-found");
        That(Recurred).When(finding => VerifyFindingHandler.Decide(finding, Look(Recurred.On.AddDays(-1), passed: true))).ThenBroken("checked-later");
    }

    [Fact]
    public void Nobody_looks_again_in_the_future()
    {
        That().When(finding => VerifyFindingHandler.Decide(finding, Look(Today.AddDays(31), passed: false))).ThenBroken("in-the-future");
        var early = Verified with { VerifiedOn = Today.AddDays(31) };
        That(early).When(finding => VerifyFindingHandler.Decide(finding, Look(early.VerifiedOn, passed: true))).ThenNothing();
    }

    [Fact]
    public void The_state_follows_the_facts()
    {
        Assert.Equal(FindingState.Found, That().State.State);
        Assert.Equal(FindingState.Actioned, That(Actioned).State.State);
        Assert.True(That(Actioned, Trained).State is { State: FindingState.Trained, Trained: true });
        Assert.True(That(Actioned, Trained, Verified).State is { State: FindingState.Verified, Trained: true });
        Assert.True(That(Actioned, Trained, Recurred).State is { State: FindingState.Recurred, Actioned: false, Trained: false });
        Assert.True(That(Actioned, Trained, Recurred, Actioned).State is { State: FindingState.Actioned, Actioned: true, Trained: false });
    }
}
