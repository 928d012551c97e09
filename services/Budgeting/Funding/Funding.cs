using JasperFx.Events.Projections;
using Marten;
using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Funding;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Funding
{
    public static void MapFunding(this IEndpointRouteBuilder app) => app.MapGet("/runs/{runId:guid}/funding", GetFunding.Handle).For(May.SeeFunding).WithTags("Funding");

    public static StoreOptions AddFunding(this StoreOptions store)
    {
        store.Projections.Snapshot<RunFunding>(SnapshotLifecycle.Inline);
        return store;
    }

    /// <summary>Decides on the line that pays for a run; a run that got no money has none.</summary>
    internal static async Task OnLineOf(this IDocumentSession session, RunId run, Func<BudgetLine, ILineFact[]> decide, CancellationToken ct)
    {
        if (await session.LoadAsync<RunFunding>(RunFunding.IdOf(run), ct) is { Granted: true } funding)
            await session.Amend<BudgetLine>(funding.LineId.Value, line => decide(line), ct);
    }
}
