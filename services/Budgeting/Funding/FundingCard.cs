using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Funding;

/// <summary>Where the money of one course run stands; amounts in <c>Currency</c>. The run cost <c>Actual</c> and <c>Overspent</c>, which its line couldn't bear.</summary>
public record FundingCard(
    Guid RunId, bool Granted, string DeclinedBecause, Guid LineId, string Currency, decimal Requested, decimal Reserved, decimal Committed, decimal Actual, decimal Overspent);

static class GetFunding
{
    internal static async Task<Ok<FundingCard>> Handle(Guid runId, IQuerySession query, CancellationToken ct)
    {
        var funding = await query.LoadAsync<RunFunding>(RunFunding.IdOf(new(runId)), ct) ?? throw new Missing("Funding of run", runId);
        if (!funding.Granted) return TypedResults.Ok(new FundingCard(runId, false, funding.DeclinedBecause, Guid.Empty, "", 0, 0, 0, 0, 0));

        var line = await query.LoadAsync<BudgetLine>(funding.LineId.Value, ct) ?? throw new Missing("Budget line", funding.LineId);
        var facts = (await query.Events.FetchStreamAsync(line.Id, token: ct)).Select(stored => stored.Data).ToList();
        var spent = facts.OfType<RunActualPosted>().Where(posted => posted.RunId == funding.RunId).Sum(posted => posted.Amount.Amount);
        var overspent = facts.OfType<RunOverspent>().Where(over => over.RunId == funding.RunId).Sum(over => over.Excess.Amount);
        var hold = line.HoldOf(funding.RunId);
        return TypedResults.Ok(new FundingCard(
            runId, true, "", line.Id, funding.Amount.Currency, funding.Amount.Amount, hold.Reserved.Amount, hold.Committed.Amount, spent, overspent));
    }
}
