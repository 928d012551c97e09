using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Proposals;

public record CancelPlanning(string Reason, DateTimeOffset At);
public record DiscardProposal(string Reason, DateTimeOffset At);

/// <summary>Ends a search, or lays its result aside.</summary>
public static class EndProposalHandler
{
    public static IProposalFact[] Decide(Proposal proposal, CancelPlanning command) => proposal.State switch
    {
        ProposalState.Requested => [new PlanningCancelled(command.Reason, command.At)],
        ProposalState.Cancelled => [],
        _ => throw new RuleBroken("search-over", $"The search is over; the proposal is {proposal.State}."),
    };

    public static IProposalFact[] Decide(Proposal proposal, DiscardProposal command) => proposal.State switch
    {
        ProposalState.Proposed => [new ProposalDiscarded(command.Reason, command.At)],
        ProposalState.Discarded => [],
        _ => throw new RuleBroken("not-proposed", $"Only a proposal can be discarded; this one is {proposal.State}."),
    };

    public record Body(string Reason = "");

    internal static async Task<NoContent> Cancel(Guid proposalId, Body body, Caller caller, IDocumentSession session, Planning planning, Origin origin, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachProposal(session, proposalId, ct);
        await session.Change<Proposal>(proposalId, proposal => Decide(proposal, new CancelPlanning(body.Reason, clock.GetUtcNow())), ct);
        planning.Stop(origin.Tenant, proposalId);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> Discard(Guid proposalId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        await caller.MustReachProposal(session, proposalId, ct);
        await session.Change<Proposal>(proposalId, proposal => Decide(proposal, new DiscardProposal(body.Reason, clock.GetUtcNow())), ct);
        return TypedResults.NoContent();
    }

    internal static async Task MustReachProposal(this Caller caller, IQuerySession query, Guid id, CancellationToken ct)
    {
        caller.MustReach(await query.LoadAsync<Proposal>(id, ct) ?? throw new Missing("Proposal", id));
    }

    /// <summary>A proposal names learners of all its regions.</summary>
    internal static void MustReach(this Caller caller, Proposal proposal)
    {
        foreach (var region in proposal.Request.Regions) caller.MustReach(Guid.Empty, region);
    }
}
