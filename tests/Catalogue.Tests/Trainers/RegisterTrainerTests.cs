using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Catalogue.Trainers;
using Training.Foundation;
using static Training.Catalogue.Tests.CatalogueFacts;
using static Training.Catalogue.Trainers.RegisterTrainerHandler;

namespace Training.Catalogue.Tests.Trainers;

public class RegisterTrainerTests
{
    static readonly TrainerRegistered Fact = Registered();
    static readonly RegisterTrainer Same = new(Fact.TrainerId, Profile, Today, Now);
    static readonly KnownEmployee Working = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "SUP", Active: true);

    static Outcome Register(TrainerProfile profile) => GivenNothing.When(() => Decide(null, null, Same with { Profile = profile }));

    [Fact]
    public void A_trainer_is_registered_once()
    {
        GivenNothing.When(() => Decide(null, Working, Same)).Then(Fact);
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Working, Same)).ThenNothing();
    }

    [Fact]
    public void Another_profile_revises_the_trainer() =>
        Given<Trainer>.That(Fact).When(trainer => Decide(trainer, Working, Same with { Profile = Profile with { HoursPerYear = 60 } }))
            .Then(new TrainerRevised(Fact.TrainerId, Profile with { HoursPerYear = 60 }, Now));

    [Fact]
    public void A_lower_grade_ends_what_it_may_not_teach()
    {
        var (easy, hard) = (new CourseId(Guid.CreateVersion7()), new CourseId(Guid.CreateVersion7()));
        var lower = Profile with { Grade = Grade.I1 };
        Given<Trainer>.That(Fact, new TrainerAuthorised(Fact.TrainerId, easy, Grade.I1, NextYear, Now), new TrainerAuthorised(Fact.TrainerId, hard, Grade.I2, NextYear, Now))
            .When(trainer => Decide(trainer, Working, Same with { Profile = lower }))
            .Then(new TrainerRevised(Fact.TrainerId, lower, Now), new TrainerLapsed(Fact.TrainerId, hard, Today, "grade-changed", Now));
    }

    [Fact]
    public void An_employee_who_left_does_not_teach() => GivenNothing.When(() => Decide(null, Working with { Active = false }, Same)).ThenBroken("employee-left");

    [Fact]
    public void A_trainer_who_came_back_is_reinstated_once()
    {
        var left = new TrainerDeparted(Fact.TrainerId, Today, Now);
        Given<Trainer>.That(Fact, left).When(trainer => Decide(trainer, Working, Same)).Then(new TrainerReinstated(Fact.TrainerId, Profile, Now));
        Given<Trainer>.That(Fact, left, new TrainerReinstated(Fact.TrainerId, Profile, Now)).When(trainer => Decide(trainer, Working, Same)).ThenNothing();
    }

    [Fact]
    public void Impossible_profiles_are_refused()
    {
        Register(Profile with { Grade = Grade.E }).ThenBroken("no-grade");
        Register(Profile with { HoursPerYear = -1 }).ThenBroken("negative-hours");
        Register(Profile with { FeePerHour = Cny(-1) }).ThenBroken("negative-fee");
        Register(Profile with { FeePerHour = new Money(1, "") }).ThenBroken("no-currency");
    }
}
