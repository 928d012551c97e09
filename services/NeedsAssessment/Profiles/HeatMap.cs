using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Caching.Hybrid;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

/// <summary>One cell of the heat map: the people of one position at one estate, one competency. <c>WeightedGap</c> and <c>Attainment</c> (0–1) are F5.</summary>
public record HeatMapCell(
    string PositionCode, string CompetencyCode, Guid EstateId, string Region, int HeadsRequired, int HeadsBelow, decimal WeightedGap, decimal Attainment);

/// <summary>All gaps in numbers. <c>ClosedGaps</c> counts those that training closed.</summary>
public record GapSummary(int Heads, int RequiredCells, int OpenGaps, int ClosedGaps, decimal WeightedGap)
{
    public decimal Attainment => HeatMap.Share(RequiredCells, OpenGaps);

    public static GapSummary Of(IReadOnlyCollection<PersonAtWork> people, StandardBook standards) => new(
        people.Count, people.Sum(person => standards.For(person.PositionCode, person.Roles).Requirements.Count), people.Sum(person => person.Gaps.Count),
        people.Sum(person => person.GapsClosedByTraining), people.Sum(person => person.Gaps.Values.Sum(gap => gap.Weighted)));

    public static GapSummary Sum(IReadOnlyCollection<GapSummary> parts) => new(
        parts.Sum(part => part.Heads), parts.Sum(part => part.RequiredCells), parts.Sum(part => part.OpenGaps), parts.Sum(part => part.ClosedGaps), parts.Sum(part => part.WeightedGap));
}

/// <summary>The gaps of a whole group.</summary>
/// <param name="Cells">Without their regions, which are not what people or standards say.</param>
/// <param name="Estates">In numbers, by estate.</param>
[ImmutableObject(true)]
public sealed record HeatMap(IReadOnlyList<HeatMapCell> Cells, IReadOnlyDictionary<Guid, GapSummary> Estates)
{
    public static HeatMap Of(IReadOnlyCollection<PersonAtWork> people, StandardBook standards) => new(
    [
        .. from person in people
           from required in standards.For(person.PositionCode, person.Roles).Requirements.Keys
           group person.Gaps.GetValueOrDefault(required) by (person.PositionCode, Competency: required, person.EstateId) into cell
           let heads = cell.Count()
           let below = cell.Count(gap => gap is not null)
           orderby cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId
           select new HeatMapCell(cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId, "", heads, below, cell.Sum(gap => gap?.Weighted ?? 0), Share(heads, below)),
    ],
    people.GroupBy(person => person.EstateId).ToDictionary(estate => estate.Key, estate => GapSummary.Of([.. estate], standards)));

    internal static decimal Share(int required, int below) => required == 0 ? 1 : decimal.Round(1 - (decimal)below / required, 4);
}

/// <summary>Reads everybody's gaps, which for thousands of people takes most of a second, only where a profile or a standard changed since the last time.</summary>
sealed class HeatMaps(IDocumentStore store, HybridCache cache)
{
    /// <summary>Each fact raises a version, so the sums never say the same of two states.</summary>
    const string Stamp = """
        select concat((select sum(mt_version) from mt_doc_competencyprofile where tenant_id = ?), '-', (select sum(mt_version) from mt_doc_competencystandard where tenant_id = ?))
        """;

    static readonly HybridCacheEntryOptions kept = new() { Expiration = TimeSpan.FromMinutes(2) };

    public async Task<HeatMap> Of(string tenant, IQuerySession query, CancellationToken ct)
    {
        var stamp = (await query.AdvancedSql.QueryAsync<string>(Stamp, ct, tenant, tenant)).Single();
        return await cache.GetOrCreateAsync($"heat-map/{tenant}/{stamp}", (store, tenant), static async (from, stop) =>
        {
            await using var all = from.store.QuerySession(from.tenant);
            return HeatMap.Of(await all.Query<CompetencyProfile>().AtWork().ToListAsync(stop), await StandardBook.Load(all, stop));
        }, kept, cancellationToken: ct);
    }
}

static class GetGaps
{
    internal static async Task<Ok<Page<HeatMapCell>>> Cells(
        string? positionCode, string? competencyCode, Guid? estateId, string? region, int? skip, int? take, Caller caller, Origin origin, HeatMaps maps, IQuerySession query, CancellationToken ct)
    {
        var estates = await KnownEstates.Load(query, ct);
        var reaches = Reach(caller, estates);
        HeatMapCell[] cells =
        [
            .. (await maps.Of(origin.Tenant, query, ct)).Cells
                .Where(cell => reaches(cell.EstateId) && (positionCode is null || cell.PositionCode == positionCode)
                    && (competencyCode is null || cell.CompetencyCode == competencyCode) && (estateId is null || cell.EstateId == estateId))
                .Select(cell => cell with { Region = estates.RegionOf(cell.EstateId) }).Where(cell => region is null || cell.Region == region),
        ];
        return TypedResults.Ok(new Page<HeatMapCell>([.. cells.Skip(skip ?? 0).Take(take ?? 10_000)], cells.Length));
    }

    internal static async Task<Ok<GapSummary>> Summary(Caller caller, Origin origin, HeatMaps maps, IQuerySession query, CancellationToken ct)
    {
        var reaches = Reach(caller, await KnownEstates.Load(query, ct));
        var map = await maps.Of(origin.Tenant, query, ct);
        return TypedResults.Ok(GapSummary.Sum([.. map.Estates.Where(estate => reaches(estate.Key)).Select(estate => estate.Value)]));
    }

    static Func<Guid, bool> Reach(Caller caller, KnownEstates estates)
    {
        var within = estates.Within(caller).ToHashSet();
        return estate => caller.ReachesAll || within.Contains(estate);
    }
}
