using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Numerics;

[assembly: InternalsVisibleTo("Training.Scheduling.Tests"), InternalsVisibleTo("Training.Benchmarks")]

namespace Training.Scheduling.Planning;

/// <summary>The problem as flat arrays of numbers, which is what a search can read millions of times a second.</summary>
sealed class CompiledProblem
{
    const int WidestTable = 16;

    public PlanningProblem Source { get; }
    public int Slots { get; }
    public int SlotsPerDay { get; }
    public int Days { get; }
    public int ActivityCount { get; }
    public int MeetingCount { get; }
    public int ResourceCount { get; }

    /// <summary>Most needs any activity has; the stride of every array by meeting and need.</summary>
    public int Needs { get; }

    public int[] DayOf { get; }
    public int[] ActivityOf { get; }
    public int[] FirstMeeting { get; }
    public int[] Duration { get; }
    public int[] NeedCount { get; }
    public int[] LeftOutCost { get; }
    public int LeftOutHard { get; }
    public int[] MinDays { get; }
    public int SpreadWeight { get; }

    /// <summary>Weight of changing the resource, by activity and need; 0: no rule.</summary>
    public int[] SameResourceWeight { get; }

    /// <summary>Start slots by activity, the same as a table by activity and slot, and prices by activity and slot: the problem's own where their weight is 1.</summary>
    public int[][] Starts { get; }
    public bool[] MayStart { get; }
    public int[][] SlotPrice { get; }

    /// <summary>Start slots by activity, cheapest first, and their prices.</summary>
    public int[][] CheapestStarts { get; }
    public int[][] StartPrices { get; }

    /// <summary>Resources that can serve a need, cheapest first, by activity × need; and the price of each, by activity × need × resource (−1: can't).</summary>
    public int[][] Candidates { get; }
    public int[] ResourcePrice { get; }
    public bool[] Unavailable { get; }

    /// <summary>Slots a resource is taken after a meeting.</summary>
    public int[] Pause { get; }

    /// <summary>Activities that must not overlap an activity, itself included when it has several meetings.</summary>
    public int[][] Companions { get; }
    public bool[] AreCompanions { get; }

    /// <summary>Groups with rules about their days, by activity.</summary>
    public int[][] Patterned { get; }
    public int PatternedCount { get; }

    /// <summary>The same as a table; empty where no activity is simple, which alone read it.</summary>
    public bool[] IsPatterned { get; }

    /// <summary>Activities whose moves can be priced without making them: one need, nothing drawn, no pauses, nothing that lapses.</summary>
    public bool[] IsSimple { get; }

    public int[][] Before { get; }
    public int[][] After { get; }

    /// <summary>What is drawn by activity and day of the meeting, from and up to which slots; and by how many slots a meeting's draws reach beyond it.</summary>
    public (int Profile, int Amount, int From, int To)[][] Draws { get; }
    public int[] Margin { get; }
    public int[] Free { get; }

    /// <summary>Whose people attend, by activity; all people of a party in all meetings; and what one party's people without a meeting cost.</summary>
    public (int Party, int People)[][] Shares { get; }
    public int[] PeopleOf { get; }
    public int UnevenWeight { get; }

    /// <summary>Slots each resource may serve in all; and whether that limits any.</summary>
    public int[] MostSlots { get; }
    public bool HasHours { get; }

    /// <summary>Price of a published meeting moved, 0 when it has none; published slot by meeting (−1: none that can be kept), and resource by meeting and need.</summary>
    public int MovedWeight { get; }
    public int[] PublishedSlot { get; }
    public int[] PublishedHeld { get; }
    public int PublishedCount { get; }

    public bool[] IsLocked { get; }
    public (int Meeting, int Slot, int[] Resources)[] Locked { get; }

    readonly bool[] lapses;
    readonly Dictionary<(int Line, int Resource), int> lapsesAt;
    readonly int[] patternBase;
    readonly int[] patternTable;
    readonly DayPrice[] patterns;

