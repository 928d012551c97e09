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
    public static IReadOnlyList<HeatMapCell> Of(IEnumerable<PersonAtWork> people, StandardBook standards, KnownEstates estates) =>
    [
        .. from person in people
           from required in standards.For(person.PositionCode, person.Roles).Requirements.Keys
           group person.Gaps.GetValueOrDefault(required) by (person.PositionCode, Competency: required, person.EstateId) into cell
           let heads = cell.Count()
           let below = cell.Count(gap => gap is not null)
           orderby cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId
           select new HeatMapCell(cell.Key.PositionCode, cell.Key.Competency, cell.Key.EstateId, estates.RegionOf(cell.Key.EstateId),
               heads, below, cell.Sum(gap => gap?.Weighted ?? 0), Share(heads, below)),
    ];

    public static GapSummary Summary(IReadOnlyCollection<PersonAtWork> people, StandardBook standards)
    {
        var required = people.Sum(person => standards.For(person.PositionCode, person.Roles).Requirements.Count);
        var open = people.Sum(person => person.Gaps.Count);
        return new(people.Count, required, open, people.Sum(person => person.GapsClosedByTraining), Share(required, open),
            people.Sum(person => person.Gaps.Values.Sum(gap => gap.Weighted)));
    }

    static decimal Share(int required, int below) => required == 0 ? 1 : decimal.Round(1 - (decimal)below / required, 4);
}

static class GetGaps
{
    internal static async Task<Ok<Page<HeatMapCell>>> Cells(
        string? positionCode, string? competencyCode, Guid? estateId, string? region, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var estates = await KnownEstates.Load(query, ct);
        var profiles = query.Query<CompetencyProfile>().Within(caller, estates);
        if (positionCode is not null) profiles = profiles.Where(profile => profile.PositionCode == positionCode);
        if (estateId is not null) profiles = profiles.Where(profile => profile.EstateId == estateId);
        HeatMapCell[] cells =
        [
            .. HeatMap.Of(await profiles.AtWork().ToListAsync(ct), await StandardBook.Load(query, ct), estates)
                .Where(cell => (competencyCode is null || cell.CompetencyCode == competencyCode) && (region is null || cell.Region == region)),
        ];
        return TypedResults.Ok(new Page<HeatMapCell>([.. cells.Skip(skip ?? 0).Take(take ?? 10_000)], cells.Length));
    }

    internal static async Task<Ok<GapSummary>> Summary(Caller caller, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(HeatMap.Summary(
            await query.Query<CompetencyProfile>().Within(caller, await KnownEstates.Load(query, ct)).AtWork().ToListAsync(ct), await StandardBook.Load(query, ct)));

    static IQueryable<CompetencyProfile> Within(this IQueryable<CompetencyProfile> profiles, Caller caller, KnownEstates estates)
    {
        var within = estates.Within(caller);
        return caller.ReachesAll ? profiles : profiles.Where(profile => within.Contains(profile.EstateId));
    }
}
