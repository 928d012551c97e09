using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Catalogue.V1;

namespace Training.Scheduling.Known;

/// <summary>What Scheduling knows of a venue; without an estate it is a regional centre or a hired room.</summary>
public record KnownVenue(Guid Id, string Name, string Region, Guid? EstateId, int Seats, ImmutableArray<string> Equipment)
{
    public ImmutableArray<Span> Closed { get; init; } = [];

    public IEnumerable<string> Lacks(IEnumerable<string> equipment) => equipment.Except(Equipment);
}

sealed class KnownVenueConsumer(IDocumentSession session) : IConsumer<VenueOpened>, IConsumer<VenueClosed>, IConsumer<VenueReopened>
{
    public async Task Consume(ConsumeContext<VenueOpened> context)
    {
        var message = context.Message;
        var known = await session.LoadAsync<KnownVenue>(message.VenueId, context.CancellationToken);
        session.Store(new KnownVenue(message.VenueId, message.Name, message.Region, message.EstateId, message.Seats, [.. message.Equipment]) { Closed = known?.Closed ?? [] });
    }

    public Task Consume(ConsumeContext<VenueClosed> context) => session.Revise<KnownVenue>(context.Message.VenueId,
        venue => venue with { Closed = venue.Closed.Add(new(context.Message.From, context.Message.To)) }, context.CancellationToken);

    public Task Consume(ConsumeContext<VenueReopened> context) => session.Revise<KnownVenue>(context.Message.VenueId,
        venue => venue with { Closed = [.. venue.Closed.SelectMany(closed => closed.Without(new(context.Message.From, context.Message.To)))] }, context.CancellationToken);
}
