using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Workforce.Estates;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Estates
{
    public static void MapEstates(this IEndpointRouteBuilder app)
    {
        var estates = app.MapGroup("/estates").WithTags("Estates");

        estates.MapPut("{estateId:guid}/minimum-manning", SetMinimumManningHandler.Handle).For(May.SetManning);
        estates.MapGet("", ListEstates.Handle).For(May.SeeEstates);
        estates.MapGet("{estateId:guid}", GetEstate.Handle).For(May.SeeEstates);
    }

    public static StoreOptions AddEstates(this StoreOptions store)
    {
        store.Projections.Snapshot<Estate>(SnapshotLifecycle.Inline);
        return store;
    }
}
