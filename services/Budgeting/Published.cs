using JasperFx.Events;
using Training.Budgeting.Funding;
using V1 = Training.Contracts.Budgeting.V1;

namespace Training.Budgeting;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        RunFunded e => new V1.FundsReserved { RunId = e.RunId.Value, LineId = e.LineId.Value, Amount = e.Amount.Amount, Currency = e.Amount.Currency },
        RunFundingDeclined e => new V1.FundsDeclined { RunId = e.RunId.Value, Code = e.Code, Reason = e.Reason },
        _ => null,
    };
}
