using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Standards;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Standards
{
    const string One = "{kind:regex(^(position|role)$)}/{code}";

    public static void MapStandards(this IEndpointRouteBuilder app)
    {
        var standards = app.MapGroup("/standards").WithTags("Standards");

        standards.MapPut(One, PublishStandardHandler.Handle).For(May.SetStandards);
        standards.MapGet(One, GetStandard.Handle).For(May.SeeStandards);
        standards.MapGet("", ListStandards.Handle).For(May.SeeStandards);
    }

    public static StoreOptions AddStandards(this StoreOptions store)
    {
        store.Projections.Snapshot<CompetencyStandard>(SnapshotLifecycle.Inline);
        return store;
    }
}
