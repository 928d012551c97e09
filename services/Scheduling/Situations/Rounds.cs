using Training.Scheduling.Planning;

namespace Training.Scheduling.Situations;

/// <summary>A timetable, what it costs, and the search that led to it, with the work of all rounds.</summary>
public sealed record Planned(Timetable Timetable, Bill Bill, PlanResult Search);

/// <summary>
/// Plans in rounds: who is in which cohort decides when its run can be, and when runs are decides who can be in them. After each round a cohort is who found a
/// seat in the run, and who found none joins a run of his line with seats to spare; then the search goes on from where it was.
/// </summary>
public static class Rounds
{
    public const int Most = 12;

    const double FirstShare = 0.4;

    /// <summary>The cheapest timetable of all rounds; fewer where translating would take most of the time left. The budget begins when the situation has been translated.</summary>
    public static Planned Of(Situation situation, PlanBudget budget, int seed, int rounds = Most, Action? begun = null, IProgress<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        var (share, left, random) = (rounds == 1 ? 1 : FirstShare, rounds - 1, new Random(seed));
        var (best, started) = First();
        var (moves, used) = (best.Search.Moves, best.Search.Used);
        while (left > 0 && !ct.IsCancellationRequested && Next() is { } planned)
        {
            (moves, used, share) = (moves + planned.Search.Moves, used + planned.Search.Used, share + ((1 - share) / left));
            if (planned.Bill.Total < best.Bill.Total) best = planned;
            left--;
        }
        return best with { Search = best.Search with { Moves = moves, Used = used } };

        // Each round in a method of its own: its problem, hundreds of MiB for a large group, is gone before the next one is made.
        (Planned, TimeSpan) First()
        {
            var translated = Translation.Of(situation);
            begun?.Invoke();
            var start = budget.Clock();
            return (Once(situation, translated, budget.Part(share), seed, progress?.Part(0, share), ct), start);
        }

        Planned? Next()
        {
            var start = budget.Clock();
            var next = Translation.Of(Regrouped(situation, best.Timetable, random));
            var now = budget.Clock();
            var (translating, remaining) = (now - start, budget.Time - (now - started));
            if (remaining < translating) return null;
            var part = budget.Part((1 - FirstShare) / (rounds - 1), used: now - started);
            if (!budget.IsCounted && budget.Time != TimeSpan.MaxValue)
            {
                left = Math.Min(left, 1 + (int)(remaining / ((3 * translating) + TimeSpan.FromSeconds(1))));
                part = part with { Time = (remaining / left) - (translating * (left - 1) / left) };
            }
            return Once(situation, next with { Problem = From(next.Problem, best.Search.Plan) }, part, seed + left, progress?.Part(share, (1 - share) / left, moves), ct);
        }
    }

    /// <summary>One search and its seating.</summary>
    public static Planned Once(Situation situation, Translated translated, PlanBudget budget, int seed, IProgress<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        var result = Planner.Solve(translated.Problem, budget, seed, progress, ct);
        var timetable = Seating.Of(situation, translated, result.Plan, ct);
        return new(timetable, Bill.Of(situation, timetable), result);
    }

    /// <summary>The search goes on from a plan, as if it were published and nobody minded.</summary>
    static PlanningProblem From(PlanningProblem problem, Plan plan) =>
        problem.Published.IsEmpty ? Replanning.Priced(problem with { Published = plan.Placements }, 1) : problem;

    /// <summary>The same situation with every run a line of its own, so that cohorts stay as they are.</summary>
    static Situation Regrouped(Situation situation, Timetable timetable, Random random)
    {
        var seated = timetable.Runs.ToDictionary(run => run.Run, run => run.Learners);
        var members = situation.Runs.ToDictionary(run => run.Id, _ => new List<Demand>());
        foreach (var line in situation.Runs.GroupBy(run => (run.Line, run.OnSite)))
        {
            var demands = line.SelectMany(run => run.Demands).DistinctBy(demand => demand.Employee).ToDictionary(demand => demand.Employee);
            foreach (var run in line)
                foreach (var learner in seated.GetValueOrDefault(run.Id, []))
                    if (demands.Remove(learner, out var demand)) members[run.Id].Add(demand);
            foreach (var demand in demands.Values.OrderBy(demand => demand.Deadline).ThenByDescending(demand => demand.Worth).ThenBy(demand => demand.Employee))
            {
                var open = line.Where(run => members[run.Id].Count < run.Seats && (run.Published.IsEmpty || run.Seated.Contains(demand.Employee))).ToList();
                if (open.Count > 0) members[open[random.Next(open.Count)].Id].Add(demand);
            }
        }
        return situation with { Runs = [.. situation.Runs.Select(run => run with { Line = run.Id, Demands = [.. members[run.Id]] })] };
    }
}