    public CompiledProblem(PlanningProblem problem)
    {
        Source = problem;
        (Days, SlotsPerDay, Slots) = (problem.Horizon.Days, problem.Horizon.SlotsPerDay, problem.Horizon.Slots);
        if (SlotsPerDay is < 1 or > 64) throw new ArgumentException("A day has 1 to 64 slots.", nameof(problem));
        if (problem.Rules.FirstOrDefault(rule => Rule.Always.Contains(rule.Kind)
            || (rule.Severity == Severity.Hard && rule.Kind is not (RuleKind.Seats or RuleKind.LeftOut))) is { } odd)
            throw new ArgumentException($"{odd.Kind} can't be {odd.Severity} by rule.", nameof(problem));
        if (problem.Rules.Count(rule => rule.Kind == RuleKind.LeftOut) > 1 || problem.Rules.Where(rule => rule.Kind == RuleKind.LongRow).DistinctBy(rule => rule.Limit).Count() > 1)
            throw new ArgumentException("One price for what is left out, and one limit for long rows.", nameof(problem));
        var activities = problem.Activities;
        var number = activities.Select((activity, index) => (activity.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var resourceNumber = problem.Resources.Select((resource, index) => (resource.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);

        ActivityCount = activities.Length;
        ResourceCount = problem.Resources.Length;
        Needs = Math.Max(1, activities.Select(activity => activity.Needs.Length).DefaultIfEmpty().Max());
        DayOf = [.. Enumerable.Range(0, Slots).Select(problem.Horizon.DayOf)];
        FirstMeeting = new int[ActivityCount + 1];
        for (var a = 0; a < ActivityCount; a++) FirstMeeting[a + 1] = FirstMeeting[a] + activities[a].Meetings;
        MeetingCount = FirstMeeting[^1];
        ActivityOf = [.. activities.SelectMany((activity, index) => Enumerable.Repeat(index, activity.Meetings))];
        Duration = [.. activities.Select(activity => activity.Duration)];
        NeedCount = [.. activities.Select(activity => activity.Needs.Length)];

        var leftOut = problem.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.LeftOut) ?? new(RuleKind.LeftOut, Severity.Hard);
        LeftOutHard = leftOut.Severity == Severity.Hard ? 1 : 0;
        LeftOutCost = [.. activities.Select(activity => activity.Priority * (leftOut.Severity == Severity.Hard ? 1 : leftOut.Weight))];
        SpreadWeight = WeightOf(problem, RuleKind.Spread);
        MinDays = [.. activities.Select(activity => activity.MinDays)];
        SameResourceWeight = [.. activities.SelectMany(activity => Enumerable.Range(0, Needs).Select(need => need >= activity.Needs.Length ? 0
            : problem.Rules.Where(rule => rule.Kind == RuleKind.SameResource && rule.Covers(activity.Needs[need].Kind)).Sum(rule => rule.Weight)))];

        Starts = [.. activities.Select(activity => StartsOf(problem.Horizon, activity))];
        MayStart = new bool[ActivityCount * Slots];
        for (var a = 0; a < ActivityCount; a++)
            foreach (var slot in Starts[a]) MayStart[(a * Slots) + slot] = true;
        UnevenWeight = WeightOf(problem, RuleKind.Uneven);
        var parties = activities.SelectMany(activity => activity.Shares).Select(share => share.Party).Distinct().Select((party, index) => (party, index)).ToDictionary(pair => pair.party, pair => pair.index);
        Shares = [.. activities.Select(activity => UnevenWeight == 0 ? [] : activity.Shares.Where(share => share.People > 0).Select(share => (parties[share.Party], share.People)).ToArray())];
        PeopleOf = new int[parties.Count];
        for (var a = 0; a < ActivityCount; a++)
            foreach (var (party, people) in Shares[a]) PeopleOf[party] += people * activities[a].Meetings;

        var slotWeight = WeightOf(problem, RuleKind.SlotPrice);
        var unpriced = new int[Slots];
        SlotPrice = [.. activities.Select(activity => activity.SlotPrices.IsDefault || slotWeight == 0 ? unpriced
            : slotWeight == 1 ? ImmutableCollectionsMarshal.AsArray(activity.SlotPrices) ?? unpriced : [.. activity.SlotPrices.Select(price => slotWeight * price)])];

        CheapestStarts = [.. Starts.Select((starts, a) => starts.OrderBy(slot => SlotPrice[a][slot]).ToArray())];
        StartPrices = [.. CheapestStarts.Select((starts, a) => starts.Select(slot => SlotPrice[a][slot]).ToArray())];

        var prices = (Seats: WeightOf(problem, RuleKind.Seats), Resource: WeightOf(problem, RuleKind.ResourcePrice),
            SeatsAreHard: problem.Rules.Any(rule => rule is { Kind: RuleKind.Seats, Severity: Severity.Hard }));
        ResourcePrice = Table(ActivityCount * Needs, ResourceCount, (line, r) =>
        {
            var (activity, need, resource) = (activities[line / Needs], line % Needs, problem.Resources[r]);
            if (need >= activity.Needs.Length || !activity.Needs[need].IsMetBy(resource)) return -1;
            var missing = Math.Max(0, activity.Attendance - resource.Seats);
            return missing > 0 && prices.SeatsAreHard ? -1 : (missing * prices.Seats) + ((resource.Price + activity.Needs[need].Prices.GetValueOrDefault(resource.Id)) * prices.Resource);
        });
        Candidates = [.. Enumerable.Range(0, ActivityCount * Needs).Select(need => Enumerable.Range(0, ResourceCount)
            .Where(r => ResourcePrice[(need * ResourceCount) + r] >= 0).OrderBy(r => ResourcePrice[(need * ResourceCount) + r]).ToArray())];
        Unavailable = new bool[ResourceCount * Slots];
        for (var r = 0; r < ResourceCount; r++)
            foreach (var slot in problem.Resources[r].Unavailable) Unavailable[(r * Slots) + slot] = true;
        Pause = [.. problem.Resources.Select(resource => resource.Pause)];
        lapses = [.. problem.Resources.Select(resource => !resource.Until.IsEmpty)];
        lapsesAt = Lapses(activities, problem.Resources, Needs);
        MostSlots = [.. problem.Resources.Select(resource => resource.MostSlots)];
        HasHours = MostSlots.Any(most => most < int.MaxValue);

        int[][] members = [.. problem.Groups.Select(group => group.Activities.Select(id => number[id]).Distinct().Order().ToArray())];
        Companions = CompanionsOf(activities, members);
        AreCompanions = Membership(Companions, ActivityCount);

        var patterned = problem.Groups.Zip(members).Select(pair => (Price: DayPrice.Of(problem, pair.First.Kind), Members: pair.Second))
            .Where(group => group.Price != DayPrice.Free && group.Members.Length > 0).ToList();
        PatternedCount = patterned.Count;
        patterns = [.. patterned.Select(group => group.Price)];
        var groupsOf = patterned.SelectMany((group, g) => group.Members.Select(a => (a, g))).ToLookup(pair => pair.a, pair => pair.g);
        Patterned = [.. Enumerable.Range(0, ActivityCount).Select(a => groupsOf[a].ToArray())];
        var plain = Pause.All(pause => pause == 0) && lapsesAt.Count == 0;
        IsSimple = [.. activities.Select(activity => plain && activity.Needs.Length == 1 && activity.Draws.IsEmpty)];
        IsPatterned = IsSimple.Contains(true) ? Membership(Patterned, PatternedCount) : [];
        (patternBase, patternTable) = SlotsPerDay <= WidestTable ? Tabulate(patterns, SlotsPerDay) : ([], []);

        Before = Related(activities, problem.Precedences, number, order => order.After, order => order.Before);
        After = Related(activities, problem.Precedences, number, order => order.Before, order => order.After);
        var profileNumber = problem.Profiles.Select((profile, index) => (profile.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        Draws = [.. activities.SelectMany(activity => DrawsOf(problem.Horizon, activity, profileNumber))];
        Margin = [.. activities.Select(activity => activity.Margin)];
        Free = [.. problem.Profiles.SelectMany(profile => profile.Free)];

        Locked = [.. problem.Locked.Select(at =>
            (FirstMeeting[number[at.Activity]] + at.Meeting, at.Slot, at.Resources.Select(id => resourceNumber[id]).ToArray()))];
        IsLocked = new bool[MeetingCount];
        foreach (var (meeting, _, _) in Locked) IsLocked[meeting] = true;

        MovedWeight = WeightOf(problem, RuleKind.Moved);
        PublishedSlot = new int[MeetingCount];
        Array.Fill(PublishedSlot, -1);
        PublishedHeld = new int[MeetingCount * Needs];
        foreach (var known in problem.Published.Where(known => number.ContainsKey(known.Activity)))
        {
            PublishedCount++;
            var activity = number[known.Activity];
            if (known.Meeting >= activities[activity].Meetings || known.Resources.Length != NeedCount[activity] || !known.Resources.All(resourceNumber.ContainsKey)) continue;
            var meeting = FirstMeeting[activity] + known.Meeting;
            PublishedSlot[meeting] = known.Slot;
            for (var need = 0; need < NeedCount[activity]; need++) PublishedHeld[(meeting * Needs) + need] = resourceNumber[known.Resources[need]];
        }
    }

    /// <summary>Price of a group's day, where bit i of <paramref name="busy"/> says that it is occupied in slot i.</summary>
    public int PatternPrice(int group, ulong busy) =>
        patternBase.Length > 0 ? patternTable[patternBase[group] + (int)busy] : patterns[group].Price(busy);

    /// <summary>Whether a resource is no longer what a need of an activity asks for when a meeting ends.</summary>
    public bool HasLapsed(int line, int resource, int end) => lapses[resource] && lapsesAt.TryGetValue((line, resource), out var until) && end > until;

    /// <summary>What it costs that so many people of a party miss a meeting.</summary>
    public int UnevenCost(int party, int missing) => UnevenWeight * (int)((long)missing * missing / PeopleOf[party]);

    /// <summary>Whether a meeting's published slot and resources are still among those it could have.</summary>
    public bool CanBeAsPublished(int meeting)
    {
        var (activity, slot) = (ActivityOf[meeting], PublishedSlot[meeting]);
        if (slot < 0 || slot >= Slots || !MayStart[(activity * Slots) + slot]) return false;
        for (var need = 0; need < NeedCount[activity]; need++)
        {
            var (line, resource) = ((activity * Needs) + need, PublishedHeld[(meeting * Needs) + need]);
            if (ResourcePrice[(line * ResourceCount) + resource] < 0 || HasLapsed(line, resource, slot + Duration[activity])) return false;
        }
        return true;
    }

    /// <summary>What a meeting that starts in a slot draws, by profile and slot.</summary>
    public IEnumerable<(int Profile, int Slot, int Amount)> DrawnBy(int activity, int start)
    {
        foreach (var (profile, amount, from, to) in Draws[(activity * Days) + DayOf[start]])
            for (var slot = Math.Max(from, start - Margin[activity]); slot < Math.Min(to, start + Duration[activity] + Margin[activity]); slot++)
                yield return (profile, slot, amount);
    }

    public bool AreOrdered(int one, int other) => Before[one].AsSpan().Contains(other) || After[one].AsSpan().Contains(other);

    static Dictionary<(int, int), int> Lapses(ImmutableArray<Activity> activities, ImmutableArray<Resource> resources, int stride)
    {
        Dictionary<(int, int), int> ends = [];
        for (var r = 0; r < resources.Length; r++)
            for (var a = 0; a < activities.Length && !resources[r].Until.IsEmpty; a++)
                for (var need = 0; need < activities[a].Needs.Length; need++)
                    if (activities[a].Needs[need].IsMetBy(resources[r]) && activities[a].Needs[need].EndOf(resources[r]) is var end and < int.MaxValue) ends[((a * stride) + need, r)] = end;
        return ends;
    }

    static int WeightOf(PlanningProblem problem, RuleKind kind) =>
        problem.Rules.Where(rule => rule.Kind == kind && rule.Severity == Severity.Soft).Sum(rule => rule.Weight);

    static int[] StartsOf(Horizon horizon, Activity activity)
    {
        var free = new bool[horizon.Slots];
        int[] starts = activity.Starts.IsDefault ? [.. Enumerable.Range(0, horizon.Slots)] : [.. activity.Starts.Distinct().Order()];
        if (activity.Available.IsDefault) Array.Fill(free, true);
        else foreach (var slot in activity.Available) free[slot] = true;
        return [.. starts.Where(start =>
            (start % horizon.SlotsPerDay) + activity.Duration <= horizon.SlotsPerDay && !free.AsSpan(start, activity.Duration).Contains(false))];
    }

    static IEnumerable<(int Profile, int Amount, int From, int To)[]> DrawsOf(Horizon horizon, Activity activity, Dictionary<string, int> profiles)
    {
        var byDay = Enumerable.Range(0, horizon.Days).Select(_ => new List<(int, int, int, int)>()).ToArray();
        foreach (var draw in activity.Draws)
            for (var day = Math.Max(0, draw.From / horizon.SlotsPerDay); day < horizon.Days && day * horizon.SlotsPerDay < draw.To; day++)
                byDay[day].Add((profiles[draw.Profile], draw.Amount, Math.Max(draw.From, day * horizon.SlotsPerDay), Math.Min(draw.To, (day + 1) * horizon.SlotsPerDay)));
        return byDay.Select(draws => draws.ToArray());
    }

    static int[][] CompanionsOf(ImmutableArray<Activity> activities, int[][] groups)
    {
        var companions = activities.Select((activity, index) => activity.Meetings > 1 ? new SortedSet<int> { index } : []).ToArray();
        foreach (var group in groups)
            foreach (var a in group)
                companions[a].UnionWith(activities[a].Meetings > 1 ? group : group.Where(b => b != a));
        return [.. companions.Select(set => set.ToArray())];
    }

    static int[][] Related(
        ImmutableArray<Activity> activities, ImmutableArray<Precedence> orders, Dictionary<string, int> number,
        Func<Precedence, string> of, Func<Precedence, string> to)
    {
        var lookup = orders.ToLookup(order => number[of(order)], order => number[to(order)]);
        return [.. activities.Select((_, index) => lookup[index].Distinct().ToArray())];
    }

    static (int[] Base, int[] Table) Tabulate(DayPrice[] patterns, int slotsPerDay)
    {
        var distinct = patterns.Distinct().ToList();
        var table = distinct.SelectMany(pattern => Enumerable.Range(0, 1 << slotsPerDay).Select(busy => pattern.Price((ulong)busy))).ToArray();
        return ([.. patterns.Select(pattern => distinct.IndexOf(pattern) << slotsPerDay)], table);
    }

    static bool[] Membership(int[][] rows, int columns)
    {
        var table = new bool[rows.Length * columns];
        for (var row = 0; row < rows.Length; row++)
            foreach (var column in rows[row]) table[(row * columns) + column] = true;
        return table;
    }

    static T[] Table<T>(int rows, int columns, Func<int, int, T> value)
    {
        var table = new T[rows * columns];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                table[(row * columns) + column] = value(row, column);
        return table;
    }

    /// <summary>The rules about a group's day in one value, so that equal groups share a table.</summary>
    readonly record struct DayPrice(int Isolated, int LongRow, int Limit, int LoneSlot, int Gap)
    {
        public static DayPrice Free => default;

        public static DayPrice Of(PlanningProblem problem, string kind)
        {
            Rule[] rules = [.. problem.Rules.Where(rule => rule.Covers(kind))];
            int Weight(RuleKind of) => rules.Where(rule => rule.Kind == of).Sum(rule => rule.Weight);
            var limit = rules.FirstOrDefault(rule => rule.Kind == RuleKind.LongRow)?.Limit ?? 0;
            return new(Weight(RuleKind.Isolated), Weight(RuleKind.LongRow), limit, Weight(RuleKind.LoneSlot), Weight(RuleKind.Gap));
        }

        public int Price(ulong busy)
        {
            var price = Isolated * BitOperations.PopCount(busy & ~(busy << 1) & ~(busy >> 1));
            if (Gap > 0 && busy != 0) price += Gap * (64 - BitOperations.LeadingZeroCount(busy) - BitOperations.TrailingZeroCount(busy) - BitOperations.PopCount(busy));
            if (LoneSlot > 0 && BitOperations.PopCount(busy) == 1) price += LoneSlot;
            if (LongRow == 0) return price;
            var row = busy;
            for (var step = 1; step <= Limit; step++) row &= busy << step;
            return price + (LongRow * BitOperations.PopCount(row));
        }
    }
}
