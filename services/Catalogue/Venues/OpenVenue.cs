using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Venues;

public record OpenVenue(VenueId VenueId, VenueProfile Profile, DateTimeOffset At);

public static class OpenVenueHandler
{
    public static IVenueFact[] Decide(Venue? venue, OpenVenue command)
    {
        if (command.Profile.Seats < 1) throw new RuleBroken("no-seats", "A venue has at least one seat.");
        if (command.Profile.HourlyRate.Amount < 0) throw new RuleBroken("negative-rate", "An hour can't cost less than nothing.");
        if (command.Profile.HourlyRate.Currency.Length != 3) throw new RuleBroken("no-currency", "The currency is an ISO 4217 code of three letters, such as CNY.");
        if (venue is null) return [new VenueOpened(command.VenueId, command.Profile, command.At)];
        return venue.Profile.Same(command.Profile) ? [] : [new VenueRefitted(command.VenueId, command.Profile, command.At)];
    }

    public record Body(string Name, string Region, int Seats, decimal HourlyRate, string Currency, Guid? EstateId = null, IReadOnlyList<string>? Equipment = null)
    {
        public VenueProfile Profile() => new(
            Name, Region, EstateId is { } estate ? new(estate) : null, Seats, [.. (Equipment ?? []).Distinct().Order(StringComparer.Ordinal)], new(HourlyRate, Currency));
    }

    internal static async Task<NoContent> Handle(Guid venueId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new OpenVenue(new(venueId), body.Profile().ReachedBy(caller), clock.GetUtcNow());
        await session.Begin<Venue>(venueId, venue => Decide(venue?.ReachedBy(caller), command), ct);
        return TypedResults.NoContent();
    }
}
