using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.FirstFit;

/// <summary>
/// Everybody's duties and absences and every post's heads above its minimum (F21), in half hours from <see cref="Begin"/> on. Rounds against itself where
/// times lie off the grid: what it allows, the calendars allow too.
/// </summary>
public sealed class Board(DateTimeOffset begin, int slots)
{
    static readonly int Rest = (int)(Calendars.Rest.Least / Manning.Slot), LongestSpell = (int)(Calendars.Rest.LongestSpell / Manning.Slot);
    const int NoMinimum = 1_000_000;

    readonly Dictionary<EmployeeId, Person> people = [];
    readonly Dictionary<string, Place> places = [];

    public DateTimeOffset Begin => begin;

    /// <summary>Heads above the minimum by half hour, for each post of each estate.</summary>
    internal IEnumerable<(string Estate, PostRule Rule, int[] Spare)> Posts => places.SelectMany(place => place.Value.Posts.Select(post => (place.Key, post.Rule, post.Spare)));

    /// <summary>Somebody's time; only the board changes it.</summary>
    public sealed class Person
    {
        internal Place? Home { get; set; }
        internal List<Duty> Duties { get; } = [];

        /// <summary>Duties that touch, as one: rosters cut them at midnight between two weeks. In whole half hours and in those they surely cover.</summary>
        internal List<(Window Time, Window Counted)> Spells { get; } = [];
        internal List<Window> Away { get; } = [];
    }

    /// <summary>Slots from the first up to, not including, the last.</summary>
    public readonly record struct Window(int From, int To)
    {
        internal int Length => To - From;
        internal bool Overlaps(Window other) => From < other.To && other.From < To;
    }

    internal readonly record struct Duty(Window Time, Window Counted, int[][] Spare);

    internal sealed record Place(bool HasPosts, bool[] Rostered, List<(PostRule Rule, int[] Spare)> Posts);

    public Window WindowOf(Span span) => new(Floor(span.From), Ceiling(span.To));

    public void Add(EstateRules rules, IEnumerable<(DateOnly Monday, DutyWeek Week)> weeks)
    {
        var local = Enumerable.Range(0, slots).Select(slot => (begin + slot * Manning.Slot).In(rules.TimeZone).DateTime).ToArray();
        var place = places[rules.EstateCode] = new(!rules.Posts.IsEmpty, new bool[slots],
            [.. rules.Posts.Select(rule => (rule, local.Select(at => rule.AppliesAt(TimeOnly.FromDateTime(at)) ? -rule.Heads : NoMinimum).ToArray()))]);
        var all = weeks.ToList();
        foreach (var (monday, week) in all.Where(one => !one.Week.Rosters.IsEmpty))
        {
            var window = WindowOf(new(monday.At(TimeOnly.MinValue, rules.TimeZone), monday.AddDays(7).At(TimeOnly.MinValue, rules.TimeZone)));
            Array.Fill(place.Rostered, true, window.From, window.To - window.From);
            foreach (var shift in week.Shifts) Roster(place, rules, shift);
        }
        foreach (var person in people.Values.Where(person => person.Home == place)) Join(person);
        foreach (var booking in all.SelectMany(one => one.Week.Bookings.Values))
            foreach (var employee in booking.Employees) Take(Find(employee, rules.EstateCode), WindowOf(booking.Away));
    }

    public Person Find(EmployeeId employee, string estateCode)
    {
        if (!people.TryGetValue(employee, out var person)) people[employee] = person = new();
        person.Home ??= places.GetValueOrDefault(estateCode);
        return person;
    }

    /// <summary>Whether somebody can be away: not twice at a time, with his rest, and without bringing a post below its minimum.</summary>
    public bool CanLeave(Person person, Window away)
    {
        if (!IsKnown(person, away)) return false;
        foreach (var other in person.Away)
            if (other.Overlaps(away)) return false;
        return Rests(person, away) && ShortPost(person, away) is null;
    }

    /// <summary>Whether somebody can be away for all of several absences in order of time, which together must leave him his rest.</summary>
    internal bool CanLeave(Person person, IReadOnlyList<Window> aways)
    {
        for (var at = 0; at < aways.Count; at++)
            if (!CanLeave(person, aways[at]) || (at > 0 && aways[at - 1].To > aways[at].From)) return false;
        if (aways.Count < 2) return true;
        person.Away.AddRange(aways);
        var rests = aways.All(away => Rests(person, away));
        person.Away.RemoveRange(person.Away.Count - aways.Count, aways.Count);
        return rests;
    }

    /// <summary>Whether somebody can be away for any part, up to a length, of a time: no absence, no duty in it or so near that his rest would matter. False isn't a no.</summary>
    internal bool IsOff(Person person, Window time, int longestPart)
    {
        if (time.From < 0 || time.To > slots || longestPart > LongestSpell || person.Home is not { } home) return false;
        if (home.HasPosts && !(home.Rostered[time.From] && home.Rostered[time.To - 1])) return false;
        var around = new Window(time.From - Rest, time.To + Rest);
        var near = FirstTouched(person, around);
        return (near == person.Duties.Count || person.Duties[near].Time.From >= around.To) && !person.Away.Exists(around.Overlaps);
    }

    /// <summary>The first thing in the way of an absence, in the order <see cref="CanLeave(Person, Window)"/> looks.</summary>
    internal Obstacle ObstacleTo(Person person, Window away)
    {
        if (!IsKnown(person, away)) return new(ObstacleKind.NoRoster);
        if (person.Away.Exists(other => other.Overlaps(away))) return new(ObstacleKind.Elsewhere);
        if (!Rests(person, away)) return new(ObstacleKind.Rest);
        return ShortPost(person, away) is not { } spare ? new(ObstacleKind.None) : Posts.Where(post => post.Spare == spare).Select(post => new Obstacle(ObstacleKind.Post, post.Estate, post.Rule)).First();
    }

