using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.Estates;

/// <summary>An estate in a list.</summary>
public record EstateCard(Guid Id, string Code, string Name, string Region, string LegalEntity, string Kind, int Households, string TimeZone)
{
    public static EstateCard Of(Estate estate) => new(
        estate.Id, estate.Details.Code, estate.Details.Name, estate.Details.Region, estate.Details.LegalEntity, estate.Details.Kind,
        estate.Details.Households, estate.Details.TimeZone);
}

/// <summary>An estate with its minimum manning.</summary>
public record EstateSheet(EstateCard Estate, string OrgUnitId, DateOnly EffectiveOn, IReadOnlyList<PostMinimum> Posts);

static class GetEstate
{
    internal static async Task<Ok<EstateSheet>> Handle(Guid estateId, IQuerySession query, CancellationToken ct)
    {
        var estate = await query.LoadAsync<Estate>(estateId, ct) ?? throw new Missing("Estate", estateId);
        return TypedResults.Ok(new EstateSheet(EstateCard.Of(estate), estate.OrgUnitId, estate.EffectiveOn, estate.Posts));
    }
}

static class Reach
{
    /// <summary>The estates that the caller's scope covers; a few dozen at most.</summary>
    internal static async Task<IReadOnlyList<Guid>> EstatesWithin(this IQuerySession query, Caller caller, CancellationToken ct) =>
        [.. (await query.Query<Estate>().ToListAsync(ct)).Where(estate => caller.Reaches(estate.Id, estate.Details.Region)).Select(estate => estate.Id)];
}

static class ListEstates
{
    internal static async Task<Ok<Page<EstateCard>>> Handle(string? region, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Estate> estates = query.Query<Estate>();
        if (region is not null) estates = estates.Where(estate => estate.Details.Region == region);
        return TypedResults.Ok(await estates.OrderBy(estate => estate.Details.Code).Page(EstateCard.Of, skip, take, ct));
    }
}
