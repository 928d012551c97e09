using Training.Foundation;

namespace Training.Demo;

/// <summary>Courses, trainers and rooms.</summary>
static class OfferCourses
{
    const string Catalogue = nameof(Catalogue);

    sealed record Room(string Key, string Name, string Region, Guid? EstateId, int Seats, string[] Equipment);

    public static async Task Run(Stage stage)
    {
        var (group, platform, ct) = (stage.Group, stage.Platform, stage.Ct);
        await stage.Step("courses", async () =>
        {
            await Platform.Each(group.Courses, async (course, token) =>
                await platform.Put(Catalogue, $"/courses/{group.CourseId(course.Code)}", Body(group, course), Role.GroupTrainingManager, token), ct);
            return $"{group.Courses.Count} published";
        });
        await stage.Step("trainers", async () =>
        {
            var trainers = Faculty.Internal(group, stage.People).Select(trainer => (trainer.Key, trainer.Grade, trainer.Region, Person: (Person?)trainer.Person))
                .Concat(Faculty.External().Select(trainer => (trainer.Key, trainer.Grade, Region: "*", Person: (Person?)null))).ToList();
            await Platform.Each(trainers, async (trainer, token) =>
            {
                var address = $"/trainers/{group.TrainerId(trainer.Key)}";
                await platform.Put(Catalogue, address, new
                {
                    name = trainer.Key, grade = trainer.Grade, region = trainer.Region, employeeId = trainer.Person?.EmployeeId,
                    hoursPerYear = Faculty.Hours[trainer.Grade], currency = group.Currency, feePerHour = Faculty.Fees[trainer.Grade],
                }, Role.GroupTrainingManager, token);
                await platform.Put(Catalogue, $"{address}/authorisations", new
                {
                    courses = Faculty.CoursesOf(group, trainer.Grade, trainer.Person?.Position)
                        .Select(course => new { courseId = group.CourseId(course.Code), validTo = Quarter.Day(new(stage.Quarter.Year, 12, 31)) }),
                }, Role.GroupTrainingManager, token);
            }, ct);
            return $"{trainers.Count} authorised";
        });
        await stage.Step("venues", async () =>
        {
            var rooms = Rooms(group).ToList();
            await Platform.Each(rooms, async (room, token) => await platform.Put(Catalogue, $"/venues/{group.VenueId(room.Key)}", new
            {
                name = room.Name, region = room.Region, estateId = room.EstateId, seats = room.Seats, equipment = room.Equipment, hourlyRate = 0, currency = group.Currency,
            }, Role.GroupTrainingManager, token), ct);
            return $"{rooms.Count} rooms, yards and plots";
        });
    }

    static object Body(Group group, Course course) => new
    {
        code = course.Code,
        title = course.Name,
        titleEnglish = course.English,
        module = course.Module,
        mode = course.Mode,
        minutes = course.Minutes,
        minLearners = course.Min,
        maxLearners = course.Max,
        steps = course.Steps.Select(step => new { competencyCode = step.Competency, fromLevel = step.From, toLevel = step.To }),
        audience = course.Audience,
        prerequisites = Array.Empty<Guid>(),
        validityMonths = course.ValidityMonths,
        fundCategory = course.Fund,
        trainerGrade = course.Grade,
        equipment = course.Equipment,
        costPerRun = course.CostPerRun,
        costPerLearner = course.CostPerHead,
        currency = group.Currency,
    };

    static IEnumerable<Room> Rooms(Group group)
    {
        foreach (var estate in group.Managed)
            yield return new($"{estate.Code}-room", $"{estate.Name} 培训室", estate.Region, group.EstateId(estate), 12 + Math.Min(8, estate.Households / 125), ["projector"]);
        foreach (var (region, rank) in group.Regions.Select((region, rank) => (region.Code, rank)))
        {
            yield return new($"{region}-1", $"{region} 培训中心 1", region, null, 30, ["projector"]);
            yield return new($"{region}-2", $"{region} 培训中心 2", region, null, 30, ["projector"]);
            yield return new($"{region}-hall", $"{region} 培训中心报告厅", region, null, 60, ["projector"]);
            yield return new($"{region}-yard", $"{region} 演练场", region, null, 60, ["drill-yard"]);
            yield return new($"{region}-plot", $"{region} 园艺实训地", region, null, 20, ["garden-plot"]);
            if (rank < 2) yield return new($"{region}-lab", $"{region} 设备实训室", region, null, 20, ["wet-lab"]);
        }
    }
}
