using System.Collections.Immutable;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Situations;

/// <summary>Who can be released when, what that takes from the posts, and what it costs.</summary>
sealed class Release
{
    /// <summary>More heads than any post can be asked for.</summary>
    const int Plenty = 9_999;

    readonly Situation situation;
    readonly Staff staff;
    readonly Dictionary<int[], string> profiles = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<(Guid Course, Guid Employee), DateTimeOffset> finished;

    public Release(Situation situation, Staff staff, IEnumerable<SituationRun> fixedRuns)
    {
        this.situation = situation;
        this.staff = staff;
        finished = fixedRuns.SelectMany(run => run.Seated.Select(employee => (Key: (run.Course, employee), run.Published[^1].To))).GroupBy(one => one.Key, one => one.To).ToDictionary(one => one.Key, one => one.Min());
        foreach (var (estate, rule, spare) in staff.Board.Posts) profiles[spare] = ProfileOf(estate, rule);
    }

    public static string ProfileOf(string estate, Known.PostRule rule) => $"{estate} {rule.Post} {rule.From:HHmm}-{rule.To:HHmm} {rule.Licence}".Trim();

    /// <summary>Heads above the minimum of every post, by half hour.</summary>
    public IEnumerable<CapacityProfile> Profiles => profiles.Select(profile => new CapacityProfile(profile.Value, FreeOf(profile.Key)));

    /// <summary>What it costs that somebody doesn't attend.</summary>
    public int ValueOf(Demand demand) => demand.Worth + (demand.IsMandatory ? situation.Prices.MissedMandatory : 0);

    /// <summary>Starts at which enough of a cohort can attend, with the price of those who can't, who are late, and who must be replaced on duty.</summary>
    public Dictionary<int, int> PricesOf(SituationRun run, (Demand Demand, Board.Person Person)[] members, ImmutableArray<int> starts, bool travels)
    {
        Dictionary<int, int> prices = [];
        var released = new Released();
        var earliest = members.Select(member => run.Prerequisites.Select(course => finished.GetValueOrDefault((course, member.Demand.Employee))).DefaultIfEmpty().Max()).ToArray();
        var times = members.Select(member => staff.TimesOf(member.Person, run.Minutes, travels)).ToArray();
        // Who has a seat keeps it: a published run moves to where all can come, or it stays, which is dear where it is no longer safe.
        var (least, known) = (run.Published.IsEmpty ? run.MinLearners : members.Length, run.Published.Select(at => staff.Grid.Floor(at.From)).ToHashSet());
        foreach (var (index, start) in starts.Index().Concat(known.Except(starts).Select(start => (-1, start))))
        {
            var away = staff.AwayOf(start, run.Minutes / 30, travels);
            var (day, instant, attending, price) = (staff.Grid.DayOf(start), staff.Grid.At(start), 0, 0);
            released.Begin(away);
            for (var at = 0; at < members.Length && (attending + members.Length - at >= least || known.Contains(start)); at++)
            {
                var (demand, person) = members[at];
                var posted = false;
                // A start that isn't a usual one, because a run was published at it, is asked for by itself.
                var can = earliest[at] <= instant && (index < 0 ? staff.Board.CanLeave(person, away) : times[at].CanAttend(index));
                if (!can || (!(index >= 0 && times[at].IsUnposted(index)) && !released.TryAdd(person, out posted)))
                {
                    price += known.Contains(start) ? Math.Max(ValueOf(demand), situation.Prices.MissedMandatory) : ValueOf(demand);
                    continue;
                }
                attending++;
                if (day > demand.Deadline) price += situation.Prices.MissedMandatory;
                if (posted) price += situation.Prices.BackfillPerHour * run.Minutes / 60;
            }
            if (attending >= least || known.Contains(start)) prices[start] = price;
        }
        return prices;
    }

    /// <summary>Who is away for a class so far, by post and half hour.</summary>
    sealed class Released
    {
        readonly List<(int[] Spare, int[] Heads)> posts = [];
        readonly Stack<int[]> free = [];
        Board.Window away;

        /// <summary>Asked for millions of classes, so that arrays are used again.</summary>
        public void Begin(Board.Window window)
        {
            away = window;
            foreach (var (_, heads) in posts) free.Push(heads);
            posts.Clear();
        }

