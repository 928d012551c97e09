using System.Collections.Immutable;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Situations;

/// <summary>A timetable, what it costs, and the work of the search for it.</summary>
public sealed record Planned(Timetable Timetable, Bill Bill, PlanResult Search);

/// <summary>
/// Plans in rounds: who is in which cohort decides when its run can be, and when runs are decides who can be in them. After each round a cohort is who found a
/// seat in the run, and who found none joins a run of his line with seats to spare; then the search goes on from where it was.
/// </summary>
public static class Rounds
{
    const double FirstShare = 0.5;

    /// <summary>The cheapest timetable of all rounds.</summary>
    public static Planned Of(Situation situation, Translated translated, PlanBudget budget, int seed, int rounds = 4, IProgress<PlanProgress>? progress = null, CancellationToken ct = default)
    {
        var best = Round(situation, translated, Planner.Solve(translated.Problem, Share(budget, rounds == 1 ? 1 : FirstShare), seed, progress, ct), ct);
        var (last, random) = (best, new Random(seed));
        for (var round = 1; round < rounds && !ct.IsCancellationRequested; round++)
        {
            var next = Translation.Of(Regrouped(situation, last.Timetable, random));
            var from = next.Problem with
            {
                Published = next.Problem.Published.IsEmpty ? last.Search.Plan.Placements : next.Problem.Published,
                Rules = next.Problem.Published.IsEmpty ? Replanning.Priced(next.Problem, 1).Rules : next.Problem.Rules,
            };
            last = Round(situation, next, Planner.Solve(from, Share(budget, (1 - FirstShare) / (rounds - 1)), seed + round, progress, ct), ct);
            if (last.Bill.Total < best.Bill.Total) best = last;
            else last = best;
        }
        return best;
    }

    static Planned Round(Situation situation, Translated translated, PlanResult result, CancellationToken ct)
    {
        var timetable = Seating.Of(situation, translated, result.Plan, ct);
        return new(timetable, Bill.Of(situation, timetable), result);
    }

    static PlanBudget Share(PlanBudget budget, double share) => budget with
    {
        Time = budget.Time == TimeSpan.MaxValue ? budget.Time : budget.Time * share,
        Moves = budget.Moves == long.MaxValue ? budget.Moves : (long)(budget.Moves * share),
    };

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
