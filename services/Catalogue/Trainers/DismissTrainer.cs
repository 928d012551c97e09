using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.Catalogue.Trainers;

public record DismissTrainer(DateOnly LastWorkingDay, DateTimeOffset At);

public static class DismissTrainerHandler
{
    public static ITrainerFact[] Decide(Trainer trainer, DismissTrainer command) => trainer.Departed ? [] :
    [
        .. trainer.Lapse(_ => true, command.LastWorkingDay, "employee-left", command.At),
        new TrainerDeparted(new(trainer.Id), command.LastWorkingDay, command.At),
    ];
}

/// <summary>An internal trainer who leaves the group teaches nothing any more.</summary>
sealed class TrainerLeftConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<EmployeeLeft>
{
    public async Task Consume(ConsumeContext<EmployeeLeft> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var command = new DismissTrainer(message.LastWorkingDay, clock.GetUtcNow());
        var trainers = await session.Query<Trainer>().Where(trainer => trainer.EmployeeKey == message.EmployeeId).Select(trainer => trainer.Id).ToListAsync(ct);
        foreach (var id in trainers) await session.Amend<Trainer>(id, trainer => DismissTrainerHandler.Decide(trainer, command), ct);
    }
}
