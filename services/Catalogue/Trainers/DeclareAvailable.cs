using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record DeclareAvailable(Period Period, DateTimeOffset At);

public static class DeclareAvailableHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, DeclareAvailable command) =>
        trainer.Absences.Any(known => known.Overlaps(command.Period)) ? [new TrainerAvailable(new(trainer.Id), command.Period.From, command.Period.To, command.At)] : [];

    internal static async Task<NoContent> Handle(Guid trainerId, DateTimeOffset from, DateTimeOffset to, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new DeclareAvailable(Period.Of(from, to), clock.GetUtcNow());
        await session.Change<Trainer>(trainerId, trainer => Decide(trainer.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
