using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Proposals;

public record AcceptRun(RunId RunId, DateTimeOffset At);
public record RefuseRun(RunId RunId, string Code, string Reason, DateTimeOffset At);

public static class AcceptProposalHandler
{
    public static IProposalFact[] Decide(Proposal proposal, AcceptRun command) =>
        proposal.Accepted.Contains(command.RunId) ? [] : Checked(proposal, command.RunId, new ProposedRunAccepted(command.RunId, command.At));

    public static IProposalFact[] Decide(Proposal proposal, RefuseRun command) =>
        proposal.Accepted.Contains(command.RunId) || proposal.Refused.Any(run => run.RunId == command.RunId && run.Reason == command.Reason)
            ? [] : Checked(proposal, command.RunId, new ProposedRunRefused(command.RunId, command.Code, command.Reason, command.At));

    static IProposalFact[] Checked(Proposal proposal, RunId run, IProposalFact fact)
    {
        if (proposal.State != ProposalState.Proposed) throw new RuleBroken("not-proposed", $"Only a proposal can be accepted; this one is {proposal.State}.");
        if (proposal.Runs.All(proposed => proposed.RunId != run)) throw new RuleBroken("not-in-proposal", $"Run {run.Value} isn't part of the proposal.");
        return [fact];
    }

    /// <param name="RunIds">Only these runs; default: all of them.</param>
    /// <param name="ParkUnplaced">Gives up the runs that found no place, so that their money is free again.</param>
    public record Body(ImmutableArray<Guid> RunIds = default, bool ParkUnplaced = false);

    public record Item(Guid RunId, string CourseCode, bool Accepted, string Code, string Reason);
    public record Answer(int Accepted, int Refused, int Parked, IReadOnlyList<Item> Items);

    /// <summary>
    /// Each run is one transaction, decided again on the calendars of this moment. What is refused stays where it was and can be planned again; asking again
    /// goes on where an interrupted answer stopped.
    /// </summary>
    internal static async Task<Ok<Answer>> Handle(
        Guid proposalId, Body body, Caller caller, ISessionFactory sessions, Origin origin, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        await caller.MustReachProposal(session, proposalId, ct);
        var proposal = await session.LoadAsync<Proposal>(proposalId, ct) ?? throw new Missing("Proposal", proposalId);
        Guid[] wanted = body.RunIds.IsDefaultOrEmpty ? [.. proposal.Runs.Select(run => run.RunId.Value)] : [.. body.RunIds];
        foreach (var id in wanted) Decide(proposal, new RefuseRun(new(id), "", "", default));

        List<Item> items = [];
        foreach (var run in proposal.Runs.Where(run => wanted.Contains(run.RunId.Value)))
        {
            var (code, reason) = proposal.Accepted.Contains(run.RunId) ? ("", "")
                : await Retried(() => Take(run, proposal.Request.Reason, sessions, origin, configuration, clock, ct), ct);
            items.Add(new(run.RunId.Value, run.CourseCode, code == "", code, reason));
            await Retried(async () =>
            {
                await using var own = sessions.OpenSession();
                await own.Change<Proposal>(proposalId, state => code == "" ? Decide(state, new AcceptRun(run.RunId, clock.GetUtcNow())) : Decide(state, new RefuseRun(run.RunId, code, reason, clock.GetUtcNow())), ct);
                return ("", "");
            }, ct);
        }
        var parked = body.ParkUnplaced ? await Park(proposal, sessions, clock, ct) : 0;
        return TypedResults.Ok(new Answer(items.Count(item => item.Accepted), items.Count(item => !item.Accepted), parked, items));
    }

    /// <summary>Places or moves one run; answers why not, or nothing.</summary>
    static async Task<(string Code, string Reason)> Take(
        ProposedRun proposed, string reason, ISessionFactory sessions, Origin origin, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        var bookings = new Bookings(session, origin, configuration);
        try
        {
            var run = await bookings.Desk.Must<CourseRun>(proposed.RunId.Value, ct);
            var classes = await Placings(proposed, session, ct);
            if (proposed.Published) await bookings.Move(new(proposed.RunId, classes, reason, clock.GetUtcNow()), ct);
            else
            {
                var line = await session.Query<CourseRun>().Where(other => other.Offer.LineId == run.Offer.LineId).ToListAsync(ct);
                var command = CommandOf(proposed, run, classes, line, await session.Must<KnownCourse>(run.Offer.CourseId.Value, ct), clock.GetUtcNow());
                await bookings.Place(command, ct);
                await StopWaiting(bookings, line, command, ct);
            }
        }
        catch (RuleBroken broken)
        {
            return (broken.Code, broken.Message);
        }
        await bookings.Desk.Commit(ct);
        return ("", "");
    }

