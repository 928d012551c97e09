namespace Training.Demo;

/// <summary>One duty at a post; times are local and may run past midnight.</summary>
public sealed record Duty(string Post, DateTime From, DateTime To, IReadOnlyList<Person> People);

/// <summary>The least heads at a post between two local times; equal times mean around the clock.</summary>
public sealed record Minimum(string Post, string Position, TimeOnly From, TimeOnly To, int Heads, string Licence);

/// <summary>
/// The shift models of the reference group. Every minimum holds before anybody goes to a course; control rooms with six operators have not
/// one head to spare.
/// </summary>
public static class Rota
{
    public const string FireLicence = "fire-facility-operator";

    static readonly TimeOnly Midnight = TimeOnly.MinValue;

    public static IReadOnlyList<Minimum> Minimums(Estate estate) => estate.IsHeadOffice ? [] :
    [
        new("SEC", "SEC", Midnight, Midnight, estate.Posts, ""),
        new("MON", "MON", Midnight, Midnight, 2, FireLicence),
        new("CLN", "CLN", new(7, 0), new(16, 0), Share(estate.Staff["CLN"], 40), ""),
        new("GRD", "GRD", new(7, 0), new(16, 0), Share(estate.Staff["GRD"], 30), ""),
        new("CSR", "CSR", new(8, 0), new(20, 0), 1, ""),
        new("STW", "STW", new(9, 0), new(18, 0), Share(estate.Staff["STW"], 50), ""),
        new("ENG-DAY", "ENG", new(8, 0), new(17, 0), 2, ""),
        new("ENG-NIGHT", "ENG", new(17, 0), new(8, 0), 1, ""),
        new("DUTY", "SUP", Midnight, Midnight, 1, ""),
    ];

    /// <summary>The duties of the week that begins on this Monday, cut at its edges so that each week stands alone.</summary>
    public static IReadOnlyList<Duty> Week(Estate estate, People people, DateOnly monday)
    {
        var (begin, end) = (monday.ToDateTime(Midnight), monday.AddDays(7).ToDateTime(Midnight));
        return
        [
            .. Enumerable.Range(-1, 8).SelectMany(day => Day(estate, people, monday.AddDays(day)))
                .Where(duty => duty.People.Count > 0 && duty.From < end && duty.To > begin)
                .Select(duty => duty with { From = duty.From < begin ? begin : duty.From, To = duty.To > end ? end : duty.To }),
        ];
    }

    static IEnumerable<Duty> Day(Estate estate, People people, DateOnly day)
    {
        var weekday = ((int)day.DayOfWeek + 6) % 7;
        return estate.Staff.Keys.SelectMany(position => Of(position, [.. people.At[(estate, position)]]));

        IEnumerable<Duty> Of(string position, Person[] staff) => position switch
        {
            "SEC" => Around("SEC", staff, day),
            "MON" when staff.Length % 4 == 0 => Around("MON", staff, day),
            "MON" => [On("MON", 0, 8, staff.Where(p => p.Index % 3 == 0)), On("MON", 8, 16, staff.Where(p => p.Index % 3 == 1)), On("MON", 16, 24, staff.Where(p => p.Index % 3 == 2))],
            "CLN" or "GRD" => [On(position, 7, 16, staff.Where(p => p.Index % 7 != weekday))],
            "STW" => [On("STW", 9, 18, staff.Where(p => p.Index * 3 % 7 != weekday))],
            "CSR" => Desk(staff),
            "ENG" => Technicians(staff),
            "SUP" => Supervisors(staff),
            _ => weekday < 5 ? [On(position, 9, 18, staff)] : [],
        };

        IEnumerable<Duty> Desk(Person[] staff)
        {
            int Turn(Person person) => (day.DayNumber + person.Index) % staff.Length;
            return staff.Length == 2
                ? [On("CSR", 8, 20, staff.Where(p => Turn(p) == 0))]
                : [On("CSR", 8, 16, staff.Where(p => Turn(p) > 1)), On("CSR", 12, 20, staff.Where(p => Turn(p) == 1))];
        }

        IEnumerable<Duty> Technicians(Person[] staff)
        {
            var (night, after) = (day.DayNumber % staff.Length, (day.DayNumber - 1) % staff.Length);
            return [
                On("ENG-DAY", 8, 17, staff.Where(p => p.Index != night && p.Index != after && p.Index % 7 != weekday)),
                On("ENG-NIGHT", 17, 32, [staff[night]])];
        }

        // One sleeps on the estate from nine to nine and has the day after off.
        IEnumerable<Duty> Supervisors(Person[] staff)
        {
            var (duty, after) = (day.DayNumber % staff.Length, (day.DayNumber - 1) % staff.Length);
            return [
                On("DUTY", 9, 33, [staff[duty]]),
                On("SUP", 9, 18, weekday < 5 ? staff.Where(p => p.Index != duty && p.Index != after) : [])];
        }

        Duty On(string post, int from, int to, IEnumerable<Person> staff) =>
            new(post, day.ToDateTime(Midnight).AddHours(from), day.ToDateTime(Midnight).AddHours(to), [.. staff]);
    }

    // Four heads hold one post: early, day and late shift, and a relief who stands in on their days off and doubles the day shift on two
    // days. They swap every week, in the order that leaves everybody a night's rest.
    static IEnumerable<Duty> Around(string post, Person[] staff, DateOnly day)
    {
        var (week, weekday) = (day.DayNumber / 7, (day.DayNumber % 7 + 7) % 7);
        foreach (var shift in staff.Select(person => (person, hour: Begins((person.Index + week) % 4, weekday))).Where(pair => pair.hour >= 0).GroupBy(pair => pair.hour, pair => pair.person))
        {
            var begin = day.ToDateTime(Midnight).AddHours(shift.Key);
            yield return new(post, begin, begin.AddHours(8), [.. shift]);
        }
    }

    static int Begins(int turn, int weekday) => (turn, weekday) switch
    {
        (0, not 1) => 0,
        (1, not 3) => 8,
        (2, not 5) => 16,
        (3, 1) => 0,
        (3, 2 or 3 or 4) => 8,
        (3, 5) => 16,
        _ => -1,
    };

    static int Share(int heads, int percent) => (heads * percent + 99) / 100;
}
