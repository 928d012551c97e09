using Training.Catalogue.Courses;
using Training.Catalogue.Trainers;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Trainers.AuthoriseTrainerHandler;

namespace Training.Catalogue.Tests.Trainers;

public class AuthoriseTrainerTests
{
    static readonly TrainerRegistered Fact = Registered();

    static Course Asking(Grade grade, string code = "S04") => Course(code, Content with { TrainerGrade = grade });
    static AuthoriseTrainer Grant(params Course[] courses) => new([.. courses.Select(course => new CourseGrant(course, NextYear))], Today, Now);
    static TrainerAuthorised Granted(Course course) => new(Fact.TrainerId, new(course.Id), course.Content.TrainerGrade, NextYear, Now);

    [Fact]
    public void Each_course_is_granted_once()
    {
        var (first, second) = (Asking(Grade.I1), Asking(Grade.I2, "S05"));
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Grant(first, second))).Then(Granted(first), Granted(second));
        Given<Trainer>.That(Fact, Granted(first)).When(trainer => Decide(trainer, Grant(first, second))).Then(Granted(second));
    }

    [Fact]
    public void Another_day_renews_it()
    {
        var course = Asking(Grade.I2);
        Given<Trainer>.That(Fact, Granted(course) with { ValidTo = Today }).When(trainer => Decide(trainer, Grant(course))).Then(Granted(course));
    }

    [Theory]
    [InlineData(Grade.I2, Grade.I1, true)]
    [InlineData(Grade.I2, Grade.I2, true)]
    [InlineData(Grade.I2, Grade.I3, false)]
    [InlineData(Grade.I3, Grade.OJT, false)]
    [InlineData(Grade.OJT, Grade.OJT, true)]
    [InlineData(Grade.OJT, Grade.I1, false)]
    [InlineData(Grade.X2, Grade.X2, true)]
    [InlineData(Grade.X3, Grade.X2, false)]
    [InlineData(Grade.X3, Grade.I1, false)]
    [InlineData(Grade.I3, Grade.E, false)]
    public void The_grade_must_do(Grade own, Grade asked, bool may)
    {
        var course = Asking(asked);
        var outcome = Given<Trainer>.That(Registered(Profile with { Grade = own }) with { TrainerId = Fact.TrainerId }).When(trainer => Decide(trainer, Grant(course)));
        if (may) outcome.Then(Granted(course));
        else outcome.ThenBroken("grade-too-low");
    }

    [Fact]
    public void One_refusal_refuses_all() =>
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Grant(Asking(Grade.I1), Asking(Grade.I3, "K03")))).ThenBroken("grade-too-low");

    [Fact]
    public void Nobody_is_authorised_for_a_retired_course() =>
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Grant(Asking(Grade.I1) with { Retired = true }))).ThenBroken("course-retired");

    [Fact]
    public void An_authorisation_lasts_until_today_or_longer()
    {
        var course = Asking(Grade.I1);
        AuthoriseTrainer Until(DateOnly day) => Grant() with { Grants = [new(course, day)] };
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Until(Today.AddDays(-1)))).ThenBroken("authorisation-over");
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Until(Today))).Then(Granted(course) with { ValidTo = Today });
        Given<Trainer>.That(Fact, Granted(course) with { ValidTo = Today.AddDays(-1) }).When(trainer => Decide(trainer, Until(Today.AddDays(-1)))).ThenNothing();
    }

    [Fact]
    public void Who_left_is_not_authorised() =>
        Given<Trainer>.That(Fact, new TrainerDeparted(Fact.TrainerId, Today, Now)).When(trainer => Decide(trainer, Grant(Asking(Grade.I1)))).ThenBroken("trainer-left");

    [Fact]
    public void An_authorisation_is_withdrawn_once()
    {
        var course = Asking(Grade.I1);
        var command = new WithdrawAuthorisation(new(course.Id), Today, Now);
        var lapsed = new TrainerLapsed(Fact.TrainerId, new(course.Id), Today, "withdrawn", Now);
        Given<Trainer>.That(Fact, Granted(course)).When(trainer => WithdrawAuthorisationHandler.Decide(trainer, command)).Then(lapsed);
        Given<Trainer>.That(Fact, Granted(course), lapsed).When(trainer => WithdrawAuthorisationHandler.Decide(trainer, command)).ThenNothing();
    }

    [Fact]
    public void Who_leaves_loses_every_authorisation_once()
    {
        Course[] courses = [Asking(Grade.I1), Asking(Grade.I2, "S05")];
        var (first, second) = courses.OrderBy(course => course.Id).ToArray() is [var low, var high] ? (low, high) : throw new InvalidOperationException();
        var command = new DismissTrainer(Today, Now);
        Given<Trainer>.That(Fact, Granted(first), Granted(second)).When(trainer => DismissTrainerHandler.Decide(trainer, command)).Then(
            new TrainerLapsed(Fact.TrainerId, new(first.Id), Today, "employee-left", Now), new TrainerLapsed(Fact.TrainerId, new(second.Id), Today, "employee-left", Now),
            new TrainerDeparted(Fact.TrainerId, Today, Now));
        Given<Trainer>.That(Fact, new TrainerDeparted(Fact.TrainerId, Today, Now)).When(trainer => DismissTrainerHandler.Decide(trainer, command)).ThenNothing();
    }

    [Fact]
    public void An_absence_is_declared_once_and_can_be_taken_back()
    {
        var absent = new TrainerUnavailable(Fact.TrainerId, Now, Now.AddHours(4), "main job", Now);
        Given<Trainer>.That(Fact).When(trainer => DeclareUnavailableHandler.Decide(trainer, Away(0, 4))).Then(absent);
        Given<Trainer>.That(Fact, absent).When(trainer => DeclareUnavailableHandler.Decide(trainer, Away(1, 4))).ThenNothing();
        Given<Trainer>.That(Fact, absent).When(trainer => DeclareUnavailableHandler.Decide(trainer, Away(0, 5))).Then(absent with { To = Now.AddHours(5) });

        var back = new TrainerAvailable(Fact.TrainerId, Now.AddHours(3), Now.AddHours(6), Now);
        Given<Trainer>.That(Fact, absent).When(trainer => DeclareAvailableHandler.Decide(trainer, new(Period.Of(Now.AddHours(3), Now.AddHours(6)), Now))).Then(back);
        Given<Trainer>.That(Fact, absent, back).When(trainer => DeclareAvailableHandler.Decide(trainer, new(Period.Of(Now.AddHours(3), Now.AddHours(6)), Now))).ThenNothing();

        static DeclareUnavailable Away(int from, int to) => new(Period.Of(Now.AddHours(from), Now.AddHours(to)), "main job", Now);
    }
}
