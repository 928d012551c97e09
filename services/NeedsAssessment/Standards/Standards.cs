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

        standards.MapPut(One, PublishStandardHandler.Handle).For(Role.GroupTrainingManager);
        standards.MapGet(One, GetStandard.Handle);
        standards.MapGet("", ListStandards.Handle);
    }

    public static StoreOptions AddStandards(this StoreOptions store)
    {
        store.Projections.Snapshot<CompetencyStandard>(SnapshotLifecycle.Inline);
        return store;
    }
}
