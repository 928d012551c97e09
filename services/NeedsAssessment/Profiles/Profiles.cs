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

        app.MapPost("/assessments", RecordAssessmentsHandler.Handle).For(May.Assess).WithTags("Profiles");
        employees.MapPut("roles/{role}", AssignRoleHandler.Assign).For(May.GiveRoles);
        employees.MapDelete("roles/{role}", AssignRoleHandler.Withdraw).For(May.GiveRoles);
        employees.MapGet("competencies", GetGapCard.Handle).For(May.SeeProfile);
        gaps.MapGet("", GetGaps.Cells).For(May.SeeGaps);
        gaps.MapGet("summary", GetGaps.Summary).For(May.SeeGaps);
    }

    public static StoreOptions AddProfiles(this StoreOptions store)
    {
        store.Projections.Snapshot<CompetencyProfile>(SnapshotLifecycle.Inline);
        store.Schema.For<CompetencyProfile>().Duplicate(profile => profile.PositionCode).Duplicate(profile => profile.EstateId);
        return store;
    }
}
