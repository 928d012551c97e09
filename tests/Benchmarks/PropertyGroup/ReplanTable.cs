using Training.Scheduling.Calendars;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;

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
        Console.WriteLine($"\nRe-planning {size.Name}: {sessions} published sessions ahead, {published.Runs.Sum(run => run.Published.Count(at => at.Locked))} locked; search {Search.Time.TotalSeconds:0.0} CPU-s\n");
        PlannerTable.Head("what happens", "translating, CPU-s", "planning, CPU-s", "moved", "hard", "cost without moving", "from scratch: moved", "cost without moving", "moved / from scratch");
        foreach (var happens in Event.Ten(published).Prepend(new("nothing", one => one)))
        {
            var ((problem, planning), translating) = GroupTable.Timed(() => (Translation.Of(Substitutes.Of(happens.Happen(published)).Situation).Problem, Search with { Grain = grain }));
            var (plan, time) = GroupTable.Timed(() => Planner.Solve(problem, planning, 1));
            var scratch = Planner.Solve(problem with { Published = [] }, planning, 1);
            var unpriced = problem with { Rules = problem.Rules.RemoveAll(rule => rule.Kind == RuleKind.Moved) };
            var (moved, movedFromScratch) = (Replanning.Moved(problem, plan.Plan), Replanning.Moved(problem, scratch.Plan));
            PlannerTable.Row(happens.What, $"{translating.TotalSeconds:0.0}", $"{time.TotalSeconds:0.0}", moved, plan.Cost.Hard, PlanCheck.Cost(unpriced, plan.Plan).Soft,
                movedFromScratch, PlanCheck.Cost(unpriced, scratch.Plan).Soft, $"{(double)moved / Math.Max(1, movedFromScratch):P0}");
        }
        Frontier(published, grain);
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
