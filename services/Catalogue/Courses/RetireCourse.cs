using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Courses;

public record RetireCourse(DateTimeOffset At);

public static class RetireCourseHandler
{
    public static ICourseFact[] Decide(Course course, IEnumerable<Course> all, RetireCourse command)
    {
        if (course.Retired) return [];
        if (all.FirstOrDefault(other => !other.Retired && other.Content.Prerequisites.Contains(new(course.Id))) is { } dependent)
            throw new RuleBroken("still-prerequisite", $"{dependent.Code} asks for {course.Code} before.");
        return [new CourseRetired(new(course.Id), command.At)];
    }

    internal static async Task<NoContent> Handle(Guid courseId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new RetireCourse(clock.GetUtcNow());
        var all = await session.Query<Course>().ToListAsync(ct);
        await session.Change<Course>(courseId, course => Decide(course, all, command), ct);
        return TypedResults.NoContent();
    }
}
