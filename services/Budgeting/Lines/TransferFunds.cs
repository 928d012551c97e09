using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Lines;

public record TransferFunds(Guid TransferId, LineId From, LineId To, Money Amount, string Reason, DateTimeOffset At);

public static class TransferFundsHandler
{
    public static ILineFact[] DecideOut(BudgetLine from, TransferFunds command)
    {
        if (IsDone(from, command)) return [];
        if (command.Amount.Amount <= 0) throw new RuleBroken("nothing-to-transfer", "The amount to transfer must be above zero.");
        if (command.From == command.To) throw new RuleBroken("same-line", "A transfer needs two lines.");
        if (command.Amount.Currency != from.Allocated.Currency) throw new RuleBroken("other-currency", $"The line is kept in {from.Allocated.Currency}.");
        Entered.CheckAmount(command.Amount);
        if (command.Amount > from.Available) throw new RuleBroken("not-enough-funds", $"Only {from.Available} of line {from.Purpose.Code} are available.");
        return [new FundsTransferredOut(command.TransferId, command.To, command.Amount, command.Reason, command.At)];
    }

    public static ILineFact[] DecideIn(BudgetLine to, TransferFunds command)
    {
        if (IsDone(to, command)) return [];
        if (command.Amount.Currency != to.Allocated.Currency) throw new RuleBroken("other-currency", $"The line is kept in {to.Allocated.Currency}.");
        return [new FundsTransferredIn(command.TransferId, command.From, command.Amount, command.Reason, command.At)];
    }

    static bool IsDone(BudgetLine line, TransferFunds command)
    {
        if (line.KnowsOther(command.TransferId, new(command.Amount, command.Reason, command.From, command.To)))
            throw new RuleBroken("transfer-fixed", $"Transfer {command.TransferId} is known with other content.");
        return line.Postings.Contains(command.TransferId);
    }

    public record Body(Guid TransferId, Guid FromLineId, Guid ToLineId, decimal Amount, string Currency, string Reason);

    internal static async Task<NoContent> Handle(Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new TransferFunds(
            body.TransferId, new(body.FromLineId), new(body.ToLineId), new(body.Amount, body.Currency), body.Reason, clock.GetUtcNow());
        ILineFact[] taken = [];
        await session.Amend<BudgetLine>(body.FromLineId, line => taken = DecideOut(line, command), ct);
        // Both sides are stored at once, so where nothing is taken nothing is given.
        if (taken.Length > 0) await session.Amend<BudgetLine>(body.ToLineId, line => DecideIn(line, command), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
