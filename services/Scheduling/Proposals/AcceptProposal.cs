using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Runs;

namespace Training.Scheduling.Proposals;

public record AcceptRun(RunId RunId, DateTimeOffset At);
public record RefuseRun(RunId RunId, string Code, string Reason, DateTimeOffset At);

public static class AcceptProposalHandler
{
    /// <summary>What is booked is written down, also where somebody has discarded the proposal in the meantime.</summary>
    public static IProposalFact[] Decide(Proposal proposal, AcceptRun command) =>
        proposal.Accepted.Contains(command.RunId) ? [] : [new ProposedRunAccepted(command.RunId, command.At)];

    public static IProposalFact[] Decide(Proposal proposal, RefuseRun command) =>
        proposal.State != ProposalState.Proposed || proposal.Accepted.Contains(command.RunId) || proposal.Refused.Any(run => run.RunId == command.RunId && run.Reason == command.Reason)
            ? [] : [new ProposedRunRefused(command.RunId, command.Code, command.Reason, command.At)];

    /// <summary>Those of the runs asked for that the proposal has, all of them where none is named.</summary>
    public static IReadOnlyList<ProposedRun> Asked(Proposal proposal, IReadOnlyCollection<Guid> runs)
    {
        if (proposal.State is not (ProposalState.Proposed or ProposalState.Accepted)) throw new RuleBroken("not-proposed", $"Only a proposal can be accepted; this one is {proposal.State}.");
        foreach (var id in runs.Except(proposal.Runs.Select(proposed => proposed.RunId.Value))) throw new RuleBroken("not-in-proposal", $"Run {id} isn't part of the proposal.");
        return [.. proposal.Runs.Where(run => runs.Count == 0 || runs.Contains(run.RunId.Value))];
    }

    /// <param name="RunIds">Only these runs; default: all of them.</param>
    /// <param name="ParkUnplaced">Gives up the runs that found no place, so that their money is free again.</param>
    public record Body(ImmutableArray<Guid> RunIds = default, bool ParkUnplaced = false);

    public record Item(Guid RunId, string CourseCode, bool Accepted, string Code, string Reason);
    public record Answer(int Accepted, int Refused, int Parked, IReadOnlyList<Item> Items);

    /// <summary>
    /// Decided again on the calendars of this moment, in an order that works. What is refused stays where it was and can be planned again; asking again goes on
    /// where an interrupted answer stopped.
    /// </summary>
    internal static async Task<Ok<Answer>> Handle(
        Guid proposalId, Body body, Caller caller, ISessionFactory sessions, Origin origin, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        await caller.MustReachProposal(session, proposalId, ct);
        var proposal = await session.LoadAsync<Proposal>(proposalId, ct) ?? throw new Missing("Proposal", proposalId);
        var runs = Asked(proposal, body.RunIds.IsDefault ? [] : body.RunIds);
        var refused = await new Acceptance(sessions, origin, configuration, clock).Of(runs.Where(run => !proposal.Accepted.Contains(run.RunId)), proposal.Request,
            Accepted, ct);
        foreach (var (run, why) in refused) await Write(state => Decide(state, new RefuseRun(run, why.Code, why.Reason, clock.GetUtcNow())));

        var items = runs.Select(run => refused.TryGetValue(run.RunId, out var why) ? new Item(run.RunId.Value, run.CourseCode, false, why.Code, why.Reason) : new Item(run.RunId.Value, run.CourseCode, true, "", "")).ToList();
        var parked = body.ParkUnplaced ? await Park(proposal, sessions, clock, ct) : 0;
        return TypedResults.Ok(new Answer(items.Count(item => item.Accepted), items.Count(item => !item.Accepted), parked, items));

        async Task<bool> Accepted(ProposedRun run)
        {
            var isOpen = true;
            await Write(state =>
            {
                isOpen = state.State == ProposalState.Proposed;
                return Decide(state, new AcceptRun(run.RunId, clock.GetUtcNow()));
            });
            return isOpen;
        }

        Task Write(Func<Proposal, IProposalFact[]> decide) => Acceptance.Retried(async () =>
        {
            await using var own = sessions.OpenSession();
            await own.Change<Proposal>(proposalId, state => decide(state), ct);
            return true;
        }, ct);
    }

    static async Task<int> Park(Proposal proposal, ISessionFactory sessions, TimeProvider clock, CancellationToken ct)
    {
        var parked = 0;
        foreach (var issue in proposal.Issues)
            if (await Acceptance.Retried(() => Park(issue, sessions, clock, ct), ct)) parked++;
        return parked;
    }

    static async Task<bool> Park(RunIssue issue, ISessionFactory sessions, TimeProvider clock, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        var desk = new Desk(session);
        var facts = await desk.Follow(issue.RunId, run => run is { State: RunState.Funded } ? [new RunUnplaceable(issue.RunId, issue.Reason, clock.GetUtcNow())] : [], ct);
        await desk.Commit(ct);
        return facts.Length > 0;
    }
}
