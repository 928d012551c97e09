using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;

namespace Training.Scheduling.Known;

/// <summary>A span of time, the end not included.</summary>
public record Span(DateTimeOffset From, DateTimeOffset To)
{
    public bool Overlaps(Span other) => From < other.To && other.From < To;
    public TimeSpan Length => To - From;
    public Span Widened(TimeSpan by) => new(From - by, To + by);

    /// <summary>What remains of it before and after another.</summary>
    public IEnumerable<Span> Without(Span other) => Overlaps(other) ? new Span[] { new(From, other.From), new(other.To, To) }.Where(part => part.From < part.To) : [this];
}

/// <summary>What Scheduling knows of a trainer; authorisations with their last day.</summary>
public record KnownTrainer(
    Guid Id, string Name, string Grade, string Region, Guid? EmployeeId, decimal HoursPerYear,
    ImmutableDictionary<Guid, DateOnly> Authorisations, ImmutableArray<Span> Unavailable)
{
    public bool MayTeach(Guid course, DateOnly on) => Authorisations.TryGetValue(course, out var last) && on <= last;
    public bool Serves(string region) => Region == "*" || Region == region;
}

sealed class KnownTrainerConsumer(IDocumentSession session) :
    IConsumer<TrainerRegistered>, IConsumer<TrainerAuthorised>, IConsumer<TrainerLapsed>, IConsumer<TrainerUnavailable>, IConsumer<TrainerAvailable>
{
    public async Task Consume(ConsumeContext<TrainerRegistered> context)
    {
        var message = context.Message;
        var known = await session.LoadAsync<KnownTrainer>(message.TrainerId, context.CancellationToken);
        session.Store(new KnownTrainer(message.TrainerId, message.Name, message.Grade, message.Region, message.EmployeeId, message.HoursPerYear,
            known?.Authorisations ?? ImmutableDictionary<Guid, DateOnly>.Empty, known?.Unavailable ?? []));
    }

    public Task Consume(ConsumeContext<TrainerAuthorised> context) => session.Revise<KnownTrainer>(context.Message.TrainerId,
        trainer => trainer with { Authorisations = trainer.Authorisations.SetItem(context.Message.CourseId, context.Message.ValidTo) }, context.CancellationToken);

    public Task Consume(ConsumeContext<TrainerLapsed> context) => session.Revise<KnownTrainer>(context.Message.TrainerId,
        trainer => trainer with { Authorisations = trainer.Authorisations.SetItem(context.Message.CourseId, context.Message.LapsedOn.AddDays(-1)) }, context.CancellationToken);

    public Task Consume(ConsumeContext<TrainerUnavailable> context) => session.Revise<KnownTrainer>(context.Message.TrainerId,
        trainer => trainer with { Unavailable = trainer.Unavailable.Add(new(context.Message.From, context.Message.To)) }, context.CancellationToken);

    public Task Consume(ConsumeContext<TrainerAvailable> context) => session.Revise<KnownTrainer>(context.Message.TrainerId,
        trainer => trainer with { Unavailable = [.. trainer.Unavailable.SelectMany(away => away.Without(new(context.Message.From, context.Message.To)))] }, context.CancellationToken);
}
