using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

/// <summary>One cell of the heat map: the people of one position at one estate, one competency. <c>WeightedGap</c> and <c>Attainment</c> (0–1) are F5.</summary>
public record HeatMapCell(
    string PositionCode, string CompetencyCode, Guid EstateId, string Region, int HeadsRequired, int HeadsBelow, decimal WeightedGap, decimal Attainment);

/// <summary>All gaps in numbers. <c>ClosedGaps</c> counts those that training closed.</summary>
public record GapSummary(int Heads, int RequiredCells, int OpenGaps, int ClosedGaps, decimal Attainment, decimal WeightedGap);

public static class HeatMap
{
    public static IReadOnlyList<HeatMapCell> Of(IEnumerable<CompetencyProfile> profiles, StandardBook standards, KnownEstates estates) =>
    [
        .. from profile in profiles
           from required in standards.For(profile.PositionCode, profile.Roles).Requirements.Keys
           group profile.Gaps.GetValueOrDefault(required) by (profile.PositionCode, Competency: required, profile.EstateId) into cell
           let heads = cell.Count()
           let below = cell.Count(gap => gap is not null)
           orderby cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId
           select new HeatMapCell(cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId, estates.RegionOf(cell.Key.EstateId),
               heads, below, cell.Sum(gap => gap?.Weighted ?? 0), Share(heads, below)),
    ];

    public static GapSummary Summary(IReadOnlyCollection<CompetencyProfile> profiles, StandardBook standards)
    {
        var required = profiles.Sum(profile => standards.For(profile.PositionCode, profile.Roles).Requirements.Count);
        var open = profiles.Sum(profile => profile.Gaps.Count);
        return new(profiles.Count, required, open, profiles.Sum(profile => profile.GapsClosedByTraining), Share(required, open),
            profiles.Sum(profile => profile.Gaps.Values.Sum(gap => gap.Weighted)));
    }

    static decimal Share(int required, int below) => required == 0 ? 1 : decimal.Round(1 - (decimal)below / required, 4);
}

static class GetGaps
{
    internal static async Task<Ok<Page<HeatMapCell>>> Cells(
        string? positionCode, string? competencyCode, Guid? estateId, string? region, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var profiles = query.Query<CompetencyProfile>().Where(profile => profile.Active);
        if (positionCode is not null) profiles = profiles.Where(profile => profile.PositionCode == positionCode);
        if (estateId is not null) profiles = profiles.Where(profile => profile.EstateId == estateId);
        HeatMapCell[] cells =
        [
            .. HeatMap.Of(await profiles.ToListAsync(ct), await StandardBook.Load(query, ct), await KnownEstates.Load(query, ct))
                .Where(cell => (competencyCode is null || cell.CompetencyCode == competencyCode) && (region is null || cell.Region == region)),
        ];
        return TypedResults.Ok(new Page<HeatMapCell>([.. cells.Skip(skip ?? 0).Take(take ?? 10_000)], cells.Length));
    }

    internal static async Task<Ok<GapSummary>> Summary(IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(HeatMap.Summary(await query.Query<CompetencyProfile>().Where(profile => profile.Active).ToListAsync(ct), await StandardBook.Load(query, ct)));
}
