using System.Collections.Immutable;

namespace Training.Scheduling.Situations;

/// <summary>
/// Who of a line is planned into which of its runs. A cohort is people who are free at the same times, such as a shift crew off duty: each run takes the
/// start at which most of those left could come, those who must come in time before all, and of them those who share most of their times. Who can't come
/// after all may still be seated in another run of the line.
/// </summary>
static class Cohorts
{
    /// <summary>Fewer common starts than this are no choice for a search, so the next ones in are measured by what was common before.</summary>
    const int FewStarts = 12;

    public static IReadOnlyDictionary<Guid, ImmutableArray<Demand>> Of(Situation situation, Staff staff)
    {
        Dictionary<Guid, ImmutableArray<Demand>> cohorts = [];
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
                var days = staff.Grid.Starts(run.Minutes).Select(staff.Grid.DayOf).ToArray();
                cohorts[run.Id] = Take(pool, size, days, demand => staff.TimesOf(staff.Find(demand.Employee, demand.Estate), run.Minutes, travels: run.OnSite == Guid.Empty));
                left--;
            }
        }
        return cohorts;
    }

    static ImmutableArray<Demand> Take(List<Demand> pool, int size, DateOnly[] days, Func<Demand, Times> times)
    {
        if (pool.Count == 0 || size == 0) return [];
        var start = BestStart(pool, size, days, times);
        bool Comes(Demand demand) => times(demand).CanAttend(start) && days[start] <= demand.Deadline;
        var first = Math.Max(0, days.Length == 0 ? 0 : pool.FindIndex(Comes));
        List<Demand> chosen = [pool[first]];
        var common = times(pool[first]);
        pool.RemoveAt(first);
        while (chosen.Count < size && pool.Count > 0)
        {
            var (best, most, comes) = (0, -1, false);
            for (var i = 0; i < pool.Count; i++)
            {
                var (shared, also) = (common.Shared(times(pool[i])), days.Length > 0 && Comes(pool[i]));
                if ((also && !comes) || (also == comes && shared > most)) (best, most, comes) = (i, shared, also);
            }
            chosen.Add(pool[best]);
            if (most >= FewStarts) common = common.And(times(pool[best]));
            pool.RemoveAt(best);
        }
        return [.. chosen];
    }

    /// <summary>The start at which the most can come, mandatory learners in time counting ten times and those who would leave a post half.</summary>
    static int BestStart(List<Demand> pool, int size, DateOnly[] days, Func<Demand, Times> times)
    {
        var (best, most, all) = (0, -1, pool.Select(demand => (Demand: demand, Times: times(demand))).ToList());
        ReadOnlySpan<int> worths = [20, 10, 2, 1];
        Span<int> coming = stackalloc int[worths.Length];
        for (var start = 0; start < days.Length; start++)
        {
            coming.Clear();
            foreach (var (demand, at) in all)
                if (at.CanAttend(start) && days[start] <= demand.Deadline) coming[(demand.IsMandatory ? 0 : 2) + (at.IsUnposted(start) ? 0 : 1)]++;
            var (left, sum) = (size, 0);
            for (var i = 0; i < worths.Length; i++)
            {
                var seated = Math.Min(left, coming[i]);
                (left, sum) = (left - seated, sum + (seated * worths[i]));
            }
            if (sum > most) (best, most) = (start, sum);
        }
        return best;
    }
}
