using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Venues;

public record CloseVenue(Period Period, string Reason, DateTimeOffset At);

public static class CloseVenueHandler
{
    public static IVenueFact[] Decide(Venue venue, CloseVenue command) =>
        venue.Closures.Any(known => known.Covers(command.Period)) ? [] : [new VenueClosed(new(venue.Id), command.Period.From, command.Period.To, command.Reason, command.At)];

    public record Body(DateTimeOffset From, DateTimeOffset To, string Reason);

    internal static async Task<NoContent> Handle(Guid venueId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new CloseVenue(Period.Of(body.From, body.To), body.Reason, clock.GetUtcNow());
        await session.Change<Venue>(venueId, venue => Decide(venue.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
