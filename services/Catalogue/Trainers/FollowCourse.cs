using Training.Catalogue.Courses;

namespace Training.Catalogue.Trainers;

/// <summary>A course was published that asks for this grade.</summary>
public record FollowCourse(CourseId CourseId, Grade Grade, DateOnly Today, DateTimeOffset At);

/// <summary>Triggered by a course, in its transaction.</summary>
public static class FollowCourseHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, FollowCourse command)
    {
        if (!trainer.Authorisations.TryGetValue(command.CourseId, out var held) || held.CourseGrade == command.Grade) return [];
        return trainer.Profile.MayTeach(command.Grade)
            ? [new TrainerAuthorised(new(trainer.Id), command.CourseId, command.Grade, held.ValidTo, command.At)]
            : [new TrainerLapsed(new(trainer.Id), command.CourseId, command.Today, "course-grade-changed", command.At)];
    }
}
