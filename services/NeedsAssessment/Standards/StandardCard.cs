using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Standards;

/// <summary>The current version of a competency standard.</summary>
public record StandardCard(StandardKind Kind, string Code, int Version, IReadOnlyList<RequiredLevel> Requirements)
{
    public static StandardCard Of(CompetencyStandard standard) => new(standard.Kind, standard.Code, standard.Edition, standard.Requirements);
}

static class GetStandard
{
    internal static async Task<Ok<StandardCard>> Handle(string kind, string code, Origin origin, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(StandardCard.Of(
            await query.LoadAsync<CompetencyStandard>(CompetencyStandard.IdOf(origin.Tenant, Enum.Parse<StandardKind>(kind, ignoreCase: true), code), ct) ?? throw new Missing("Competency standard", code)));
}

static class ListStandards
{
    internal static async Task<Ok<Page<StandardCard>>> Handle(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<CompetencyStandard>().OrderBy(standard => standard.Kind).ThenBy(standard => standard.Code).Page(StandardCard.Of, skip, take, ct));
}
