using Marten;
using MassTransit;
using Training.Budgeting.Lines;
using Training.Contracts.Scheduling.V1;
using Training.Foundation;

namespace Training.Budgeting.Funding;

public record FundRun(RunId RunId, string CourseCode, string FundCategory, string LegalEntity, string Quarter, Money Amount, DateTimeOffset At);

/// <summary>Another run took the money after this line was chosen. Not a refusal: the consumer tries again, another line may still pay.</summary>
public sealed class LineDrained() : Exception("The line was drained by another run.");

public static class FundRunHandler
{
    /// <summary>The lines that may pay, best first: made for this course before made for the whole category. A run is a region's, so lines of one estate don't pay for it.</summary>
    public static IReadOnlyList<BudgetLine> Candidates(IEnumerable<BudgetLine> lines, FundRun command) =>
    [
        .. lines
            .Where(line => line.Purpose.EstateId is null && (line.Purpose.Courses.Length == 0 || line.Purpose.Courses.Contains(command.CourseCode)))
            .OrderByDescending(line => line.Purpose.Courses.Length > 0)
            .ThenBy(line => line.Purpose.Code, StringComparer.Ordinal),
    ];

    /// <exception cref="LineDrained">The line can no longer bear it.</exception>
    public static ILineFact[] Reserve(BudgetLine line, FundRun command)
    {
        if (line.HoldOf(command.RunId).Total.Amount > 0) return [];
        if (!line.CanBear(command.Amount)) throw new LineDrained();
        return [new FundsReserved(command.RunId, command.Amount, command.At), .. line.Warn(command.Amount, command.At)];
    }

    public static IFundingFact[] Answer(RunFunding? funding, IReadOnlyList<BudgetLine> candidates, FundRun command)
    {
        if (funding is not null) return [];
        if (command.Amount.Amount < 0) throw new RuleBroken("negative-amount", "A run can't cost less than nothing.");
        if (candidates.Count == 0)
            return [new RunFundingDeclined(command.RunId, "no-line",
                $"No budget line of {command.LegalEntity} in {command.Quarter} pays for {command.CourseCode} ({command.FundCategory}).", command.At)];

        var own = candidates.Where(line => line.Allocated.Currency == command.Amount.Currency).ToList();
        // An answer is final; a line or a course in the wrong currency can be mended, and the request sent again.
        if (own.Count == 0) throw new RuleBroken("other-currency", $"Every line that pays for {command.CourseCode} is kept in {candidates[0].Allocated.Currency}.");
        return own.FirstOrDefault(line => line.CanBear(command.Amount)) is { } line
            ? [new RunFunded(command.RunId, new(line.Id), command.Amount, command.At)]
            : [new RunFundingDeclined(command.RunId, "not-enough-funds",
                $"The run costs {command.Amount}; at most {own.MaxBy(line => line.Available.Amount)?.Available} are available on one line.", command.At)];
    }
}

/// <summary>Reserves money for a run, or says why not. Two runs that race for the last of a line are told apart by the stream version; the later tries again.</summary>
sealed class FundingRequestedConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<FundingRequested>
{
    public async Task Consume(ConsumeContext<FundingRequested> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var command = new FundRun(new(message.RunId), message.CourseCode, message.FundCategory, message.LegalEntity, message.Quarter,
            new(message.Amount, message.Currency), clock.GetUtcNow());
        var lines = await session.Query<BudgetLine>()
            .Where(line => line.Purpose.Quarter == command.Quarter && line.Purpose.LegalEntity == command.LegalEntity && line.Purpose.FundCategory == command.FundCategory)
            .ToListAsync(ct);

        IFundingFact[] answer = [];
        await session.Start<RunFunding>(RunFunding.IdOf(command.RunId), funding => answer = FundRunHandler.Answer(funding, FundRunHandler.Candidates(lines, command), command), ct);
        if (answer is [RunFunded granted]) await session.Amend<BudgetLine>(granted.LineId.Value, line => FundRunHandler.Reserve(line, command), ct);
    }
}
