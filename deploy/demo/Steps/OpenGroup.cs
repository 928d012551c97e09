using System.Globalization;

namespace Training.Demo;

/// <summary>The HR system tells of estates, people, licences and wages.</summary>
static class OpenGroup
{
    const string Workforce = nameof(Workforce);

    public static async Task Run(Stage stage)
    {
        await stage.Step("estates", async () =>
        {
            await stage.Hr.Send(stage.Group.Estates.Select(estate => OrgUnit(stage.Group, estate)), stage.Ct);
            return $"{stage.Group.Estates.Count} units with their minimum manning";
        });
        await stage.Step("people", async () =>
        {
            var hired = stage.People.All.Select(person => Hired(stage.Group, person));
            var licensed = stage.People.All.Where(person => person.Position == "MON").Select(person => Licensed(stage, person)).ToList();
            await stage.Hr.Send([.. hired, .. licensed], stage.Ct);
            await Platform.Until("all people are employed", async () => await Total(stage, "/employees?take=1") >= stage.People.All.Count, stage.Ct);
            return $"{stage.People.All.Count:N0} hired, {licensed.Count} licences";
        });
        await stage.Step("wages", async () =>
        {
            var bases = stage.People.All.GroupBy(person => person.Estate.LegalEntity, WageOf(stage.Group)).Select(entity => (Entity: entity.Key, Amount: entity.Sum())).ToList();
            await stage.Hr.Send(bases.Select(wages => WageBase(stage, wages.Entity, wages.Amount)), stage.Ct);
            await Platform.Until("all wage bases are posted", async () => await Total(stage, "/wage-bases?take=1") >= bases.Count, stage.Ct);
            return $"{bases.Sum(wages => wages.Amount):N0} CNY in {bases.Count} legal entities";
        });
    }

    /// <summary>Rosters for 13 weeks; they may arrive while the needs are found.</summary>
    public static Task Rosters(Stage stage) => stage.Step("rosters", async () =>
    {
        var rosters = stage.Quarter.Weeks.SelectMany(monday => stage.Group.Estates.Select(estate => Roster(stage, estate, monday))).ToList();
        await stage.Hr.Send(rosters, stage.Ct);
        return $"{rosters.Count} estate weeks sent";
    });

    static Func<Person, decimal> WageOf(Group group)
    {
        var wages = group.Positions.ToDictionary(position => position.Code, position => position.AnnualWage);
        return person => wages[person.Position];
    }

    static async Task<long> Total(Stage stage, string list) => (await stage.Platform.Get(Workforce, list, stage.Ct)).GetProperty("total").GetInt64();

    static HrEvent OrgUnit(Group group, Estate estate) => new("orgunit.changed", estate.Code, estate.Code, new
    {
        tenantId = group.Code,
        orgUnitId = estate.Code,
        kind = estate.Kind,
        op = "created",
        code = estate.Code,
        name = estate.Name,
        region = estate.Region,
        legalEntity = estate.LegalEntity,
        households = estate.Households,
        timeZone = group.TimeZone,
        lifecycle = "effective",
        posts = Rota.Minimums(estate).Select(minimum => new
        {
            postCode = minimum.Post, positionCode = minimum.Position, from = Time(minimum.From), to = Time(minimum.To), heads = minimum.Heads, licenceType = minimum.Licence,
        }),
    });

    static HrEvent Hired(Group group, Person person) => new("employee.hired", person.EmploymentId, person.PersonId, new
    {
        tenantId = group.Code,
        personId = person.PersonId,
        employmentId = person.EmploymentId,
        employeeNo = person.EmployeeNo,
        legalEntity = person.Estate.LegalEntity,
        orgUnitId = person.Estate.Code,
        positionCode = person.Position,
        hireDate = Quarter.Day(person.HiredOn),
        effectiveFrom = Quarter.Day(person.HiredOn),
        lifecycle = "effective",
    });

    static HrEvent Licensed(Stage stage, Person person) => new("licence.recorded", person.EmploymentId, person.PersonId, new
    {
        tenantId = stage.Group.Code,
        personId = person.PersonId,
        employmentId = person.EmploymentId,
        licenceType = Rota.FireLicence,
        issuedOn = Quarter.Day(person.HiredOn),
        expiresOn = Quarter.Day(stage.Quarter.Last.AddMonths(6 + person.Index)),
        effectiveFrom = Quarter.Day(person.HiredOn),
        lifecycle = "effective",
    });

    static HrEvent WageBase(Stage stage, string legalEntity, decimal amount) => new("payroll-base.posted", legalEntity, $"{legalEntity}-{stage.Quarter.Year}", new
    {
        tenantId = stage.Group.Code,
        legalEntity,
        year = stage.Quarter.Year,
        amount,
        currency = stage.Group.Currency,
    });

    static HrEvent Roster(Stage stage, Estate estate, DateOnly monday) => new("roster.published", estate.Code, $"{estate.Code}-{Quarter.Day(monday)}", new
    {
        tenantId = stage.Group.Code,
        rosterId = $"R-{estate.Code}-{Quarter.Day(monday)}",
        orgUnitId = estate.Code,
        revision = 1,
        periodFrom = Quarter.Day(monday),
        periodTo = Quarter.Day(monday.AddDays(6)),
        shifts = Rota.Week(estate, stage.People, monday).Select(duty => new
        {
            postCode = duty.Post,
            startsAt = At(stage.Quarter, duty.From),
            endsAt = At(stage.Quarter, duty.To),
            employmentIds = duty.People.Select(person => person.EmploymentId),
        }),
    });

    static DateTimeOffset At(Quarter quarter, DateTime local) => quarter.At(DateOnly.FromDateTime(local), local.TimeOfDay);

    static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
