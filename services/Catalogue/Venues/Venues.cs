using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Catalogue.Venues;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Venues
{
    public static void MapVenues(this IEndpointRouteBuilder app)
    {
        var venues = app.MapGroup("/venues").WithTags("Venues");

        venues.MapPut("{venueId:guid}", OpenVenueHandler.Handle).For(May.KeepVenues);
        venues.MapPost("{venueId:guid}/closures", CloseVenueHandler.Handle).For(May.KeepVenues);
        venues.MapDelete("{venueId:guid}/closures", ReopenVenueHandler.Handle).For(May.KeepVenues);
        venues.MapGet("", ListVenues.Handle).For(May.SeeVenues);
    }

    public static StoreOptions AddVenues(this StoreOptions store)
    {
        store.Projections.Snapshot<Venue>(SnapshotLifecycle.Inline);
        return store;
    }

    /// <summary>Refuses callers from another estate or region.</summary>
    internal static VenueProfile ReachedBy(this VenueProfile profile, Caller caller)
    {
        caller.MustReach(profile.EstateId?.Value ?? Guid.Empty, profile.Region);
        return profile;
    }

    internal static Venue ReachedBy(this Venue venue, Caller caller)
    {
        venue.Profile.ReachedBy(caller);
        return venue;
    }
}
