using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Lines;

public record TransferFunds(Guid TransferId, LineId From, LineId To, Money Amount, string Reason, DateTimeOffset At);

public static class TransferFundsHandler
{
    public static ILineFact[] DecideOut(BudgetLine from, TransferFunds command)
    {
        if (from.Postings.Contains(command.TransferId)) return [];
        if (command.Amount.Amount <= 0) throw new RuleBroken("nothing-to-transfer", "The amount to transfer must be above zero.");
        if (command.From == command.To) throw new RuleBroken("same-line", "A transfer needs two lines.");
        if (command.Amount.Currency != from.Allocated.Currency) throw new RuleBroken("other-currency", $"The line is kept in {from.Allocated.Currency}.");
        if (command.Amount > from.Available) throw new RuleBroken("not-enough-funds", $"Only {from.Available} of line {from.Purpose.Code} are available.");
        return [new FundsTransferredOut(command.TransferId, command.To, command.Amount, command.Reason, command.At)];
    }

    public static ILineFact[] DecideIn(BudgetLine to, TransferFunds command) =>
        to.Postings.Contains(command.TransferId) ? [] : [new FundsTransferredIn(command.TransferId, command.From, command.Amount, command.Reason, command.At)];

    public record Body(Guid TransferId, Guid FromLineId, Guid ToLineId, decimal Amount, string Currency, string Reason);

    internal static async Task<NoContent> Handle(Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new TransferFunds(
            body.TransferId, new(body.FromLineId), new(body.ToLineId), new(body.Amount, body.Currency), body.Reason, clock.GetUtcNow());
        await session.Amend<BudgetLine>(body.FromLineId, line => DecideOut(line, command), ct);
        await session.Amend<BudgetLine>(body.ToLineId, line => DecideIn(line, command), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
