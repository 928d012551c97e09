using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Scheduling.Proposals;

/// <summary>The table of contents: what can be asked, what is stored, and who searches.</summary>
public static class Proposals
{
    public static void MapProposals(this IEndpointRouteBuilder app)
    {
        app.MapPost("/plans/{planId:guid}/proposals", RequestPlanHandler.Handle).For(May.Propose).WithTags("Planner");
        var proposals = app.MapGroup("/proposals").WithTags("Planner");
        proposals.MapGet("/", GetProposal.List).For(May.SeeProposals);
        proposals.MapGet("/{proposalId:guid}", GetProposal.Handle).For(May.SeeProposal);
        proposals.MapPost("/{proposalId:guid}/cancel", EndProposalHandler.Cancel).For(May.Propose);
        proposals.MapPost("/{proposalId:guid}/discard", EndProposalHandler.Discard).For(May.Propose);
        proposals.MapPost("/{proposalId:guid}/accept", AcceptProposalHandler.Handle).For(May.Propose);
    }

    public static StoreOptions AddProposals(this StoreOptions store)
    {
        store.Projections.Snapshot<Proposal>(SnapshotLifecycle.Inline);
        return store;
    }

    public static IServiceCollection AddPlanner(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PlannerSettings.Of(configuration))
        .AddSingleton<Planning>()
        .AddHostedService(provider => provider.GetRequiredService<Planning>());
}
