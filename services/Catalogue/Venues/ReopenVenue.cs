using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Venues;

public record ReopenVenue(Period Period, DateTimeOffset At);

public static class ReopenVenueHandler
{
    public static IVenueFact[] Decide(Venue venue, ReopenVenue command) =>
        venue.Closures.Any(known => known.Overlaps(command.Period)) ? [new VenueReopened(new(venue.Id), command.Period.From, command.Period.To, command.At)] : [];

    internal static async Task<NoContent> Handle(Guid venueId, DateTimeOffset from, DateTimeOffset to, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new ReopenVenue(Period.Of(from, to), clock.GetUtcNow());
        await session.Change<Venue>(venueId, venue => Decide(venue.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
