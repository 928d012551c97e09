using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Catalogue.Venues;

/// <summary>A venue as planners see it; the rate per hour in <c>Currency</c>.</summary>
public record VenueCard(Guid Id, string Name, string Region, Guid? EstateId, int Seats, IReadOnlyList<string> Equipment, decimal HourlyRate, string Currency, IReadOnlyList<Period> Closures)
{
    public static VenueCard Of(Venue venue) => new(
        venue.Id, venue.Profile.Name, venue.Profile.Region, venue.Profile.EstateId?.Value, venue.Profile.Seats, venue.Profile.Equipment,
        venue.Profile.HourlyRate.Amount, venue.Profile.HourlyRate.Currency, venue.Closures);
}

static class ListVenues
{
    internal static async Task<Ok<Page<VenueCard>>> Handle(string? region, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Venue> venues = query.Query<Venue>();
        if (region is not null) venues = venues.Where(venue => venue.Profile.Region == region);
        return TypedResults.Ok(await venues.OrderBy(venue => venue.Profile.Name).ThenBy(venue => venue.Id).Page(VenueCard.Of, skip, take, ct));
    }
}
