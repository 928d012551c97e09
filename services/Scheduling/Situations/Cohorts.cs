using System.Collections.Immutable;
using System.Numerics;

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
                var days = staff.Grid.Starts(run.Minutes).Select(staff.Grid.DayOf).ToArray();
                cohorts[run.Id] = Take(pool, size, days, demand => known.TryGetValue((demand.Employee, run.Minutes, run.OnSite == Guid.Empty), out var times)
                    ? times : known[(demand.Employee, run.Minutes, run.OnSite == Guid.Empty)] = TimesOf(demand, run, staff));
                left--;
            }
        }
        return cohorts;
    }

    static ImmutableArray<Demand> Take(List<Demand> pool, int size, DateOnly[] days, Func<Demand, ulong[]> times)
    {
        if (pool.Count == 0 || size == 0) return [];
        var start = BestStart(pool, size, days, times);
        bool Comes(Demand demand) => IsSet(times(demand), start) && days[start] <= demand.Deadline;
        var first = Math.Max(0, days.Length == 0 ? 0 : pool.FindIndex(Comes));
        List<Demand> chosen = [pool[first]];
        var common = times(pool[first]);
        pool.RemoveAt(first);
        while (chosen.Count < size && pool.Count > 0)
        {
            var (best, most, comes) = (0, -1, false);
            for (var i = 0; i < pool.Count; i++)
            {
                var (shared, also) = (Shared(common, times(pool[i])), days.Length > 0 && Comes(pool[i]));
                if ((also && !comes) || (also == comes && shared > most)) (best, most, comes) = (i, shared, also);
            }
            chosen.Add(pool[best]);
            if (most >= FewStarts) common = [.. common.Zip(times(pool[best]), (one, other) => one & other)];
            pool.RemoveAt(best);
        }
        return [.. chosen];
    }

    /// <summary>The start at which the most can come, mandatory learners in time counting ten times and those who would leave a post half.</summary>
    static int BestStart(List<Demand> pool, int size, DateOnly[] days, Func<Demand, ulong[]> times)
    {
        var (best, most, all) = (0, -1, pool.Select(demand => (Demand: demand, Times: times(demand))).ToList());
        var worth = new int[all.Count];
        for (var start = 0; start < days.Length; start++)
        {
            for (var i = 0; i < all.Count; i++)
            {
                var (demand, at) = all[i];
                worth[i] = !IsSet(at, start) || days[start] > demand.Deadline ? 0
                    : (demand.IsMandatory ? 20 : 2) / (IsSet(at.AsSpan(at.Length / 2), start) ? 1 : 2);
            }
            var sum = worth.Length <= size ? worth.Sum() : worth.OrderDescending().Take(size).Sum();
            if (sum > most) (best, most) = (start, sum);
        }
        return best;
    }

    static bool IsSet(ReadOnlySpan<ulong> times, int start) => (times[start / 64] >> (start % 64) & 1) == 1;

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
