using System.Globalization;
using Training.Chaos.Ground;

namespace Training.Chaos.Load;

/// <summary>People come, move, leave and come back; estates change; wages are posted; now and then a message that nobody can act on.</summary>
sealed class Personnel(Site site, ClientLog log, Group group, int seed, HrSystem hr) : Actor(site, log, group, seed)
{
    const string Workforce = nameof(Workforce);

    sealed class Person
    {
        public required string Id { get; init; }
        public required string Estate { get; set; }
        public required string Position { get; set; }
        public bool Employed { get; set; } = true;
        public int Employment { get; set; } = 1;
        public int Days { get; set; }
        public int Licences { get; set; }
        public string Contract => $"{Id}-C{Employment}";
    }

    readonly List<Person> people = [];
    int households = 100, wages;

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(350);

    public async Task Settle(CancellationToken ct)
    {
        foreach (var estate in Group.Estates) await hr.Send(NewOrder(Workforce, "open estate", new Expected("estate_opened")), "orgunit.changed", OrgUnit(estate, "created"), ct);
        foreach (var person in Group.Cohort) await Hire(person, Group.HomeOf(person), Group.PositionOf(person), ct);
        people.Clear();
    }

    protected override Task Next(CancellationToken stop, CancellationToken end) => (Random.Next(100), people.Count) switch
    {
        ( < 30, _) or (_, 0) => Hire($"{Group.Tenant}-Q{people.Count + 1}", Any(Group.Estates), Any(Group.Positions), end),
        ( < 55, _) => Any(people) is { Employed: true } mover ? Move(mover, end) : Task.CompletedTask,
        ( < 65, _) => Any(people) is { Employed: true } leaver ? Leave(leaver, end) : Task.CompletedTask,
        ( < 72, _) => people.Find(person => !person.Employed) is { } former ? Return(former, end) : Task.CompletedTask,
        ( < 84, _) => License(Any(people), end),
        ( < 90, _) => hr.Send(NewOrder(Workforce, "change estate", new Expected("estate_changed")), "orgunit.changed", OrgUnit(Any(Group.Estates), "changed"), end),
        ( < 97, _) => PostWages(end),
        _ => hr.Send(NewOrder(Workforce, "close estate", new Expected("message_quarantined")), "orgunit.changed", OrgUnit(Any(Group.Estates), "closed"), end),
    };

    async Task Hire(string id, string estate, string position, CancellationToken ct)
    {
        var person = new Person { Id = id, Estate = estate, Position = position };
        people.Add(person);
        await hr.Send(NewOrder(Workforce, "hire", new Expected("employee_hired")), "employee.hired", Employment(person), ct);
    }

    async Task Move(Person person, CancellationToken ct)
    {
        var to = Any([.. Group.Estates.Where(estate => estate != person.Estate)]);
        (person.Estate, person.Days) = (to, person.Days + 1);
        await hr.Send(NewOrder(Workforce, "move", new Expected("employee_moved")), "employee.transferred", new()
        {
            ["personId"] = person.Id, ["employmentId"] = person.Contract, ["effectiveFrom"] = Day(person), ["to"] = new { orgUnitId = to },
        }, ct);
    }

    async Task Leave(Person person, CancellationToken ct)
    {
        (person.Employed, person.Days) = (false, person.Days + 1);
        await hr.Send(NewOrder(Workforce, "leave", new Expected("employee_left")), "employee.left", new()
        {
            ["personId"] = person.Id, ["employmentId"] = person.Contract, ["lastWorkingDay"] = Day(person),
        }, ct);
    }

    async Task Return(Person person, CancellationToken ct)
    {
        (person.Employed, person.Days, person.Employment) = (true, person.Days + 1, person.Employment + 1);
        await hr.Send(NewOrder(Workforce, "return", new Expected("employee_returned")), "employee.rehired", Employment(person), ct);
    }

    async Task License(Person person, CancellationToken ct) => await hr.Send(NewOrder(Workforce, "license", new Expected("licence_recorded")), "licence.recorded", new()
    {
        ["personId"] = person.Id, ["licenceType"] = "fire-facility-operator", ["issuedOn"] = "2028-01-01",
        ["expiresOn"] = new DateOnly(2030, 1, 1).AddDays(++person.Licences).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    }, ct);

    async Task PostWages(CancellationToken ct) => await hr.Send(NewOrder(Workforce, "post wages", new Expected("wage_base_posted")), "payroll-base.posted", new()
    {
        ["legalEntity"] = Any(Group.Entities), ["year"] = 2030, ["amount"] = 1_000_000 + ++wages, ["currency"] = "CNY",
    }, ct);

    static Dictionary<string, object> Employment(Person person) => new()
    {
        ["personId"] = person.Id, ["employmentId"] = person.Contract, ["employeeNo"] = $"N-{person.Contract}", ["orgUnitId"] = person.Estate,
        ["positionCode"] = person.Position, ["hireDate"] = Day(person), ["effectiveFrom"] = Day(person),
    };

    static string Day(Person person) => new DateOnly(2029, 1, 1).AddDays(person.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    Dictionary<string, object> OrgUnit(string estate, string op) => new()
    {
        ["orgUnitId"] = estate, ["op"] = op, ["effectiveFrom"] = "2020-01-01", ["code"] = estate, ["name"] = $"{estate} 西溪别院", ["region"] = Group.RegionOf(estate),
        ["legalEntity"] = Group.EntityOf(estate), ["kind"] = "V", ["households"] = ++households, ["timeZone"] = "Asia/Shanghai",
    };
}
