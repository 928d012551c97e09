using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Workforce.HrEdge;

namespace Training.Workforce.WageBases;

public record PostWageBase(Guid WageBaseId, string LegalEntity, int Year, Money Wages, long Sequence);

public static class PostWageBaseHandler
{
    public static IWageFact[] Decide(WageBase? known, PostWageBase command)
    {
        if (command.LegalEntity == "") throw new RuleBroken("no-legal-entity", "The wages belong to a legal entity.");
        if (command.Year is < 2000 or > 2100) throw new RuleBroken("year-out-of-range", $"{command.Year} is no year between 2000 and 2100.");
        if (command.Wages.Currency.Length != 3) throw new RuleBroken("no-currency", "The currency is an ISO 4217 code of three letters, such as CNY.");
        if (command.Wages.Amount < 0) throw new RuleBroken("negative-amount", "Nobody earns less than nothing.");
        if (known?.Sequence > command.Sequence) return [];
        if (known?.Wages == command.Wages) return known.Sequence == command.Sequence ? [] : [new WageBaseConfirmed(command.WageBaseId, command.Sequence)];
        return [new WageBasePosted(command.WageBaseId, command.LegalEntity, command.Year, command.Wages, command.Sequence)];
    }

    public record Body(decimal Amount, string Currency);

    internal static async Task<NoContent> Handle(string legalEntity, int year, Body body, Origin origin, IDocumentSession session, CancellationToken ct)
    {
        var id = WageBase.IdOf(origin.Tenant, legalEntity, year);
        // A person's figure counts until the HR system sends the next one.
        await session.Begin<WageBase>(id, known => Decide(known, new(id, legalEntity, year, new(body.Amount, body.Currency), known?.Sequence ?? 0)), ct);
        return TypedResults.NoContent();
    }
}

/// <summary>Takes over the payroll's yearly figure; a later sequence replaces an earlier one.</summary>
sealed class PayrollBasePostedConsumer : IHrConsumer
{
    sealed record Data(string LegalEntity, int Year, decimal Amount, string Currency);

    public IReadOnlyList<string> Types => ["hr.payroll-base.posted.v1"];

    public HrWork Read(HrMessage message)
    {
        var data = message.Read<Data>();
        var id = WageBase.IdOf(message.Tenant, data.LegalEntity, data.Year);
        var command = new PostWageBase(id, data.LegalEntity, data.Year, new(data.Amount, data.Currency), message.Sequence);
        return new HrWork<WageBase>(id, (known, _) => PostWageBaseHandler.Decide(known, command));
    }
}
