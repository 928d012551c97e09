using System.Globalization;
using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>Courses get new versions, trainers and rooms change.</summary>
sealed class Curriculum(Site site, ClientLog log, Group group, int seed) : Actor(site, log, group, seed)
{
    const string Catalogue = nameof(Catalogue);

    int edition, absences, extra;

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(900);

    public async Task Settle(CancellationToken ct)
    {
        foreach (var course in Group.Courses)
        {
            await Publish(course, first: true, ct);
            await Register($"{course}-T", 100_000, "trainer_registered", ct);
            await Put(NewOrder(Catalogue, "authorise trainer", new Expected("trainer_authorised")), $"/trainers/{Group.TrainerId($"{course}-T")}/authorisations/{Group.CourseId(course)}",
                new { validTo = "2060-12-31" }, Role.GroupTrainingManager, ct);
        }
        foreach (var region in Group.Regions) await Furnish(region, 40, "venue_opened", ct);
    }

    protected override async Task Next(CancellationToken stop, CancellationToken end)
    {
        switch (Random.Next(6))
        {
            case 0 or 1: await Publish(Any(Group.Courses), first: false, end); break;
            case 2: await Furnish(Any(Group.Regions), 40 + ++edition, "venue_refitted", end); break;
            case 3: await Register($"{Any(Group.Courses)}-T", 100_000 + ++edition, "trainer_revised", end); break;
            case 4: await Absent($"{Any(Group.Courses)}-T", end); break;
            default:
                var course = $"{Group.Tenant}-X{++extra}";
                await Publish(course, first: true, end);
                await Post(NewOrder(Catalogue, "retire course", new Expected("course_retired")), $"/courses/{Group.CourseId(course)}/retire", null, Role.GroupTrainingManager, end);
                break;
        }
    }

    async Task Publish(string code, bool first, CancellationToken ct) => await Put(
        NewOrder(Catalogue, "publish course", new Expected("course_published", 1, first ? 1 : 0)), $"/courses/{Group.CourseId(code)}", new
        {
            code, title = $"{code} 版 {++edition}", titleEnglish = $"{code} edition {edition}", module = "K", mode = "ILT", minutes = 120, minLearners = 1, maxLearners = 4,
            // What is retired soon must not come into a plan.
            steps = new[] { new { competencyCode = code.Contains('X') ? "C99" : $"C0{code[^1]}", fromLevel = 0, toLevel = 3 } },
            audience = Group.Positions.ToDictionary(position => position, _ => 1m), validityMonths = 12,
            fundCategory = code.Contains('X') ? "FC7" : $"FC{code[^1]}", trainerGrade = "I2", costPerRun = 100, costPerLearner = 5, currency = "CNY",
        }, Role.GroupTrainingManager, ct);

    async Task Register(string key, int hours, string fact, CancellationToken ct) => await Put(
        NewOrder(Catalogue, "register trainer", new Expected(fact, 1, fact == "trainer_registered" ? 1 : 0)), $"/trainers/{Group.TrainerId(key)}",
        new { name = key, grade = "I2", region = "*", hoursPerYear = hours, currency = "CNY", feePerHour = 50 }, Role.GroupTrainingManager, ct);

    async Task Absent(string key, CancellationToken ct)
    {
        var day = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(2 * ++absences);
        await Post(NewOrder(Catalogue, "declare absence", new Expected("trainer_unavailable")), $"/trainers/{Group.TrainerId(key)}/unavailability",
            new { from = day.ToString("O", CultureInfo.InvariantCulture), to = day.AddHours(1).ToString("O", CultureInfo.InvariantCulture), reason = $"{Group.Tenant}-ill" }, Role.GroupTrainingManager, ct);
    }

    async Task Furnish(string region, int seats, string fact, CancellationToken ct) => await Put(
        NewOrder(Catalogue, "furnish venue", new Expected(fact, 1, fact == "venue_opened" ? 1 : 0)), $"/venues/{Group.VenueId(region)}",
        new { name = region, region, seats, hourlyRate = 0, currency = "CNY" }, Role.GroupTrainingManager, ct);
}
