using Training.Catalogue.Courses;
using Training.Catalogue.Trainers;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Trainers.FollowCourseHandler;

namespace Training.Catalogue.Tests.Trainers;

public class FollowCourseTests
{
    static readonly TrainerRegistered Fact = Registered();
    static readonly CourseId Course = new(Guid.CreateVersion7());
    static readonly TrainerAuthorised Granted = new(Fact.TrainerId, Course, Grade.I1, NextYear, Now);

    static FollowCourse Asks(Grade grade) => new(Course, grade, Today, Now);

    [Theory]
    [InlineData(Grade.I3)]
    [InlineData(Grade.OJT)]
    [InlineData(Grade.E)]
    public void Who_may_no_longer_teach_the_course_loses_it_once(Grade grade)
    {
        var lapsed = new TrainerLapsed(Fact.TrainerId, Course, Today, "course-grade-changed", Now);
        Given<Trainer>.That(Fact, Granted).When(trainer => Decide(trainer, Asks(grade))).Then(lapsed);
        Given<Trainer>.That(Fact, Granted, lapsed).When(trainer => Decide(trainer, Asks(grade))).ThenNothing();
    }

    [Fact]
    public void Who_still_may_keeps_it_at_the_new_grade()
    {
        var kept = Granted with { CourseGrade = Grade.I2 };
        Given<Trainer>.That(Fact, Granted).When(trainer => Decide(trainer, Asks(Grade.I2))).Then(kept);
        Given<Trainer>.That(Fact, kept).When(trainer => Decide(trainer, Asks(Grade.I2))).ThenNothing();
    }

    [Fact]
    public void Who_never_taught_it_is_not_concerned() => Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Asks(Grade.I3))).ThenNothing();
}
