using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Lines;

/// <summary>Spending that is no course run: equipment, awards, licences for the platform. A credit note is below zero.</summary>
public record PostOtherActual(Guid PostingId, Money Amount, string DocumentNo, DateTimeOffset At);

public static class PostOtherActualHandler
{
    public static ILineFact[] Decide(BudgetLine line, PostOtherActual command)
    {
        if (line.KnowsOther(command.PostingId, new(command.Amount, command.DocumentNo))) throw new RuleBroken("posting-fixed", $"Posting {command.PostingId} is known with other content.");
        if (line.Postings.Contains(command.PostingId)) return [];
        if (command.DocumentNo == "") throw new RuleBroken("no-document", "An actual needs the number of its document.");
        if (command.Amount.Currency != line.Allocated.Currency) throw new RuleBroken("other-currency", $"The line is kept in {line.Allocated.Currency}.");
        Entered.CheckAmount(command.Amount);
        if (line.Actual + command.Amount < line.None) throw new RuleBroken("credit-too-high", $"Only {line.Actual} were spent on line {line.Purpose.Code}; a credit note can't give back more.");
        if (!line.CanBear(command.Amount)) throw new RuleBroken("not-enough-funds", $"Only {line.Available} of line {line.Purpose.Code} are available.");
        return [new OtherActualPosted(command.PostingId, command.Amount, command.DocumentNo, command.At), .. line.Warn(command.Amount, command.At)];
    }

    public record Body(Guid PostingId, decimal Amount, string Currency, string DocumentNo);

    internal static async Task<NoContent> Handle(Guid lineId, Body body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new PostOtherActual(body.PostingId, new(body.Amount, body.Currency), body.DocumentNo, clock.GetUtcNow());
        await session.Change<BudgetLine>(lineId, line => Decide(line, command), ct);
        return TypedResults.NoContent();
    }
}
