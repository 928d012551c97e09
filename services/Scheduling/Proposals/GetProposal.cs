using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Proposals;

/// <summary>A proposal in a list; costs are whole units of the currency.</summary>
public record ProposalCard(
    Guid Id, Guid PlanId, IReadOnlyList<string> Regions, DateOnly From, DateOnly To, string RequestReason, DateTimeOffset RequestedAt, ProposalState State, string Code, string Reason,
    int Runs, int Accepted, int Refused, int Issues, long Cost, long FirstFitCost, int FrozenDays)
{
    public static ProposalCard Of(Proposal proposal) => new(proposal.Id, proposal.Request.PlanId.Value, [.. proposal.Request.Regions], proposal.Request.From, proposal.Request.To,
        proposal.Request.Reason, proposal.Request.At, proposal.State, proposal.Code, proposal.Reason, proposal.Runs.Length, proposal.Accepted.Count, proposal.Refused.Length, proposal.Issues.Length,
        proposal.Cost.Total, proposal.FirstFit.Total, proposal.Request.FrozenDays);
}

public record ProposedRunCard(Guid RunId, string CourseCode, bool Published, bool Accepted, IReadOnlyList<ProposedSession> Sessions, IReadOnlyList<Guid> Learners);

/// <summary>A proposal with its runs, what it costs by component beside what first fit would cost, of how many issues the reason is proved, and while it is searched for, how far that has come.</summary>
public record ProposalDetail(
    ProposalCard Proposal, SearchProgress? Progress, Quote Cost, Quote FirstFit, IReadOnlyList<FrontierStep> Frontier, long Moves, double Seconds, IReadOnlyList<ProposedRunCard> Runs,
    IReadOnlyList<RunIssue> Issues, IReadOnlyList<RunIssue> Refused, IReadOnlyList<LearnerIssue> Unseated, int Explained)
{
    public static ProposalDetail Of(Proposal proposal, SearchProgress? progress) => new(
        ProposalCard.Of(proposal), progress, proposal.Cost, proposal.FirstFit, [.. proposal.Frontier], proposal.Moves, proposal.Seconds,
        [.. proposal.Runs.Select(run => new ProposedRunCard(run.RunId.Value, run.CourseCode, run.Published, proposal.Accepted.Contains(run.RunId), [.. run.Sessions],
            [.. run.Learners.Select(learner => learner.Value)]))],
        [.. proposal.Issues], [.. proposal.Refused], [.. proposal.Unseated], proposal.Issues.Count(issue => issue.Proof != Proof.None));
}

static class GetProposal
{
    internal static async Task<Ok<ProposalDetail>> Handle(Guid proposalId, Caller caller, IQuerySession query, Planning planning, Origin origin, CancellationToken ct)
    {
        var proposal = await query.LoadAsync<Proposal>(proposalId, ct) ?? throw new Missing("Proposal", proposalId);
        caller.MustReach(proposal);
        return TypedResults.Ok(ProposalDetail.Of(proposal, proposal.State == ProposalState.Requested ? planning.ProgressOf(origin.Tenant, proposalId) : null));
    }

    internal static async Task<Ok<Page<ProposalCard>>> List(Guid? planId, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Proposal> proposals = query.Query<Proposal>();
        if (planId is { } id)
        {
            var plan = new PlanId(id);
            proposals = proposals.Where(proposal => proposal.Request.PlanId == plan);
        }
        var latestFirst = proposals.OrderByDescending(proposal => proposal.Request.At).ThenBy(proposal => proposal.Id);
        if (caller.ReachesAll) return TypedResults.Ok(await latestFirst.Page(ProposalCard.Of, skip, take, ct));
        // There are a few proposals a quarter.
        var own = (await latestFirst.ToListAsync(ct)).Where(proposal => proposal.Request.Regions.All(region => caller.Reaches(Guid.Empty, region))).ToList();
        return TypedResults.Ok(new Page<ProposalCard>([.. own.Skip(skip ?? 0).Take(take ?? 100).Select(ProposalCard.Of)], own.Count));
    }
}
