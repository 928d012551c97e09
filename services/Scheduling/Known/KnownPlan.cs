using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;

namespace Training.Scheduling.Known;

/// <summary>A frozen plan: how many lines and places its runs are to cover.</summary>
public record KnownPlan(Guid Id, int Version, string Quarter, int Lines, int Places, DateTimeOffset FrozenAt);

sealed class KnownPlanConsumer(IDocumentSession session) : IConsumer<TrainingPlanFrozen>
{
    public Task Consume(ConsumeContext<TrainingPlanFrozen> context)
    {
        var message = context.Message;
        session.Store(new KnownPlan(message.PlanId, message.Version, message.Quarter, message.Lines, message.Places, message.FrozenAt));
        return Task.CompletedTask;
    }
}
