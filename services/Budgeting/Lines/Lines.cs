using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Budgeting.Lines;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Lines
{
    public static void MapLines(this IEndpointRouteBuilder app)
    {
        var lines = app.MapGroup("/lines").WithTags("Lines");

        lines.MapPut("{lineId:guid}", PlanLineHandler.Handle).For(May.PlanMoney);
        lines.MapPost("{lineId:guid}/postings", PostOtherActualHandler.Handle).For(May.PlanMoney);
        lines.MapGet("", ListLines.Handle).For(May.SeeMoney);
        lines.MapGet("{lineId:guid}", GetLine.Handle).For(May.SeeMoney);
        app.MapGet("/burn-down", GetBurnDown.Handle).For(May.SeeMoney).WithTags("Lines");
        app.MapPost("/transfers", TransferFundsHandler.Handle).For(May.PlanMoney).WithTags("Lines");
    }

    public static StoreOptions AddLines(this StoreOptions store)
    {
        store.Projections.Snapshot<BudgetLine>(SnapshotLifecycle.Inline);
        return store;
    }
}
