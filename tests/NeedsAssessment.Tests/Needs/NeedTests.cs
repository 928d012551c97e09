using Training.NeedsAssessment.Needs;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Needs;

public class NeedTests
{
    static readonly NeedSubject Subject = new("C07", "STW", "HZ");
    static readonly NeedId Id = new(TrainingNeed.IdOf("YL", Subject));
    static readonly Guid Finding = Guid.CreateVersion7(), Another = Guid.CreateVersion7();
    static readonly NeedFigures Figures = new(12, 40, 0.5m, 1, 2, 1, [], [Finding]);
    static readonly NeedIdentified Identified = new(Id, Subject, Figures, Now);
    static readonly NeedApproved Approved = new(Id, Subject, [Finding], Now);
    static readonly NeedRejected Rejected = new("later", Now);
    static readonly NeedHandedOver HandedOver = new(Cause.Tool, "IT", Now);

    static RefreshNeed Refresh(NeedFigures figures) => new(Id, new(Subject, figures), Now);

    [Fact]
    public void A_gap_becomes_a_candidate_once()
    {
        GivenNothing.When(() => RefreshNeedsHandler.Decide(null, Refresh(Figures))).Then(Identified);
        Given<TrainingNeed>.That(Identified).When(need => RefreshNeedsHandler.Decide(need, Refresh(Figures with { FindingIds = [Finding] }))).ThenNothing();
    }

    [Fact]
    public void Changed_figures_are_stored() =>
        Given<TrainingNeed>.That(Identified).When(need => RefreshNeedsHandler.Decide(need, Refresh(Figures with { Heads = 11 })))
            .Then(new NeedReassessed(Figures with { Heads = 11 }, Now));

    [Fact]
    public void Rejected_and_handed_over_needs_stay()
    {
        Given<TrainingNeed>.That(Identified, Rejected).When(need => RefreshNeedsHandler.Decide(need, Refresh(Figures with { Heads = 11, Priority = 3, FindingIds = [] }))).ThenNothing();
        Given<TrainingNeed>.That(Identified, HandedOver).When(need => RefreshNeedsHandler.Decide(need, Refresh(Figures with { Heads = 99 }))).ThenNothing();
    }

    [Fact]
    public void A_rejected_need_that_has_grown_stays_rejected_and_is_marked()
    {
        NeedFigures[] grown = [Figures with { Heads = 13 }, Figures with { WeightedGap = 41 }, Figures with { Exposure = 1.5m }, Figures with { Consequence = 3 }, Figures with { FindingIds = [Finding, Another] }];
        Assert.All(grown, figures =>
        {
            var rejected = Given<TrainingNeed>.That(Identified, Rejected);
            rejected.When(need => RefreshNeedsHandler.Decide(need, Refresh(figures))).Then(new NeedReassessed(figures, Now));
            Given<TrainingNeed>.That(Identified, Rejected, new NeedReassessed(figures, Now)).When(need => RefreshNeedsHandler.Decide(need, Refresh(figures))).ThenNothing();
        });

        var marked = Given<TrainingNeed>.That(Identified, new NeedReassessed(grown[0], Now), Rejected, new NeedReassessed(grown[3], Now)).State;
        Assert.Equal((NeedState.Rejected, true, 3m), (marked.State, marked.GrewSinceRejected, marked.Figures.Consequence));
        Assert.False(Given<TrainingNeed>.That(Identified, new NeedReassessed(grown[0], Now), Rejected).State.GrewSinceRejected);
        Assert.False(Given<TrainingNeed>.That(Identified, Rejected, new NeedReassessed(grown[0], Now), new NeedReopened(Now)).State.GrewSinceRejected);
    }

