using System.Collections.Immutable;
using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Proposals;

/// <summary>Why a run didn't get its place; no code: it did.</summary>
readonly record struct Refusal(string Code, string Reason)
{
    internal bool IsNone => Code == "";
}

/// <summary>
/// Books the runs of a proposal, each in a transaction of its own. One may need the place that another gives up, so what is refused is tried again as long as
/// others get theirs; published runs that only wait for each other move in one transaction.
/// </summary>
sealed class Acceptance(ISessionFactory sessions, Origin origin, IConfiguration configuration, TimeProvider clock)
{
    static readonly Refusal None = new("", "");

    /// <summary>Tells of each run that got its place at once, which answers whether to go on, and answers what the others were refused for.</summary>
    internal async Task<IReadOnlyDictionary<RunId, Refusal>> Of(IEnumerable<ProposedRun> runs, PlanRequested request, Func<ProposedRun, Task<bool>> placed, CancellationToken ct)
    {
        Dictionary<RunId, Refusal> refused = runs.ToDictionary(run => run.RunId, _ => None);
        List<ProposedRun> open = [.. runs];
        var goesOn = true;
        for (var before = open.Count + 1; goesOn && open.Count > 0 && open.Count < before;)
        {
            before = open.Count;
            foreach (var run in open.ToList().TakeWhile(_ => goesOn))
                if ((refused[run.RunId] = await Retried(() => Take(run, request, ct), ct)).IsNone) await Done(run);
            if (!goesOn || open.Count < before) continue;
            foreach (var run in await Together([.. open.Where(run => run.Published)], request, ct)) await Done(run);
        }
        if (!goesOn)
            foreach (var run in open) refused[run.RunId] = new("not-proposed", "Somebody has discarded the proposal in the meantime.");
        return refused.Where(run => open.Any(left => left.RunId == run.Key)).ToDictionary();

        async Task Done(ProposedRun run)
        {
            open.Remove(run);
            goesOn &= await placed(run);
        }
    }

    /// <summary>Places or moves one run.</summary>
    async Task<Refusal> Take(ProposedRun proposed, PlanRequested request, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        var bookings = new Bookings(session, origin, configuration);
        try
        {
            var run = await bookings.Desk.Must<CourseRun>(proposed.RunId.Value, ct);
            if (proposed.Published)
            {
                await bookings.Move(await MoveOf(proposed, request, session, ct), ct);
                await bookings.MustStayInOrder(proposed.RunId, ct);
            }
            else
            {
                var line = await session.Query<CourseRun>().Where(other => other.Offer.LineId == run.Offer.LineId).ToListAsync(ct);
                var command = CommandOf(proposed, run, await Placings(proposed, session, ct), line, await session.Must<KnownCourse>(run.Offer.CourseId.Value, ct), clock.GetUtcNow());
                await bookings.Place(command, ct);
                await StopWaiting(bookings, line, command, ct);
                await bookings.MustBeInOrder(await bookings.Desk.Must<CourseRun>(proposed.RunId.Value, ct), ct);
            }
        }
        catch (RuleBroken broken)
        {
            return new(broken.Code, broken.Message);
        }
        await bookings.Desk.Commit(ct);
        return None;
    }

    /// <summary>Those of several published runs that can move at once; one that can't even then stays, and with it whoever needs its place.</summary>
    async Task<IReadOnlyList<ProposedRun>> Together(ImmutableArray<ProposedRun> runs, PlanRequested request, CancellationToken ct)
    {
        while (runs.Length > 1)
        {
            var refused = await Retried(() => Refused(runs, request, ct), ct);
            if (refused < 0) return runs;
            runs = runs.RemoveAt(refused);
        }
        return [];
    }

    /// <summary>The first of several runs that can't move with the others; less than 0: all of them have moved.</summary>
    async Task<int> Refused(ImmutableArray<ProposedRun> runs, PlanRequested request, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        var bookings = new Bookings(session, origin, configuration);
        List<MoveSessions> moves = [];
        foreach (var run in runs) moves.Add(await MoveOf(run, request, session, ct));
        foreach (var (index, move) in moves.Index())
            if (!await Allowed(() => bookings.Leave(move, ct))) return index;
        foreach (var (index, move) in moves.Index())
            if (!await Allowed(() => bookings.Arrive(move, ct))) return index;
        foreach (var (index, move) in moves.Index())
            if (!await Allowed(() => bookings.MustStayInOrder(move.RunId, ct))) return index;
        await bookings.Desk.Commit(ct);
        return -1;
    }

    static async Task<bool> Allowed(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (RuleBroken)
        {
            return false;
        }
    }

    /// <summary>What was far away when the plan was made may be near by now.</summary>
    async Task<MoveSessions> MoveOf(ProposedRun proposed, PlanRequested request, IQuerySession query, CancellationToken ct) =>
        new(proposed.RunId, await Placings(proposed, query, ct), request.Reason, clock.GetUtcNow()) { FrozenUntil = clock.GetUtcNow().AddDays(request.FrozenDays) };

    static async Task<ImmutableArray<Placing>> Placings(ProposedRun proposed, IQuerySession query, CancellationToken ct)
    {
        var trainers = await query.MustAll<KnownTrainer>(proposed.Sessions.Select(at => at.TrainerId.Value), trainer => trainer.Id, ct);
        var venues = await query.MustAll<KnownVenue>(proposed.Sessions.Select(at => at.VenueId.Value), venue => venue.Id, ct);
        return [.. proposed.Sessions.Select(at => new Placing(new(at.From, at.To), trainers[at.TrainerId.Value], venues[at.VenueId.Value]))];
    }

    /// <summary>Seats go to people of the whole line; who was planned for this run and has none yet waits here, until another run of the line has a seat for him.</summary>
    static PlaceRun CommandOf(ProposedRun proposed, CourseRun run, ImmutableArray<Placing> classes, IReadOnlyList<CourseRun> line, KnownCourse course, DateTimeOffset at)
    {
        var taken = line.Where(other => other.Id != run.Id && other.HasSeats).SelectMany(other => other.Learners).Select(learner => learner.EmployeeId).ToHashSet();
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

    /// <summary>Tries again while others book at the same time, each time with fresh calendars.</summary>
    internal static async Task<T> Retried<T>(Func<Task<T>> work, CancellationToken ct)
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
