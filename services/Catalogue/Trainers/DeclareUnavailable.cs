using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record DeclareUnavailable(DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset At);

public static class DeclareUnavailableHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, DeclareUnavailable command)
    {
        if (command.To <= command.From) throw new RuleBroken("ends-before-it-starts", "An absence ends after it starts.");
        if (trainer.Absences.Any(absence => absence.From <= command.From && command.To <= absence.To)) return [];
        return [new TrainerUnavailable(new(trainer.Id), command.From, command.To, command.Reason, command.At)];
    }

    public record Body(DateTimeOffset From, DateTimeOffset To, string Reason);

    internal static async Task<NoContent> Handle(Guid trainerId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new DeclareUnavailable(body.From.ToUniversalTime(), body.To.ToUniversalTime(), body.Reason, clock.GetUtcNow());
        await session.Change<Trainer>(trainerId, trainer => Decide(trainer.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