    [Fact]
    public void A_rejected_need_can_be_reopened()
    {
        Given<TrainingNeed>.That(Identified, Rejected).When(need => JudgeNeedsHandler.Decide(need, new ReopenNeed(Now))).Then(new NeedReopened(Now));
        Given<TrainingNeed>.That(Identified, Rejected, new NeedReopened(Now)).When(need => JudgeNeedsHandler.Decide(need, new ReopenNeed(Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified, Approved).When(need => JudgeNeedsHandler.Decide(need, new ReopenNeed(Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified, HandedOver).When(need => JudgeNeedsHandler.Decide(need, new ReopenNeed(Now))).ThenBroken("not-rejected");
        Given<TrainingNeed>.That(Identified, new NeedClosed(Now)).When(need => JudgeNeedsHandler.Decide(need, new ReopenNeed(Now))).ThenBroken("not-rejected");

        var reopened = Given<TrainingNeed>.That(Identified, Rejected, new NeedReopened(Now));
        Assert.Equal((NeedState.Candidate, ""), (reopened.State.State, reopened.State.Reason));
        reopened.When(need => JudgeNeedsHandler.Decide(need with { Id = Id.Value }, new ApproveNeed(Now))).Then(Approved);
    }

    [Fact]
    public void A_new_finding_extends_an_approved_need()
    {
        var more = Figures with { FindingIds = [Another, Finding] };
        Given<TrainingNeed>.That(Identified, Approved).When(need => RefreshNeedsHandler.Decide(need, Refresh(more)))
            .Then(new NeedReassessed(more, Now), new NeedExtended(Id, Subject, [Finding, Another], Now));
        Given<TrainingNeed>.That(Identified, Approved, new NeedReassessed(more, Now), new NeedExtended(Id, Subject, [Finding, Another], Now))
            .When(need => RefreshNeedsHandler.Decide(need, Refresh(more))).ThenNothing();
    }

    [Fact]
    public void A_finding_that_came_back_is_taken_on_again_while_the_training_is_ahead()
    {
        AnswerAgain back = new(Finding, Now), other = new(Another, Now);
        var again = new NeedExtended(Id, Subject, [Finding], Now);
        Given<TrainingNeed>.That(Identified, Approved).When(need => AnswerAgainHandler.Decide(need with { Id = Id.Value }, back)).Then(again);
        Given<TrainingNeed>.That(Identified, Approved, new NeedPlanned(default, Now)).When(need => AnswerAgainHandler.Decide(need with { Id = Id.Value }, back)).Then(again);
        Given<TrainingNeed>.That(Identified, Approved).When(need => AnswerAgainHandler.Decide(need, other)).ThenNothing();
        Given<TrainingNeed>.That(Identified, Approved, new NeedClosed(Now)).When(need => AnswerAgainHandler.Decide(need, back)).ThenNothing();
    }

    [Fact]
    public void A_need_nobody_has_any_more_is_closed_and_may_come_back()
    {
        Given<TrainingNeed>.That(Identified, Approved).When(need => RefreshNeedsHandler.Decide(need, new CloseNeed(Now))).Then(new NeedClosed(Now));
        Given<TrainingNeed>.That(Identified, new NeedRejected("later", Now)).When(need => RefreshNeedsHandler.Decide(need, new CloseNeed(Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified, new NeedClosed(Now)).When(need => RefreshNeedsHandler.Decide(need, Refresh(Figures))).Then(new NeedReopened(Now));
        Assert.Equal(NeedState.Candidate, Given<TrainingNeed>.That(Identified, new NeedClosed(Now), new NeedReopened(Now)).State.State);
    }

    [Fact]
    public void Approval_names_the_findings_and_happens_once()
    {
        Given<TrainingNeed>.That(Identified).When(need => JudgeNeedsHandler.Decide(need with { Id = Id.Value }, new ApproveNeed(Now))).Then(Approved);
        Given<TrainingNeed>.That(Identified, Approved).When(need => JudgeNeedsHandler.Decide(need, new ApproveNeed(Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified, HandedOver).When(need => JudgeNeedsHandler.Decide(need, new ApproveNeed(Now))).ThenBroken("not-a-candidate");
    }

    [Fact]
    public void A_rejection_has_a_reason_and_happens_once()
    {
        Given<TrainingNeed>.That(Identified).When(need => JudgeNeedsHandler.Decide(need, new RejectNeed("later", Now))).Then(new NeedRejected("later", Now));
        Given<TrainingNeed>.That(Identified, new NeedRejected("later", Now)).When(need => JudgeNeedsHandler.Decide(need, new RejectNeed("no", Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified).When(need => JudgeNeedsHandler.Decide(need, new RejectNeed(" ", Now))).ThenBroken("no-reason");
        Given<TrainingNeed>.That(Identified).When(need => JudgeNeedsHandler.Decide(need, new RejectNeed(new('x', 501), Now))).ThenBroken("too-long");
        Given<TrainingNeed>.That(Identified, Approved, new NeedPlanned(new(Guid.NewGuid()), Now))
            .When(need => JudgeNeedsHandler.Decide(need, new RejectNeed("late", Now))).ThenBroken("not-a-candidate");
    }

    [Fact]
    public void Training_is_not_always_the_answer()
    {
        Given<TrainingNeed>.That(Identified).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Tool, "IT", Now))).Then(HandedOver);
        Given<TrainingNeed>.That(Identified, HandedOver).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Tool, "IT", Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Process, "", Now))).ThenBroken("no-owner");
        Given<TrainingNeed>.That(Identified).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Process, new('x', 501), Now))).ThenBroken("too-long");
        Given<TrainingNeed>.That(Identified).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Skill, "", Now))).ThenNothing();
        Given<TrainingNeed>.That(Identified, HandedOver).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Skill, "", Now))).Then(new NeedReopened(Now));
        Given<TrainingNeed>.That(Identified, Rejected).When(need => ClassifyCauseHandler.Decide(need, new(Cause.Skill, "", Now))).ThenBroken("need-rejected");
        Given<TrainingNeed>.That(Identified, Approved, new NeedPlanned(new(Guid.NewGuid()), Now))
            .When(need => ClassifyCauseHandler.Decide(need, new(Cause.Tool, "IT", Now))).ThenBroken("already-planned");
    }
}
