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

        lines.MapPut("{lineId:guid}", PlanLineHandler.Handle).For(Role.FinanceController);
        lines.MapPost("{lineId:guid}/postings", PostOtherActualHandler.Handle).For(Role.FinanceController);
        lines.MapGet("", ListLines.Handle);
        lines.MapGet("{lineId:guid}", GetLine.Handle);
        app.MapGet("/burn-down", GetBurnDown.Handle).WithTags("Lines");
        app.MapPost("/transfers", TransferFundsHandler.Handle).For(Role.FinanceController).WithTags("Lines");
    }

    public static StoreOptions AddLines(this StoreOptions store)
    {
        store.Projections.Snapshot<BudgetLine>(SnapshotLifecycle.Inline);
        return store;
    }
}
