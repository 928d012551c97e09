using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Workforce.WageBases;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class WageBases
{
    public static void MapWageBases(this IEndpointRouteBuilder app)
    {
        var wages = app.MapGroup("/wage-bases").WithTags("Wage bases");

        wages.MapPut("{legalEntity}/{year:int}", PostWageBaseHandler.Handle).For(May.PostWages);
        wages.MapGet("", ListWageBases.Handle).For(May.SeeWages);
    }

    public static StoreOptions AddWageBases(this StoreOptions store)
    {
        store.Projections.Snapshot<WageBase>(SnapshotLifecycle.Inline);
        return store;
    }
}
