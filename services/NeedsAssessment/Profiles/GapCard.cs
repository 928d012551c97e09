using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

/// <summary>What one person must and can do. Levels 0–5, 0 for never assessed; <c>Gap</c> and <c>WeightedGap</c> are F5.</summary>
public record GapCard(
    Guid EmployeeId, Guid EstateId, string PositionCode, bool Active, IReadOnlyList<string> Roles, IReadOnlyList<StandardVersion> Standards,
    decimal WeightedGap, decimal Attainment, IReadOnlyList<GapCardLine> Competencies)
{
    public static GapCard Of(CompetencyProfile profile, EffectiveStandard standard, IReadOnlyList<RatingsRecorded> history)
    {
        var codes = standard.Requirements.Keys.Union(profile.Assessments.Keys).Order(StringComparer.Ordinal);
        GapCardLine[] lines = [.. codes.Select(code => GapCardLine.Of(code, profile, standard, history))];
        var required = lines.Count(line => line.Required > 0);
        return new(profile.EmployeeId.Value, profile.EstateId, profile.PositionCode, profile.Active, profile.Roles, profile.Standards,
            profile.Gaps.Values.Sum(gap => gap.Weighted), required == 0 ? 1 : decimal.Round(1 - (decimal)profile.Gaps.Count / required, 4), lines);
    }
}

public record GapCardLine(string CompetencyCode, int Required, int Assessed, int Gap, decimal WeightedGap, IReadOnlyList<GapCardRating> Ratings)
{
    public static GapCardLine Of(string code, CompetencyProfile profile, EffectiveStandard standard, IReadOnlyList<RatingsRecorded> history)
    {
        var gap = profile.Gaps.GetValueOrDefault(code);
        var ratings = from recorded in history from rated in recorded.Ratings where rated.CompetencyCode == code
                      select new GapCardRating(recorded.Cycle, recorded.Source, recorded.Assessor, rated.Rating, recorded.At);
        return new(code, standard.LevelOf(code), profile.LevelOf(code), gap?.Size ?? 0, gap?.Weighted ?? 0, [.. ratings]);
    }
}

public record GapCardRating(string Cycle, RatingSource Source, string Assessor, int Level, DateTimeOffset At);

static class GetGapCard
{
    /// <summary>The person, who asks or whom the caller's scope covers.</summary>
    internal static async Task<CompetencyProfile> ProfileWithin(this IQuerySession query, Caller caller, Origin origin, Guid employeeId, CancellationToken ct)
    {
        var profile = await query.LoadAsync<CompetencyProfile>(CompetencyProfile.IdOf(origin.Tenant, employeeId), ct) ?? throw new Missing("Employee", employeeId);
        if (!caller.IsSelf(employeeId)) caller.MustReach(profile.EstateId, (await KnownEstates.Load(query, ct)).RegionOf(profile.EstateId));
        return profile;
    }

    internal static async Task<Ok<GapCard>> Handle(Guid employeeId, Caller caller, Origin origin, IQuerySession query, CancellationToken ct)
    {
        var profile = await query.ProfileWithin(caller, origin, employeeId, ct);
        var standards = await StandardBook.Load(query, ct);
        var facts = await query.Events.FetchStreamAsync(profile.Id, token: ct);
        return TypedResults.Ok(GapCard.Of(
            profile, standards.For(profile.PositionCode, profile.Roles), [.. facts.Select(stored => stored.Data).OfType<RatingsRecorded>()]));
    }
}
