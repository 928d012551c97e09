using System.Globalization;
using Training.Foundation;

namespace Training.Demo;

/// <summary>A made-up employee; there are no names, only numbers.</summary>
public sealed record Person(Estate Estate, string Position, int Index, Guid EmployeeId)
{
    string Key { get; } = string.Create(CultureInfo.InvariantCulture, $"{Estate.Code}-{Position}-{Index:000}");

    public string PersonId => $"P-{Key}";
    public string EmploymentId => $"C-{Key}-1";
    public string EmployeeNo => Key.Replace("-", "", StringComparison.Ordinal);

    /// <summary>Spread over ten years, the same in every run.</summary>
    public DateOnly HiredOn => new DateOnly(2016, 1, 4).AddDays((int)(Chance.Of("hired", PersonId) * 3_650));
}

/// <summary>Chances that are the same in every run.</summary>
public static class Chance
{
    /// <summary>Evenly spread over 0 up to 1.</summary>
    public static double Of(params ReadOnlySpan<string> key) => BitConverter.ToUInt32(DerivedId.Of(key).ToByteArray(), 0) / (uint.MaxValue + 1.0);

    /// <summary>Normally distributed around 0 with a spread of 1 (Box and Muller 1958).</summary>
    public static double Normal(string kind, string key) =>
        Math.Sqrt(-2 * Math.Log(1 - Of(kind, "radius", key))) * Math.Cos(2 * Math.PI * Of(kind, "angle", key));
}

/// <summary>Everybody of the group, and the level each one has been seen at.</summary>
public sealed class People
{
    /// <summary>Of those below standard, the share that stands two levels below; the others stand one below.</summary>
    const decimal TwoBelow = 0.22m;

    readonly Dictionary<Guid, Dictionary<string, int>> levels = [];

    public People(Group group)
    {
        All = [.. group.Estates.SelectMany(estate => estate.Staff.SelectMany(staff =>
            Enumerable.Range(0, staff.Value).Select(index => Make(group, estate, staff.Key, index))))];
        At = All.ToLookup(person => (person.Estate, person.Position));
        Roles = [.. ChooseRoles(group)];
        foreach (var competency in group.Competencies) AssessAll(competency);
        foreach (var (person, role) in Roles) LiftTo(group, person, role);
    }

    public IReadOnlyList<Person> All { get; }
    public ILookup<(Estate, string), Person> At { get; }
    public IReadOnlyList<(Person Person, string Role)> Roles { get; }

    public IReadOnlyDictionary<string, int> LevelsOf(Guid employeeId) => levels[employeeId];

    static Person Make(Group group, Estate estate, string position, int index)
    {
        var person = new Person(estate, position, index, Guid.Empty);
        return person with { EmployeeId = group.EmployeeId(person.PersonId) };
    }

    // The share below standard is met exactly in every position, so that the group shows the gaps the reference plants.
    void AssessAll(Competency competency)
    {
        foreach (var position in All.GroupBy(person => person.Position))
        {
            if (!competency.Required.TryGetValue(position.Key, out var required)) continue;
            var people = position.OrderBy(person => DerivedId.Of("level", competency.Code, person.PersonId)).ToList();
            var below = Round(competency.GapShare * people.Count);
            var twoBelow = Round(TwoBelow * below);
            for (var rank = 0; rank < people.Count; rank++)
                Set(people[rank], competency.Code, required - (rank < twoBelow ? 2 : rank < below ? 1 : 0));
        }
    }

    // Where a role asks for more than the position, nearly all stand at its level and the rest one below.
    void LiftTo(Group group, Person person, string role)
    {
        foreach (var (code, required) in group.Roles.Single(standard => standard.Code == role).Required)
            if (group.Competencies.Single(competency => competency.Code == code).Required.GetValueOrDefault(person.Position) < required)
                Set(person, code, required - (Chance.Of("role", role, code, person.PersonId) < 0.3 ? 1 : 0));
    }

    void Set(Person person, string competency, int level)
    {
        if (!levels.TryGetValue(person.EmployeeId, out var own)) levels.Add(person.EmployeeId, own = []);
        own[competency] = Math.Max(0, level);
    }

    IEnumerable<(Person, string)> ChooseRoles(Group group) =>
    [
        .. Faculty.Internal(group, this).Select(trainer => (trainer.Person, trainer.Grade == "OJT" ? "Coach" : "InternalTrainer")),
        .. All.Where(person => person.Position == "SUP" && person.Index >= 3 || person.Position == "HQ" && person.Index >= 96).Select(person => (person, "Inspector")),
    ];

    static int Round(decimal heads) => (int)Math.Round(heads, MidpointRounding.AwayFromZero);
}
