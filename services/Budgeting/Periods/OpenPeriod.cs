using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Budgeting.Periods;

public record OpenPeriod(int Year, string Currency, DateTimeOffset At);

public static class OpenPeriodHandler
{
    public static IPeriodFact[] Decide(BudgetPeriod? period, OpenPeriod command)
    {
        Entered.CheckCurrency(command.Currency);
        if (command.Year is < 2000 or > 2100) throw new RuleBroken("year-out-of-range", $"{command.Year} is no year between 2000 and 2100.");
        if (period is not { IsOpen: true }) return [new PeriodOpened(command.Year, command.Currency, command.At)];
        if (period.Currency != command.Currency) throw new RuleBroken("currency-fixed", $"{command.Year} is kept in {period.Currency}.");
        return [];
    }

    public record Body(string Currency);

    internal static async Task<NoContent> Handle(int year, Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new OpenPeriod(year, body.Currency, clock.GetUtcNow());
        await session.Begin<BudgetPeriod>(BudgetPeriod.IdOf(origin.Tenant, year), period => Decide(period, command), ct);
        return TypedResults.NoContent();
    }
}
