using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Trainers;
using Training.Foundation;

namespace Training.Catalogue.Courses;

public record PublishCourse(CourseId CourseId, string Code, CourseContent Content, DateTimeOffset At);

public static class PublishCourseHandler
{
    /// <param name="course">The course so far, if there is one.</param>
    /// <param name="all">Every course of the group, for codes and prerequisites.</param>
    /// <param name="command">What to publish.</param>
    public static ICourseFact[] Decide(Course? course, IReadOnlyCollection<Course> all, PublishCourse command)
    {
        if (command.Code == "") throw new RuleBroken("no-code", "A course needs a code, such as K05.");
        if (course is not null && course.Code != command.Code) throw new RuleBroken("code-fixed", $"This course is {course.Code} and stays it.");
        if (all.FirstOrDefault(other => other.Code == command.Code && other.Id != command.CourseId.Value) is not null)
            throw new RuleBroken("code-taken", $"Another course is called {command.Code}.");
        if (course is { Retired: true }) throw new RuleBroken("course-retired", $"{course.Code} is retired; what follows it needs a code of its own.");

        command.Content.Check();
        CheckPrerequisites(all.ToDictionary(other => new CourseId(other.Id)), command);
        if (course?.Content.Same(command.Content) == true) return [];
        return [new CoursePublished(command.CourseId, command.Code, (course?.Version ?? 0) + 1, command.Content, command.At)];
    }

    static void CheckPrerequisites(Dictionary<CourseId, Course> known, PublishCourse command)
    {
        if (command.Content.Prerequisites.Where(id => id != command.CourseId && !known.ContainsKey(id)).Select(id => id.Value).ToList() is [var unknown, ..])
            throw new RuleBroken("unknown-prerequisite", $"No course {unknown} has been published.");

        var open = new Stack<CourseId>(command.Content.Prerequisites);
        for (HashSet<CourseId> seen = []; open.TryPop(out var id);)
        {
            if (id == command.CourseId) throw new RuleBroken("circular-prerequisites", $"{command.Code} would have to be passed before itself.");
            if (seen.Add(id)) foreach (var before in known[id].Content.Prerequisites) open.Push(before);
        }
    }

    public record Step(string CompetencyCode, int FromLevel, int ToLevel);

    public record Body(
        string Code, string Title, string TitleEnglish, Module Module, Mode Mode, int Minutes, IReadOnlyList<Step> Steps,
        IReadOnlyDictionary<string, decimal> Audience, int ValidityMonths, string FundCategory, decimal CostPerRun, decimal CostPerLearner, string Currency,
        int MinLearners = 0, int MaxLearners = 0, Grade? TrainerGrade = null, IReadOnlyList<Guid>? Prerequisites = null, IReadOnlyList<string>? Equipment = null)
    {
        /// <summary>Lists without an order of their own are sorted, so that another order is no new version.</summary>
        public CourseContent Content() => new(
            Title, TitleEnglish, Module, Mode, Minutes, MinLearners, MaxLearners,
            [.. Steps.Select(step => new CompetencyStep(step.CompetencyCode, step.FromLevel, step.ToLevel))
                .OrderBy(step => step.CompetencyCode, StringComparer.Ordinal).ThenBy(step => step.FromLevel)],
            [.. Audience.Select(share => new AudienceShare(share.Key, share.Value)).OrderBy(share => share.PositionCode, StringComparer.Ordinal)],
            [.. (Prerequisites ?? []).Distinct().Order().Select(id => new CourseId(id))],
            ValidityMonths, FundCategory, TrainerGrade ?? Grade.E, [.. (Equipment ?? []).Distinct().Order(StringComparer.Ordinal)],
            new(CostPerRun, Currency), new(CostPerLearner, Currency));
    }

    internal static async Task<NoContent> Handle(Guid courseId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new PublishCourse(new(courseId), body.Code, body.Content(), clock.GetUtcNow());
        var all = await session.Query<Course>().ToListAsync(ct);
        await session.Start<Course>(courseId, course => Decide(course, all, command), ct);
        await LetTrainersFollow(session, new(command.CourseId, command.Content.TrainerGrade, clock.Today(), command.At), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    static async Task LetTrainersFollow(IDocumentSession session, FollowCourse command, CancellationToken ct)
    {
        var trainers = await session.Query<Trainer>().ToListAsync(ct);
        foreach (var concerned in trainers.Where(trainer => FollowCourseHandler.Decide(trainer, command).Length > 0))
            await session.Amend<Trainer>(concerned.Id, trainer => FollowCourseHandler.Decide(trainer, command), ct);
    }
}
