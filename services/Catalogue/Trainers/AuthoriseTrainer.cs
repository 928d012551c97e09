using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

/// <param name="Course">The course to teach.</param>
/// <param name="ValidTo">Last day of validity.</param>
public record CourseGrant(Course Course, DateOnly ValidTo);

/// <summary>All of the courses, or none when one is refused.</summary>
public record AuthoriseTrainer(ImmutableArray<CourseGrant> Grants, DateOnly Today, DateTimeOffset At);

public static class AuthoriseTrainerHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, AuthoriseTrainer command)
    {
        if (trainer.Departed) throw new RuleBroken("trainer-left", $"{trainer.Profile.Name} has left the group.");
        foreach (var (course, _) in command.Grants)
        {
            if (course.Retired) throw new RuleBroken("course-retired", $"{course.Code} is retired.");
            if (!trainer.Profile.MayTeach(course.Content.TrainerGrade))
                throw new RuleBroken("grade-too-low", $"{course.Code} asks for grade {course.Content.TrainerGrade}; {trainer.Profile.Name} has {trainer.Profile.Grade}.");
        }

        CourseGrant[] changes =
            [.. command.Grants.Where(grant => trainer.Authorisations.GetValueOrDefault(new(grant.Course.Id)) != new Authorisation(grant.Course.Content.TrainerGrade, grant.ValidTo))];
        if (changes.FirstOrDefault(grant => grant.ValidTo < command.Today) is { } over)
            throw new RuleBroken("authorisation-over", $"The authorisation for {over.Course.Code} would have ended on {over.ValidTo:yyyy-MM-dd}.");
        return
        [
            .. changes.Select(grant => new TrainerAuthorised(new(trainer.Id), new(grant.Course.Id), grant.Course.Content.TrainerGrade, grant.ValidTo, command.At)),
        ];
    }

    public record Body(DateOnly ValidTo);
    public record Item(Guid CourseId, DateOnly ValidTo);
    public record Bulk(IReadOnlyList<Item> Courses);

    internal static Task<NoContent> HandleOne(
        Guid trainerId, Guid courseId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Handle(trainerId, new([new(courseId, body.ValidTo)]), caller, session, clock, ct);

    internal static async Task<NoContent> Handle(Guid trainerId, Bulk body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        // Named twice, a course keeps the later day.
        var days = body.Courses.GroupBy(item => item.CourseId).ToDictionary(same => same.Key, same => same.Max(item => item.ValidTo));
        var courses = (await session.LoadManyAsync<Course>(ct, days.Keys)).ToDictionary(course => course.Id);
        if (days.Keys.Where(id => !courses.ContainsKey(id)).ToList() is [var unknown, ..]) throw new Missing("Course", unknown);

        var command = new AuthoriseTrainer([.. days.Select(day => new CourseGrant(courses[day.Key], day.Value))], clock.Today(), clock.GetUtcNow());
        await session.Change<Trainer>(trainerId, trainer => Decide(trainer.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
