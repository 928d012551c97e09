using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Venues;

public record CloseVenue(DateTimeOffset From, DateTimeOffset To, string Reason, DateTimeOffset At);

public static class CloseVenueHandler
{
    public static IVenueFact[] Decide(Venue venue, CloseVenue command)
    {
        if (command.To <= command.From) throw new RuleBroken("ends-before-it-starts", "A closure ends after it starts.");
        if (venue.Closures.Any(closure => closure.From <= command.From && command.To <= closure.To)) return [];
        return [new VenueClosed(new(venue.Id), command.From, command.To, command.Reason, command.At)];
    }

    public record Body(DateTimeOffset From, DateTimeOffset To, string Reason);

    internal static async Task<NoContent> Handle(Guid venueId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new CloseVenue(body.From.ToUniversalTime(), body.To.ToUniversalTime(), body.Reason, clock.GetUtcNow());
        await session.Change<Venue>(venueId, venue => Decide(venue.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