    /// <summary>Whether anything is known of somebody's duties then: later than the board reaches it isn't.</summary>
    bool IsKnown(Person person, Window away) => away.From >= 0 && away.From < slots && away.To <= slots && person.Home is { } home && (!home.HasPosts || home.Rostered[away.From]);

    /// <summary>As many more, or fewer, on all posts somebody would leave for an absence.</summary>
    internal static void Relieve(Person person, Window away, int heads) => Change(person, away, heads);

    /// <summary>Whether an absence takes somebody from a post that has a minimum.</summary>
    internal static bool IsPosted(Person person, Window away) => Drawn(person, away).MoveNext();

    /// <summary>The posts an absence takes somebody from, and when, by duty.</summary>
    internal static DrawnDuties Drawn(Person person, Window away) => new(person.Duties, FirstTouched(person, away), away);

    /// <summary>Gone through millions of times, so it allocates nothing.</summary>
    internal struct DrawnDuties(List<Duty> duties, int next, Window away)
    {
        public (int[][] Posts, Window Time) Current { get; private set; }

        public readonly DrawnDuties GetEnumerator() => this;

        public bool MoveNext()
        {
            while (next < duties.Count && duties[next++] is var duty && duty.Time.From < away.To)
                if (duty.Spare.Length > 0 && duty.Counted.Overlaps(away))
                {
                    Current = (duty.Spare, new(Math.Max(away.From, duty.Counted.From), Math.Min(away.To, duty.Counted.To)));
                    return true;
                }
            return false;
        }
    }

    public void Take(Person person, Window away)
    {
        person.Away.Add(away);
        Change(person, away, -1);
    }

    public void GiveBack(Person person, Window away)
    {
        person.Away.Remove(away);
        Change(person, away, +1);
    }

    void Roster(Place place, EstateRules rules, DutyShift shift)
    {
        var (time, counted) = (WindowOf(new(shift.From, shift.To)), new Window(Ceiling(shift.From), Floor(shift.To)));
        var day = shift.From.DayIn(rules.TimeZone);
        var posts = place.Posts.Where(post => post.Rule.Post == shift.Post).ToArray();
        List<int[][]> shared = [];
        foreach (var employee in shift.Employees)
        {
            // Most people of a shift count for the same posts, and a group has millions of duties.
            int[][] own = [.. posts.Where(post => rules.Counts(post.Rule, employee, day)).Select(post => post.Spare)];
            var spares = shared.Find(one => one.SequenceEqual(own));
            if (spares is null) shared.Add(spares = own);
            foreach (var spare in spares)
                for (var slot = counted.From; slot < counted.To; slot++) spare[slot]++;
            Find(employee, rules.EstateCode).Duties.Add(new(time, counted, spares));
        }
    }

    static void Join(Person person)
    {
        person.Duties.Sort((left, right) => left.Time.From - right.Time.From);
        foreach (var duty in person.Duties)
            if (person.Spells is [.., var (time, counted)] && duty.Time.From <= time.To)
                person.Spells[^1] = (time with { To = Math.Max(time.To, duty.Time.To) }, counted with { To = Math.Max(counted.To, duty.Counted.To) });
            else person.Spells.Add((duty.Time, duty.Counted));
    }

    static bool Rests(Person person, Window away)
    {
        // More than two days off nothing can belong to the same working spell any more without making it too long.
        var near = First(person.Spells, static spell => spell.Time.To, after: away.From - 2 * Rest - LongestSpell);
        var (from, to) = (away.From, away.To);
        for (var grown = true; grown;)
        {
            grown = false;
            for (var at = near; at < person.Spells.Count && person.Spells[at].Time.From < to + Rest; at++)
            {
                var (duty, counted) = person.Spells[at];
                if (counted.From <= away.From && away.To <= counted.To) return true;
                if (duty.To <= from - Rest || (duty.From >= from && duty.To <= to)) continue;
                (from, to, grown) = (Math.Min(from, duty.From), Math.Max(to, duty.To), true);
            }
            foreach (var other in person.Away)
            {
                if (other.To <= from - Rest || other.From >= to + Rest || (other.From >= from && other.To <= to)) continue;
                (from, to, grown) = (Math.Min(from, other.From), Math.Max(to, other.To), true);
            }
        }
        return to - from <= LongestSpell;
    }

    /// <summary>The first, of what is in order of time, that ends after a slot.</summary>
    static int First<T>(List<T> all, Func<T, int> end, int after)
    {
        int low = 0, high = all.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (end(all[middle]) > after) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// <summary>The first post an absence would bring below its minimum.</summary>
    static int[]? ShortPost(Person person, Window away)
    {
        foreach (var (posts, time) in Drawn(person, away))
            foreach (var spare in posts)
                if (spare.AsSpan(time.From, time.Length).ContainsAnyInRange(int.MinValue, 0)) return spare;
        return null;
    }

    static void Change(Person person, Window away, int by)
    {
        foreach (var (posts, time) in Drawn(person, away))
            foreach (var spare in posts)
                for (var slot = time.From; slot < time.To; slot++) spare[slot] += by;
    }

    static int FirstTouched(Person person, Window away) => First(person.Duties, static duty => duty.Time.To, after: away.From);

    int Floor(DateTimeOffset at) => Math.Clamp((int)Math.Floor((at - begin) / Manning.Slot), 0, slots);
    int Ceiling(DateTimeOffset at) => Math.Clamp((int)Math.Ceiling((at - begin) / Manning.Slot), 0, slots);
}