    static async Task<ImmutableArray<Placing>> Placings(ProposedRun proposed, IQuerySession query, CancellationToken ct)
    {
        var trainers = await query.MustAll<KnownTrainer>(proposed.Sessions.Select(at => at.TrainerId.Value), trainer => trainer.Id, ct);
        var venues = await query.MustAll<KnownVenue>(proposed.Sessions.Select(at => at.VenueId.Value), venue => venue.Id, ct);
        return [.. proposed.Sessions.Select(at => new Placing(new(at.From, at.To), trainers[at.TrainerId.Value], venues[at.VenueId.Value]))];
    }

    /// <summary>Seats go to people of the whole line; who was planned for this run and has none yet waits here, until another run of the line has a seat for him.</summary>
    static PlaceRun CommandOf(ProposedRun proposed, CourseRun run, ImmutableArray<Placing> classes, IReadOnlyList<CourseRun> line, KnownCourse course, DateTimeOffset at)
    {
        var taken = line.Where(other => other.Id != run.Id && other.State is RunState.Confirmed or RunState.Held).SelectMany(other => other.Learners).Select(learner => learner.EmployeeId).ToHashSet();
        var known = line.SelectMany(other => other.Learners.Concat(other.Waitlist.Select(waiting => waiting.Learner))).DistinctBy(learner => learner.EmployeeId).ToDictionary(learner => learner.EmployeeId);
        var learners = proposed.Learners.Where(employee => !taken.Contains(employee)).Select(employee => known.TryGetValue(employee, out var learner) ? learner
            : throw new RuleBroken("learner-gone", $"Employee {employee.Value} no longer waits for {proposed.CourseCode}.")).ToImmutableArray();
        var waits = run.Learners.Where(learner => !taken.Contains(learner.EmployeeId) && !proposed.Learners.Contains(learner.EmployeeId))
            .Select(learner => new Waiting(learner, "The plan found no session of the course for this learner."));
        return new(proposed.RunId, course, classes, learners, [.. run.Waitlist.Where(waiting => !learners.Contains(waiting.Learner)), .. waits], at);
    }

    /// <summary>Who has a seat now waits in no other run of the line any more.</summary>
    static async Task StopWaiting(Bookings bookings, IEnumerable<CourseRun> line, PlaceRun command, CancellationToken ct)
    {
        foreach (var other in line.Where(other => other.Id != command.RunId.Value && other.IsOpen))
            foreach (var learner in command.Learners.Where(learner => other.Waits(learner.EmployeeId) is not null))
                await bookings.Desk.Change<CourseRun>(other.Id, state => state.Waits(learner.EmployeeId) is null ? []
                    : [new LearnerWithdrawn(learner.EmployeeId, "seated-in-another-run", command.At)], ct);
    }

    static async Task<int> Park(Proposal proposal, ISessionFactory sessions, TimeProvider clock, CancellationToken ct)
    {
        var parked = 0;
        foreach (var issue in proposal.Issues)
            await Retried(async () =>
            {
                await using var session = sessions.OpenSession();
                var desk = new Desk(session);
                var facts = await desk.Follow(issue.RunId, run => run is { State: RunState.Funded } ? [new RunUnplaceable(issue.RunId, issue.Reason, clock.GetUtcNow())] : [], ct);
                await desk.Commit(ct);
                if (facts.Length > 0) parked++;
                return ("", "");
            }, ct);
        return parked;
    }

    /// <summary>Tries again while others book at the same time, each time with fresh calendars.</summary>
    static async Task<(string Code, string Reason)> Retried(Func<Task<(string, string)>> work, CancellationToken ct)
    {
        for (var conflicts = 0; ; conflicts++)
            try
            {
                return await work();
            }
            catch (Exception exception) when (WriteConflict.Is(exception) && conflicts < FirstFit.ScheduleRegion.Conflicts)
            {
                ct.ThrowIfCancellationRequested();
            }
    }
}
