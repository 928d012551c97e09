using System.Collections.Immutable;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Planning.Explaining;

namespace Training.Scheduling.Situations;

/// <summary>A change that was proved to help; the price is whole units of the situation's currency.</summary>
public sealed record Remedy(string Code, Sentence Text, int Price);

/// <summary>
/// Why a run isn't held. <paramref name="InEveryPlan"/>: with these learners in no plan at all; otherwise not beside what this plan holds, unless it isn't
/// barred at all and has a place.
/// </summary>
public sealed record RunReason(Guid Run, Sentence Text, bool InEveryPlan, ImmutableArray<Remedy> Remedies)
{
    public bool HasPlace { get; init; }
}

/// <summary>Why a learner has no seat in this plan.</summary>
public sealed record LearnerReason(Guid Line, string CourseCode, Demand Demand, Sentence Text, ImmutableArray<Remedy> Remedies);

/// <summary>What could be proved in the time given, dearest first; the other runs left out aren't among them.</summary>
public sealed record Explained(ImmutableArray<RunReason> Runs, ImmutableArray<LearnerReason> Learners);

/// <summary>Says of a finished timetable why runs aren't held and learners have no seat, with the numbers that bind and up to three of the cheapest changes.</summary>
static class Explaining
{
    const int MostRemedies = 3;

    public static Explained Of(Situation situation, Timetable timetable, TimeSpan time, CancellationToken ct = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // A timer of no length at all would end somewhat later.
        if (time > TimeSpan.Zero) timer.CancelAfter(time);
        else timer.Cancel();
        var (words, office) = (new Words(situation), Office.Of(situation, timetable));
        var learners = Learners(situation, office, words);
        try
        {
            return new(Runs(situation, timetable, office, words, timer.Token), learners);
        }
        finally
        {
            ct.ThrowIfCancellationRequested();
        }
    }

    static ImmutableArray<RunReason> Runs(Situation situation, Timetable timetable, Office office, Words words, CancellationToken ct)
    {
        if (timetable.Unplaced.IsEmpty) return [];
        var left = timetable.Unplaced.Select(one => one.Run).ToHashSet();
        var waiting = situation.Runs.Where(run => left.Contains(run.Id)).ToDictionary(run => run.Id, run => office.Waiting(run).Count());
        var reasons = ImmutableArray.CreateBuilder<RunReason>();
        try
        {
            ct.ThrowIfCancellationRequested();
            var settled = Settled(situation, timetable);
            var proofs = new Lazy<Proofs>(() => new(situation, settled, timetable, office, ct));
            foreach (var run in settled.Runs.Where(run => left.Contains(run.Id)).OrderByDescending(run => run.Demands.Sum(demand => WorthOf(demand, situation))).ThenBy(run => run.Id))
            {
                ct.ThrowIfCancellationRequested();
                if (run.Published.IsEmpty && waiting[run.Id] is var people && people < run.MinLearners) reasons.Add(new(run.Id, Words.TooFewWait(run, people), false, []));
                else if (proofs.Value.Of(run, words, ct) is { } why) reasons.Add(why);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
        return reasons.ToImmutable();
    }

    static long WorthOf(Demand demand, Situation situation) => demand.Worth + (demand.IsMandatory ? (long)situation.Prices.MissedMandatory : 0);

    /// <summary>Each run a line of its own: held ones with those who have a seat, those left out with those of the line who have none.</summary>
    static Situation Settled(Situation situation, Timetable timetable)
    {
        var seated = timetable.Runs.ToDictionary(run => run.Run, run => run.Learners.ToHashSet());
        Dictionary<Guid, ImmutableArray<Demand>> members = [];
        foreach (var line in situation.Runs.GroupBy(run => (run.Line, run.OnSite)))
        {
            var demands = line.SelectMany(run => run.Demands).DistinctBy(demand => demand.Employee).OrderBy(demand => demand.Deadline).ThenByDescending(demand => demand.Worth).ThenBy(demand => demand.Employee).ToList();
            foreach (var run in line.Where(run => seated.ContainsKey(run.Id))) members[run.Id] = [.. demands.Where(demand => seated[run.Id].Contains(demand.Employee))];
            var open = new Queue<Demand>(demands.Where(demand => !line.Any(run => seated.ContainsKey(run.Id) && seated[run.Id].Contains(demand.Employee))));
            foreach (var run in line.Where(run => !seated.ContainsKey(run.Id)))
                members[run.Id] = run.Published.IsEmpty ? [.. Enumerable.Range(0, Math.Min(run.Seats, open.Count)).Select(_ => open.Dequeue())] : run.Demands;
        }
        return situation with { Runs = [.. situation.Runs.Select(run => run with { Line = run.Id, Demands = members[run.Id] })] };
    }

    static ImmutableArray<LearnerReason> Learners(Situation situation, Office office, Words words)
    {
        var lines = office.All.ToLookup(one => (one.Run.Line, one.Run.OnSite));
        var seated = office.All.SelectMany(one => one.Seated.Select(demand => (one.Run.Line, demand.Employee))).ToHashSet();
        return
        [
            .. situation.Runs.SelectMany(run => run.Demands.Select(demand => (Run: run, Demand: demand))).DistinctBy(one => (one.Run.Line, one.Demand.Employee))
                .Where(one => !seated.Contains((one.Run.Line, one.Demand.Employee))).OrderByDescending(one => WorthOf(one.Demand, situation)).ThenBy(one => one.Demand.Employee)
                .Select(one => Why(one.Run, one.Demand, [.. lines[(one.Run.Line, one.Run.OnSite)].OrderBy(held => held.From)], office, words)),
        ];
    }

    static LearnerReason Why(SituationRun run, Demand demand, ImmutableArray<Office.Held> held, Office office, Words words)
    {
        if (held.IsEmpty) return new(run.Line, run.CourseCode, demand, Words.NoRunHeld(run.CourseCode), []);
        var (full, outOfOrder, settled, obstacles, remedies) = (0, 0, 0, ImmutableArray.CreateBuilder<Obstacle>(), new List<Remedy>());
        foreach (var one in held)
        {
            var (obstacle, isFull) = (office.ObstacleTo(one, demand), office.FreeSeats(one) < 1);
            if (!office.IsInOrder(one, demand)) outOfOrder++;
            else if (obstacle.Kind != ObstacleKind.None)
            {
                obstacles.Add(obstacle);
                if (!isFull && obstacle.Kind == ObstacleKind.Post && office.CouldAttendRelieved(one, demand))
                    remedies.Add(new(nameof(RelaxationCode.Backfill), words.Backfilled(obstacle, run, one.From), office.CostOf(one, demand)));
            }
            else if (isFull)
            {
                full++;
                if (office.HasChairs(one)) remedies.Add(new("OneMoreSeat", words.OneMoreSeat(run, one.From), one.Run.SeatPrice + office.CostOf(one, demand)));
            }
            else
            {
                settled++;
                remedies.Add(new("Enrol", words.Enrol(run, one.From), office.CostOf(one, demand)));
            }
        }
        var text = Words.NoSeat(run.CourseCode, full, outOfOrder, settled, obstacles.ToImmutable());
        return new(run.Line, run.CourseCode, demand, text, [.. remedies.OrderBy(remedy => remedy.Price).Take(MostRemedies)]);
    }
}
