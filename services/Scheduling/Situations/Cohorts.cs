using System.Collections.Immutable;
using System.Numerics;

namespace Training.Scheduling.Situations;

/// <summary>
/// Who of a line is planned into which of its runs. A cohort is people who are free at the same times, such as a shift crew off duty: each run starts with
/// the most urgent learner left and takes those who share most of his times. Who can't come after all may still be seated in another run of the line.
/// </summary>
static class Cohorts
{
    /// <summary>Fewer common starts than this are no choice for a search, so the next ones in are measured by what was common before.</summary>
    const int FewStarts = 12;

    public static IReadOnlyDictionary<Guid, ImmutableArray<Demand>> Of(Situation situation, Staff staff)
    {
        Dictionary<Guid, ImmutableArray<Demand>> cohorts = [];
        Dictionary<(Guid, int, bool), ulong[]> known = [];
        foreach (var run in situation.Runs.Where(run => !run.Published.IsEmpty))
            cohorts[run.Id] = [.. run.Demands.Where(demand => run.Seated.Contains(demand.Employee))];
        foreach (var line in situation.Runs.Where(run => run.Published.IsEmpty).GroupBy(run => (run.Line, run.OnSite)))
        {
            var seated = situation.Runs.Where(run => run.Line == line.Key.Line && !run.Published.IsEmpty).SelectMany(run => run.Seated).ToHashSet();
            var pool = line.SelectMany(run => run.Demands).Where(demand => !seated.Contains(demand.Employee)).DistinctBy(demand => demand.Employee)
                .OrderBy(demand => demand.Deadline).ThenByDescending(demand => demand.Worth).ThenBy(demand => demand.Employee).ToList();
            var left = line.Count();
            foreach (var run in line.OrderByDescending(run => run.Seats).ThenBy(run => run.Id))
            {
                // Even groups, so that the last run isn't left with too few.
                var size = Math.Min(run.Seats, Math.Max(run.MinLearners, (pool.Count + left - 1) / left));
                cohorts[run.Id] = Take(pool, size, demand => known.TryGetValue((demand.Employee, run.Minutes, run.OnSite == Guid.Empty), out var times)
                    ? times : known[(demand.Employee, run.Minutes, run.OnSite == Guid.Empty)] = TimesOf(demand, run, staff));
                left--;
            }
        }
        return cohorts;
    }

    static ImmutableArray<Demand> Take(List<Demand> pool, int size, Func<Demand, ulong[]> times)
    {
        if (pool.Count == 0 || size == 0) return [];
        List<Demand> chosen = [pool[0]];
        var common = times(pool[0]);
        pool.RemoveAt(0);
        while (chosen.Count < size && pool.Count > 0)
        {
            var (best, most) = (0, -1);
            for (var i = 0; i < pool.Count; i++)
            {
                var shared = Shared(common, times(pool[i]));
                if (shared > most) (best, most) = (i, shared);
            }
            chosen.Add(pool[best]);
            if (most >= FewStarts) common = [.. common.Zip(times(pool[best]), (one, other) => one & other)];
            pool.RemoveAt(best);
        }
        return [.. chosen];
    }

    static int Shared(ulong[] one, ulong[] other)
    {
        var count = 0;
        for (var i = 0; i < one.Length; i++) count += BitOperations.PopCount(one[i] & other[i]);
        return count;
    }

    /// <summary>Starts at which somebody can attend, in two parts: all of them, and those that take nobody from a post, which so count twice.</summary>
    static ulong[] TimesOf(Demand demand, SituationRun run, Staff staff)
    {
        var (starts, person) = (staff.Grid.Starts(run.Minutes), staff.Find(demand.Employee, demand.Estate));
        var words = (starts.Length + 63) / 64;
        var times = new ulong[2 * words];
        for (var i = 0; i < starts.Length; i++)
        {
            var away = staff.AwayOf(starts[i], run.Minutes / 30, travels: run.OnSite == Guid.Empty);
            if (!staff.Board.CanLeave(person, away)) continue;
            times[i / 64] |= 1UL << (i % 64);
            if (!FirstFit.Board.IsPosted(person, away)) times[words + (i / 64)] |= 1UL << (i % 64);
        }
        return times;
    }
}
