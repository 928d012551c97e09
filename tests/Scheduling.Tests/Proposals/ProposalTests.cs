using Training.Foundation;
using Training.Scheduling.Proposals;
using static Training.Scheduling.Proposals.AcceptProposalHandler;
using static Training.Scheduling.Proposals.EndProposalHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Proposals;

public class ProposalTests
{
    static readonly ProposalId Id = new(World.Id("proposal"));
    static readonly RunId Other = new(World.Id("other-run"));
    static readonly Quote Free = new(0, [], 0, 0, 0, 0, 0);
    static readonly PlanRequested Requested = new(Id, new(World.Id("plan")), ["HZ"], Monday, Monday.AddDays(27), new(60, 0, 1), "", 2, "ana", Now);
    static readonly PlanProposed Proposed = new([Run(World.Run), Run(Other)], [], Free, Free, [], 1_000, 2.5, Now);
    static readonly PlanningCancelled Cancelled = new("too slow", Now);
    static readonly ProposalDiscarded Discarded = new("no", Now);

    static ProposedRun Run(RunId id) => new(id, "K05", false, [new(At(0, 9), At(0, 13), new(Trainer.Id), new(Venue.Id))], [Person(1), Person(2)]);

    [Fact]
    public void A_request_is_made_once_and_says_what_it_wants()
    {
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested))).Then(Requested);
        Given<Proposal>.That(Requested).When(proposal => RequestPlanHandler.Decide(proposal, new(Requested))).ThenNothing();
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { Regions = [] }))).ThenBroken("region-missing");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { To = Monday.AddDays(-1) }))).ThenBroken("horizon-out-of-range");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { To = Monday.AddDays(200) }))).ThenBroken("horizon-out-of-range");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { Effort = new(0, 0, 1) }))).ThenBroken("no-effort");
        foreach (var days in new[] { -1, 3_651, int.MaxValue })
            GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { FrozenDays = days }))).ThenBroken("frozen-days-out-of-range");
        foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue })
            GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { From = day, To = day }))).ThenBroken("horizon-out-of-range");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { Reason = "ill", PriceOfMove = 0 }))).ThenBroken("price-of-move-out-of-range");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { Reason = "ill", PriceOfMove = 100_001 }))).ThenBroken("price-of-move-out-of-range");
        GivenNothing.When(() => RequestPlanHandler.Decide(null, new(Requested with { PriceOfMove = 7 }))).ThenBroken("price-without-reason");
    }

    [Fact]
    public void A_search_takes_no_longer_than_the_most_whatever_its_moves()
    {
        Assert.Equal(new(900, long.MaxValue, 1), new Effort(0, long.MaxValue, 1).Within(900));
        Assert.Equal(new(900, 5, 1), new Effort(1_000, 5, 1).Within(900));
        Assert.Equal(new(60, 0, 1), new Effort(60, 0, 1).Within(900));
        Assert.Equal(new(0, 0, 1), new Effort(0, 0, 1).Within(900));
    }

    [Fact]
    public void A_search_can_be_cancelled_until_it_is_over()
    {
        Given<Proposal>.That(Requested).When(proposal => Decide(proposal, new CancelPlanning("too slow", Now))).Then(Cancelled);
        Given<Proposal>.That(Requested, Cancelled).When(proposal => Decide(proposal, new CancelPlanning("too slow", Now))).ThenNothing();
        Given<Proposal>.That(Requested, Proposed).When(proposal => Decide(proposal, new CancelPlanning("too slow", Now))).ThenBroken("search-over");
    }

    [Fact]
    public void Only_a_proposal_can_be_discarded()
    {
        Given<Proposal>.That(Requested, Proposed).When(proposal => Decide(proposal, new DiscardProposal("no", Now))).Then(Discarded);
        Given<Proposal>.That(Requested, Proposed, Discarded).When(proposal => Decide(proposal, new DiscardProposal("no", Now))).ThenNothing();
        Given<Proposal>.That(Requested).When(proposal => Decide(proposal, new DiscardProposal("no", Now))).ThenBroken("not-proposed");
        Given<Proposal>.That(Requested, new PlanningFailed("failed", "because", Now)).When(proposal => Decide(proposal, new DiscardProposal("no", Now))).ThenBroken("not-proposed");
    }

    [Fact]
    public void Runs_are_accepted_one_by_one_and_the_last_one_accepts_the_proposal()
    {
        var first = new ProposedRunAccepted(World.Run, Now);
        Given<Proposal>.That(Requested, Proposed).When(proposal => Decide(proposal, new AcceptRun(World.Run, Now))).Then(first);
        var half = Given<Proposal>.That(Requested, Proposed, first);
        half.When(proposal => Decide(proposal, new AcceptRun(World.Run, Now))).ThenNothing();
        Assert.Equal(ProposalState.Proposed, half.State.State);
        Assert.Equal(ProposalState.Accepted, Given<Proposal>.That(Requested, Proposed, first, new ProposedRunAccepted(Other, Now)).State.State);
        // It is booked by then.
        Given<Proposal>.That(Requested, Proposed, Discarded).When(proposal => Decide(proposal, new AcceptRun(Other, Now))).Then(new ProposedRunAccepted(Other, Now));
        Assert.Equal(ProposalState.Discarded, Given<Proposal>.That(Requested, Proposed, first, Discarded, new ProposedRunAccepted(Other, Now)).State.State);
    }

    [Fact]
    public void Only_runs_of_a_proposal_can_be_asked_for()
    {
        var proposed = Given<Proposal>.That(Requested, Proposed).State;
        Assert.Equal([World.Run, Other], Asked(proposed, []).Select(run => run.RunId));
        Assert.Equal([Other], Asked(proposed, [Other.Value]).Select(run => run.RunId));
        Assert.Equal("not-in-proposal", Assert.Throws<RuleBroken>(() => Asked(proposed, [World.Id("stranger")])).Code);
        foreach (var over in new[] { Given<Proposal>.That(Requested), Given<Proposal>.That(Requested, Proposed, Discarded), Given<Proposal>.That(Requested, Cancelled) })
            Assert.Equal("not-proposed", Assert.Throws<RuleBroken>(() => Asked(over.State, [])).Code);
    }

    [Fact]
    public void A_refused_run_is_named_once_and_can_be_accepted_later()
    {
        var refused = new ProposedRunRefused(Other, "overlapping-session", "Room 1 is taken.", Now);
        var proposal = Given<Proposal>.That(Requested, Proposed, refused);
        Given<Proposal>.That(Requested, Proposed).When(state => Decide(state, new RefuseRun(Other, "overlapping-session", "Room 1 is taken.", Now))).Then(refused);
        proposal.When(state => Decide(state, new RefuseRun(Other, "overlapping-session", "Room 1 is taken.", Now))).ThenNothing();
        Assert.Equal(new RunIssue(Other, "K05", "Room 1 is taken."), Assert.Single(proposal.State.Refused));
        Assert.Empty(Given<Proposal>.That(Requested, Proposed, refused, new ProposedRunAccepted(Other, Now)).State.Refused);
    }
}
