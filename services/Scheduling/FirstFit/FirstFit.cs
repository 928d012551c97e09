using Training.Foundation;

namespace Training.Scheduling.FirstFit;

/// <summary>The table of contents: what can be asked.</summary>
public static class FirstFit
{
    public static void MapFirstFit(this IEndpointRouteBuilder app) =>
        app.MapPost("/plans/{planId:guid}/schedule", ScheduleRegion.Handle).For(May.Place).WithTags("Planner");
}
