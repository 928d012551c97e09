using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Evaluation.Checklists;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Checklists
{
    public static void MapChecklists(this IEndpointRouteBuilder app)
    {
        var checklists = app.MapGroup("/checklists").WithTags("Checklists");

        checklists.MapPut("{version}", PublishChecklistHandler.Handle).For(May.WriteChecklists);
        checklists.MapGet("{version}", GetChecklist.Handle).For(May.SeeChecklists);
    }

    public static StoreOptions AddChecklists(this StoreOptions store)
    {
        store.Projections.Snapshot<Checklist>(SnapshotLifecycle.Inline);
        return store;
    }

    internal static async Task<Checklist> Checklist(this IQuerySession query, string tenant, string version, CancellationToken ct) =>
        await query.LoadAsync<Checklist>(Evaluation.Checklists.Checklist.IdOf(tenant, version), ct) ?? throw new Missing("Checklist", version);
}
