using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Scheduling.Calendars;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Calendars
{
    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        app.MapGet("/coverage", GetCoverage.Handle).For(May.SeeCoverage).WithTags("Calendars");
        app.MapGet("/releases", GetReleases.Handle).For(May.SeeCoverage).WithTags("Calendars");
    }

    public static StoreOptions AddCalendars(this StoreOptions store)
    {
        store.Projections.Snapshot<TrainerCalendar>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<VenueCalendar>(SnapshotLifecycle.Inline);
        // A week's roster is large and its bookings are small: facts are appended, no snapshot is rewritten.
        store.Projections.LiveStreamAggregation<DutyWeek>();
        return store;
    }
}
