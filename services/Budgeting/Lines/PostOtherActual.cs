using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Lines;

/// <summary>Spending that is no course run: equipment, awards, licences for the platform.</summary>
public record PostOtherActual(Guid PostingId, Money Amount, string DocumentNo, DateTimeOffset At);

public static class PostOtherActualHandler
{
    public static ILineFact[] Decide(BudgetLine line, PostOtherActual command)
    {
        if (line.Postings.Contains(command.PostingId)) return [];
        if (command.DocumentNo == "") throw new RuleBroken("no-document", "An actual needs the number of its document.");
        if (command.Amount.Currency != line.Allocated.Currency) throw new RuleBroken("other-currency", $"The line is kept in {line.Allocated.Currency}.");
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
