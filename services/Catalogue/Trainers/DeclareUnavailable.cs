using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record DeclareUnavailable(Period Period, string Reason, DateTimeOffset At);

public static class DeclareUnavailableHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, DeclareUnavailable command) =>
        trainer.Absences.Any(known => known.Covers(command.Period)) ? [] : [new TrainerUnavailable(new(trainer.Id), command.Period.From, command.Period.To, command.Reason, command.At)];

    public record Body(DateTimeOffset From, DateTimeOffset To, string Reason);

    internal static async Task<NoContent> Handle(Guid trainerId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new DeclareUnavailable(Period.Of(body.From, body.To), body.Reason, clock.GetUtcNow());
        await session.Change<Trainer>(trainerId, trainer => Decide(trainer.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
