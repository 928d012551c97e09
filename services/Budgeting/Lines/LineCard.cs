using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Lines;

/// <summary>A budget line as finance sees it; amounts in the line's currency. <c>Overspent</c> is what runs cost beyond what the line could bear, not part of <c>Actual</c>.</summary>
public record LineCard(
    Guid Id, int Year, string Quarter, string Code, string LegalEntity, string FundCategory, bool FrontLine, IReadOnlyList<string> Courses, string Currency,
    decimal Allocated, decimal Reserved, decimal Committed, decimal Actual, decimal Available, OnOverrun OnOverrun, bool Warned, Guid? EstateId, decimal Overspent)
{
    public static LineCard Of(BudgetLine line) => new(
        line.Id, line.Purpose.Year, line.Purpose.Quarter, line.Purpose.Code, line.Purpose.LegalEntity, line.Purpose.FundCategory, line.Purpose.FrontLine,
        line.Purpose.Courses, line.Allocated.Currency, line.Allocated.Amount, line.Holds.Values.Sum(hold => hold.Reserved.Amount),
        line.Holds.Values.Sum(hold => hold.Committed.Amount), line.Actual.Amount, line.Available.Amount, line.OnOverrun, line.Warned, line.Purpose.EstateId, line.Overspent.Amount);
}

static class GetLine
{
    internal static async Task<Ok<LineCard>> Handle(Guid lineId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(LineCard.Of(await query.LoadAsync<BudgetLine>(lineId, ct) ?? throw new Missing("Budget line", lineId)));
}

static class ListLines
{
    internal static async Task<Ok<Page<LineCard>>> Handle(
        int year, string? quarter, string? legalEntity, Guid? estateId, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var lines = query.Query<BudgetLine>().Where(line => line.Purpose.Year == year);
        if (quarter is not null) lines = lines.Where(line => line.Purpose.Quarter == quarter);
        if (legalEntity is not null) lines = lines.Where(line => line.Purpose.LegalEntity == legalEntity);
        if (estateId is not null) lines = lines.Where(line => line.Purpose.EstateId == estateId);
        return TypedResults.Ok(await lines.OrderBy(line => line.Purpose.Quarter).ThenBy(line => line.Purpose.Code).ThenBy(line => line.Id)
            .Page(LineCard.Of, skip, take, ct));
    }
}