        /// <summary>Lets somebody go who can attend by himself, where all his posts can spare him beside those who are away already.</summary>
        public bool TryAdd(Board.Person person, out bool posted)
        {
            posted = false;
            foreach (var (spares, time) in Board.Drawn(person, away))
                foreach (var spare in spares)
                {
                    posted = true;
                    var heads = HeadsOf(spare);
                    for (var slot = time.From; slot < time.To; slot++)
                        if (spare[slot] - heads[slot - away.From] < 1) return false;
                }
            if (!posted) return true;
            foreach (var (spares, time) in Board.Drawn(person, away))
                foreach (var spare in spares)
                    foreach (ref var head in HeadsOf(spare).AsSpan(time.From - away.From, time.Length)) head++;
            return true;
        }

        int[] HeadsOf(int[] spare)
        {
            foreach (var (known, counts) in posts)
                if (known == spare) return counts;
            if (!free.TryPop(out var heads) || heads.Length < away.Length) heads = new int[away.Length];
            Array.Clear(heads);
            posts.Add((spare, heads));
            return heads;
        }
    }

    /// <summary>By post and half hour as many as are on duty there, but no more than it can spare.</summary>
    public IEnumerable<Draw> DrawsOf((Demand Demand, Board.Person Person)[] members)
    {
        Dictionary<int[], int[]> heads = new(ReferenceEqualityComparer.Instance);
        var horizon = staff.AwayOf(0, staff.Grid.Slots, travels: false);
        foreach (var (_, person) in members)
            foreach (var (posts, time) in Board.Drawn(person, horizon))
                foreach (var spare in posts)
                {
                    if (!heads.TryGetValue(spare, out var counts)) heads[spare] = counts = new int[staff.Grid.Slots];
                    for (var slot = time.From; slot < time.To; slot++) counts[staff.ToGrid(slot)]++;
                }
        var hours = (From: situation.Hours.Opens.Hour * 2 - 2, To: situation.Hours.Closes.Hour * 2 + 4);
        foreach (var (spare, counts) in heads)
        {
            int AmountAt(int slot) => spare[staff.ToBoard(slot)] is var heads and < Plenty ? Math.Min(counts[slot], Math.Max(0, heads)) : 0;
            for (int slot = 0, end; slot < counts.Length; slot = end)
            {
                var (amount, time) = (AmountAt(slot), slot % Grid.SlotsPerDay);
                for (end = slot + 1; end < counts.Length && AmountAt(end) == amount; end++) { }
                // Nights are no time for classes, and where nobody is missed nothing is drawn.
                if (amount > 0 && (end - slot >= Grid.SlotsPerDay || (time < hours.To && time + end - slot > hours.From)))
                    yield return new(profiles[spare], amount) { From = slot, To = end };
            }
        }
    }

    ImmutableArray<int> FreeOf(int[] spare) => [.. Enumerable.Range(0, staff.Grid.Slots).Select(slot => Math.Clamp(spare[staff.ToBoard(slot)], 0, Plenty))];

    /// <summary>
    /// Slots so chosen that a trainer can leave his duty for any class that touches none of them: a class that breaks his rest or post by its last half hour
    /// costs that half hour.
    /// </summary>
    public IEnumerable<int> ClosedTo(SituationTrainer trainer)
    {
        var longest = situation.Runs.Select(run => run.Minutes / 30).DefaultIfEmpty().Max();
        var person = staff.Find(trainer.Employee, trainer.Estate);
        var closed = new bool[staff.Grid.Slots];
        var off = Enumerable.Range(0, staff.Grid.Days)
            .Select(day => staff.Board.IsOff(person, staff.AwayOf(day * Grid.SlotsPerDay, Grid.SlotsPerDay, travels: true), staff.AwayOf(0, longest, travels: true).Length)).ToArray();
        for (var start = 0; start < closed.Length; start++)
        {
            var day = start / Grid.SlotsPerDay;
            if (off[day]) continue;
            for (var length = 1; length <= longest && (start + length - 1) / Grid.SlotsPerDay == day && !closed[start + length - 1]; length++)
                closed[start + length - 1] = !staff.Board.CanLeave(person, staff.AwayOf(start, length, travels: true));
        }
        return Enumerable.Range(0, closed.Length).Where(slot => closed[slot]);
    }
}
