using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Evaluation.Inspections;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Inspections
{
    public static void MapInspections(this IEndpointRouteBuilder app)
    {
        var inspections = app.MapGroup("/inspections").WithTags("Inspections");

        inspections.MapPut("{inspectionId:guid}", RecordInspectionHandler.Handle).For(May.Inspect);
        inspections.MapGet("{inspectionId:guid}", GetInspection.Handle).For(May.SeeInspection);
        inspections.MapGet("agreement", GetAgreement.Handle).For(May.CompareInspectors);
    }

    public static StoreOptions AddInspections(this StoreOptions store)
    {
        store.Projections.Snapshot<Inspection>(SnapshotLifecycle.Inline);
        store.Schema.For<Inspection>().Index(inspection => inspection.On);
        return store;
    }
}
