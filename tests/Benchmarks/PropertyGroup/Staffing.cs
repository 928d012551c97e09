using System.Collections.Immutable;
using Training.Scheduling;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Situations;

namespace Training.Benchmarks.PropertyGroup;

/// <summary>An estate with its people by position, and their rosters: positions, heads, shifts and minimum manning of the reference group.</summary>
sealed record Staffing(SituationEstate Estate, string Region, ImmutableDictionary<string, ImmutableArray<Guid>> People)
{
    static readonly (string Position, int From, int To, double Minimum)[] ByDay =
        [("CLN", 7, 16, 0.4), ("GRD", 7, 16, 0.3), ("ENG", 8, 17, 0.4), ("STW", 9, 18, 0.5), ("CSR", 8, 17, 0.34), ("SUP", 8, 17, 0.2)];

    public static Staffing Of(Size size, int number, string region, DateOnly from, string zone, Random random)
    {
        var guards = random.Next(9, 18);
        Dictionary<string, int> heads = new()
        {
            ["SEC"] = 4 * guards + (4 * size.Relief), ["MON"] = random.Next(2) == 0 ? 8 : 12, ["CLN"] = random.Next(20, 65), ["GRD"] = random.Next(10, 25),
            ["ENG"] = random.Next(9, 20), ["STW"] = random.Next(3, 9), ["CSR"] = random.Next(3, 5), ["SUP"] = 4,
        };
        var people = heads.ToImmutableDictionary(one => one.Key, one => Enumerable.Range(0, one.Value).Select(_ => NewId(random)).ToImmutableArray());
        var mondays = Enumerable.Range(-1, size.Weeks + 2).Select(week => from.AddDays(7 * week)).ToImmutableArray();
        PostRule Rule(string post, int first, int last, int least, string licence = "") => new(post, new(first, 0), new(last, 0), least, licence);
        return new(
            new(NewId(random), $"EST-{number + 1:000}")
            {
                Posts = [Rule("SEC", 0, 0, guards), Rule("MON", 0, 0, 2, "fire"), .. ByDay.Select(one => Rule(one.Position, one.From, one.To, (int)Math.Ceiling(one.Minimum * 5 / 7 * heads[one.Position])))],
                RosteredWeeks = mondays,
                Shifts = [.. mondays.SelectMany(monday => Enumerable.Range(0, 7).SelectMany(day => ShiftsOn(monday.AddDays(day), people, zone)))],
                Licences = people["MON"].ToImmutableDictionary(person => new EmployeeId(person), _ => ImmutableDictionary<string, DateOnly>.Empty.Add("fire", from.AddYears(2))),
            },
            region, people);
    }

    public static Guid NewId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    static IEnumerable<DutyShift> ShiftsOn(DateOnly day, ImmutableDictionary<string, ImmutableArray<Guid>> people, string zone)
    {
        DutyShift Shift(string post, int from, int to, IEnumerable<Guid> who) =>
            new(post, day.At(new(from, 0), zone), day.At(new(from, 0), zone).AddHours(to - from), [.. who.Select(person => new EmployeeId(person))]);
        // Four crews: two days early, two late, two by night, two off.
        foreach (var post in (string[])["SEC", "MON"])
            foreach (var (from, phase) in ((int, int)[])[(7, 0), (15, 1), (23, 2)])
                yield return Shift(post, from, from + 8, people[post].Where((_, index) => (index + (day.DayNumber / 2)) % 4 == phase));
        foreach (var (post, from, to, _) in ByDay)
            yield return Shift(post, from, to, people[post].Where((_, index) => (index + day.DayNumber) % 7 > 1));
    }
}
