using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.NeedsAssessment.Profiles;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Profiles
{
    public static void MapProfiles(this IEndpointRouteBuilder app)
    {
        var employees = app.MapGroup("/employees/{employeeId:guid}").WithTags("Profiles");
        var gaps = app.MapGroup("/gaps").WithTags("Profiles");

        app.MapPost("/assessments", RecordAssessmentsHandler.Handle).For(Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager).WithTags("Profiles");
        employees.MapPut("roles/{role}", AssignRoleHandler.Assign).For(Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager);
        employees.MapDelete("roles/{role}", AssignRoleHandler.Withdraw).For(Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager);
        employees.MapGet("competencies", GetGapCard.Handle);
        gaps.MapGet("", GetGaps.Cells);
        gaps.MapGet("summary", GetGaps.Summary);
    }

    public static StoreOptions AddProfiles(this StoreOptions store)
    {
        store.Projections.Snapshot<CompetencyProfile>(SnapshotLifecycle.Inline);
        store.Schema.For<CompetencyProfile>().Duplicate(profile => profile.PositionCode).Duplicate(profile => profile.EstateId);
        return store;
    }
}
