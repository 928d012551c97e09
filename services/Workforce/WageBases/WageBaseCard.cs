using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.WageBases;

/// <summary>The wages of one legal entity in one year.</summary>
public record WageBaseCard(string LegalEntity, int Year, decimal Amount, string Currency)
{
    public static WageBaseCard Of(WageBase wages) => new(wages.LegalEntity, wages.Year, wages.Wages.Amount, wages.Wages.Currency);
}

static class ListWageBases
{
    internal static async Task<Ok<Page<WageBaseCard>>> Handle(int? year, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<WageBase> wages = query.Query<WageBase>();
        if (year is not null) wages = wages.Where(one => one.Year == year);
        return TypedResults.Ok(await wages.OrderBy(one => one.Year).ThenBy(one => one.LegalEntity).Page(WageBaseCard.Of, skip, take, ct));
    }
}
