using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Catalogue.Staff;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record RegisterTrainer(TrainerId TrainerId, TrainerProfile Profile, DateOnly Today, DateTimeOffset At);

public static class RegisterTrainerHandler
{
    /// <param name="trainer">The trainer so far, if registered.</param>
    /// <param name="employee">The trainer as an employee; null for outside lecturers, and while Workforce's word is still on its way.</param>
    /// <param name="command">What to register.</param>
    public static ITrainerFact[] Decide(Trainer? trainer, KnownEmployee? employee, RegisterTrainer command)
    {
        var profile = command.Profile;
        if (profile.Grade == Grade.E) throw new RuleBroken("no-grade", "E-learning needs no trainer, so there is no such grade.");
        if (profile.HoursPerYear < 0) throw new RuleBroken("negative-hours", "Nobody teaches less than no hours.");
        if (profile.FeePerHour.Amount < 0) throw new RuleBroken("negative-fee", "An hour can't cost less than nothing.");
        if (profile.FeePerHour.Currency.Length != 3) throw new RuleBroken("no-currency", "The currency is an ISO 4217 code of three letters, such as CNY.");
        if (employee is { Active: false }) throw new RuleBroken("employee-left", "This employee has left the group.");

        if (trainer is null) return [new TrainerRegistered(command.TrainerId, profile, command.At)];
        if (trainer.Departed) return [new TrainerReinstated(command.TrainerId, profile, command.At)];
        if (trainer.Profile == profile) return [];
        return
        [
            new TrainerRevised(command.TrainerId, profile, command.At),
            .. trainer.Lapse(held => !profile.MayTeach(held.CourseGrade), command.Today, "grade-changed", command.At),
        ];
    }

    public record Body(string Name, Grade Grade, string Region, decimal HoursPerYear, string Currency, decimal FeePerHour, Guid? EmployeeId = null)
    {
        public TrainerProfile Profile() => new(Name, Grade, Region, EmployeeId is { } employee ? new(employee) : null, HoursPerYear, new(FeePerHour, Currency));
    }

    internal static async Task<NoContent> Handle(Guid trainerId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new RegisterTrainer(new(trainerId), body.Profile(), clock.Today(), clock.GetUtcNow());
        caller.MustReach(Guid.Empty, body.Region);
        var employee = body.EmployeeId is { } id ? await session.LoadAsync<KnownEmployee>(id, ct) : null;
        await session.Begin<Trainer>(trainerId, trainer => Decide(trainer?.ReachedBy(caller), employee, command), ct);
        return TypedResults.NoContent();
    }
}
