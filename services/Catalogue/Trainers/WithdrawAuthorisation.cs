using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Catalogue.Courses;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record WithdrawAuthorisation(CourseId CourseId, DateOnly On, DateTimeOffset At);

public static class WithdrawAuthorisationHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, WithdrawAuthorisation command) =>
        trainer.Authorisations.ContainsKey(command.CourseId)
            ? [new TrainerLapsed(new(trainer.Id), command.CourseId, command.On, "withdrawn", command.At)]
            : [];

    internal static async Task<NoContent> Handle(Guid trainerId, Guid courseId, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new WithdrawAuthorisation(new(courseId), clock.Today(), clock.GetUtcNow());
        await session.Change<Trainer>(trainerId, trainer => Decide(trainer.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
