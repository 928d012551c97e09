using Training.Scheduling.Calendars;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using Training.Scheduling.Verifier;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>Ten things happen to a published schedule, each on its own: how many published sessions move, and how many would if one planned from scratch.</summary>
static class ReplanTable
{
    public static void Show(Options options, bool quick)
    {
        var size = Size.Of(options.Text("sizes", quick ? "S" : "M"));
        var group = GroupGenerator.Make(size, options.Number("group-seed", 1));
        var grain = GroupTable.Grain(group.Situation);
        var translated = Translation.Of(group.Situation);
        var first = Planner.Solve(translated.Problem, options.Budget(quick ? 10 : 60) with { Grain = grain }, 1);
        var published = Publish(group.Situation, Seating.Of(group.Situation, translated, first.Plan));
        var sessions = published.Runs.Sum(run => run.Published.Count(at => !at.Locked));
        var seeds = Enumerable.Range(options.Number("first-seed", 1), options.Number("seeds", quick ? 1 : 5)).ToList();
        Console.WriteLine($"\nRe-planning {size.Name}: {sessions} published sessions ahead, {published.Runs.Sum(run => run.Published.Count(at => at.Locked))} locked; search {Search.Time.TotalSeconds:0.0} CPU-s, seeds {seeds[0]} to {seeds[^1]}\n");
        PlannerTable.Head("what happens", "touched", "afterwards", "CPU-s, mean", "worst", "moved, mean", "worst", "hard", "violations", "cost without moving, mean", "from scratch: moved", "cost without moving", "moved / from scratch, worst");
        foreach (var happens in Event.Ten(published).Prepend(new("nothing", one => one)))
        {
            var happened = happens.Happen(published);
            var runs = seeds.Select(seed => Once(happened, seed, grain)).ToList();
            PlannerTable.Row(happens.What, VerifyTimetable.Unsafe(happened, AsPublished(happened)), runs.Max(run => run.Touched), $"{runs.Average(run => run.Seconds):0.0}", $"{runs.Max(run => run.Seconds):0.0}", $"{runs.Average(run => run.Moved):0.0}", runs.Max(run => run.Moved), runs.Max(run => run.Hard), runs.Max(run => run.Violations),
                $"{runs.Average(run => run.Cost):0}", $"{runs.Average(run => run.MovedFromScratch):0}", $"{runs.Average(run => run.CostFromScratch):0}", $"{runs.Max(run => (double)run.Moved / Math.Max(1, run.MovedFromScratch)):P0}");
        }
        Frontier(published, grain);
    }

    static Timetable AsPublished(Situation happened) => new([.. happened.Runs.Where(run => !run.Published.IsEmpty).Select(run => new PlannedRun(run.Id, run.Published, run.Seated))], []);

    /// <summary>One answer to what happened, from the situation to the timetable that passed the verifier, and beside it a search that begins anew.</summary>
    static (double Seconds, int Touched, int Moved, int Hard, int Violations, long Cost, int MovedFromScratch, long CostFromScratch) Once(Situation happened, int seed, int grain)
    {
        var search = Search with { Grain = grain };
        var ((problem, plan, timetable, violations), time) = GroupTable.Timed(() =>
        {
            var situation = Substitutes.Of(happened).Situation;
            var translated = Translation.Of(situation);
            var found = Planner.Solve(translated.Problem, search, seed);
            var seated = Seating.Of(situation, translated, found.Plan);
            return (translated.Problem, found, seated, VerifyTimetable.Judge(happened, seated).Count);
        });
        var scratch = Planner.Solve(problem with { Published = [] }, search, seed);
        var unpriced = problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.Moved) };
        return (time.TotalSeconds, VerifyTimetable.Unsafe(happened, timetable), Bill.Of(happened, timetable).MovedSessions, plan.Cost.Hard, violations, PlanCheck.Cost(unpriced, plan.Plan).Soft,
            Replanning.Moved(problem, scratch.Plan), PlanCheck.Cost(unpriced, scratch.Plan).Soft);
    }

    static PlanBudget Search => new(TimeSpan.FromSeconds(2)) { Clock = CpuClock.OfThisThread };

    static void Frontier(Situation published, int grain)
    {
        var lost = Event.Ten(published)[4];
        var problem = Translation.Of(lost.Happen(published)).Problem;
        var points = Replanning.Frontier(problem, [20_000, 2_000, 500, 100], Search with { Time = 4 * Search.Time, Grain = grain }, 1);
        Console.WriteLine($"\n{lost.What}, at several prices of moving:\n");
        PlannerTable.Head("price", "moved", "cost without moving");
        foreach (var point in points) PlannerTable.Row(point.Price, point.Moved, point.Cost.Soft);
    }

    /// <summary>What a timetable says, known to everybody, on the day when something happens; what starts in the next days is frozen.</summary>
    static Situation Publish(Situation situation, Timetable timetable)
    {
        var planned = timetable.Runs.ToDictionary(run => run.Run);
        DateTimeOffset Midnight(int day) => situation.From.AddDays(day).At(TimeOnly.MinValue, situation.TimeZone);
        var frozen = Midnight(Event.Today + Event.Frozen);
        return situation with
        {
            AsOf = Midnight(Event.Today),
            FrozenUntil = frozen,
            Runs = [.. situation.Runs.Select(run => planned.TryGetValue(run.Id, out var held)
                ? run with { Published = [.. held.Classes.Select(at => at with { Locked = at.From < frozen })], Seated = held.Learners, Demands = [.. WithSeated(situation, run, held)] } : run)],
        };
    }

    /// <summary>Learners seated in a run, and those planned for it who have no seat in another.</summary>
    static IEnumerable<Demand> WithSeated(Situation situation, SituationRun run, PlannedRun held)
    {
        var line = situation.Runs.Where(other => other.Line == run.Line).SelectMany(other => other.Demands).DistinctBy(demand => demand.Employee).ToDictionary(demand => demand.Employee);
        return run.Demands.Concat(held.Learners.Select(learner => line[learner])).DistinctBy(demand => demand.Employee);
    }
}
