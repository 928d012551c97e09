using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Budgeting.Periods;
using Training.Foundation;

namespace Training.Budgeting.Lines;

public record PlanLine(LineId LineId, LinePurpose Purpose, Money Amount, OnOverrun OnOverrun, decimal WarnAt, DateTimeOffset At, decimal? Was = null);

public static class PlanLineHandler
{
    public static ILineFact[] Decide(BudgetLine? line, BudgetPeriod? period, PlanLine command)
    {
        var year = command.Purpose.Year;
        if (!Enumerable.Range(1, 4).Any(quarter => command.Purpose.Quarter == $"{year}Q{quarter}")) throw new RuleBroken("no-quarter", $"A quarter of {year} is written {year}Q1 … {year}Q4.");
        Entered.CheckCurrency(command.Amount.Currency);
        if (period is { IsOpen: true } && command.Amount.Currency != period.Currency) throw new RuleBroken("currency-fixed", $"{year} is kept in {period.Currency}.");
        Entered.CheckAmount(command.Amount);
        if (command.Amount.Amount < 0) throw new RuleBroken("negative-amount", "A line can't be given less than nothing.");
        if (command.WarnAt is <= 0 or > 1) throw new RuleBroken("warn-at-out-of-range", "The warning share lies above 0 and up to 1, such as 0.85.");
        if (line is null) return [new LinePlanned(command.LineId, command.Purpose, command.Amount, command.OnOverrun, command.WarnAt, command.At)];

        if (command.Amount.Currency != line.Allocated.Currency) throw new RuleBroken("currency-fixed", $"The line is kept in {line.Allocated.Currency}.");
        if (command.OnOverrun == OnOverrun.Stop && command.Amount < line.Held + line.Actual)
            throw new RuleBroken("less-than-used", $"{line.Held + line.Actual} of the line are already promised or spent.");
        if (Same(line, command)) return [];
        // A transfer or somebody else came in between: what is written now would undo it.
        if (command.Was is { } was && was != line.Allocated.Amount) throw new RuleBroken("line-changed", $"The line has been given {line.Allocated} in the meantime; look at it again.");
        return [new LineRevised(command.Purpose, command.Amount, command.OnOverrun, command.WarnAt, command.At)];
    }

    static bool Same(BudgetLine line, PlanLine command) =>
        line.Allocated == command.Amount && line.OnOverrun == command.OnOverrun && line.WarnAt == command.WarnAt
        && line.Purpose with { Courses = [] } == command.Purpose with { Courses = [] } && line.Purpose.Courses.SequenceEqual(command.Purpose.Courses);

    /// <summary><c>Was</c> is what the line was given when its reviser looked; refused where that is no longer so.</summary>
    public record Body(
        int Year, string Quarter, string Code, string LegalEntity, string FundCategory, bool FrontLine,
        decimal Amount, string Currency, OnOverrun OnOverrun, decimal WarnAt, ImmutableArray<string>? Courses = null, Guid? EstateId = null, decimal? Was = null);

    internal static async Task<NoContent> Handle(Guid lineId, Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var purpose = new LinePurpose(body.Year, body.Quarter, body.Code, body.LegalEntity, body.FundCategory, body.Courses ?? [], body.FrontLine, body.EstateId);
        var command = new PlanLine(new(lineId), purpose, new(body.Amount, body.Currency), body.OnOverrun, body.WarnAt, clock.GetUtcNow(), body.Was);
        var period = await session.LoadAsync<BudgetPeriod>(BudgetPeriod.IdOf(origin.Tenant, body.Year), ct);
        await session.Begin<BudgetLine>(lineId, line => Decide(line, period, command), ct);
        return TypedResults.NoContent();
    }
}
