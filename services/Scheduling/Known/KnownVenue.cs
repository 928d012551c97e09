using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;

namespace Training.Scheduling.Known;

/// <summary>What Scheduling knows of a venue; without an estate it is a regional centre or a hired room.</summary>
public record KnownVenue(Guid Id, string Name, string Region, Guid? EstateId, int Seats, ImmutableArray<string> Equipment)
{
    public IEnumerable<string> Lacks(IEnumerable<string> equipment) => equipment.Except(Equipment);
}

sealed class KnownVenueConsumer(IDocumentSession session) : IConsumer<VenueOpened>
{
    public Task Consume(ConsumeContext<VenueOpened> context)
    {
        var message = context.Message;
        session.Store(new KnownVenue(message.VenueId, message.Name, message.Region, message.EstateId, message.Seats, [.. message.Equipment]));
        return Task.CompletedTask;
    }
}
