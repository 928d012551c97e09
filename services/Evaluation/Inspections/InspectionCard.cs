using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Inspections;

/// <summary>An inspection and its score, 0–100.</summary>
public record InspectionCard(
    Guid Id, Guid EstateId, string ChecklistVersion, string Inspector, DateOnly On, decimal Score, IReadOnlyList<SectionScore> Sections, IReadOnlyList<FailedItem> Failed)
{
    public static InspectionCard Of(Inspection inspection) => new(
        inspection.Id, inspection.EstateId.Value, inspection.ChecklistVersion, inspection.Inspector, inspection.On,
        inspection.Scores.Sum(section => section.Points), inspection.Scores, inspection.Failed);
}

static class GetInspection
{
    internal static async Task<Ok<InspectionCard>> Handle(Guid inspectionId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var inspection = await query.LoadAsync<Inspection>(inspectionId, ct) ?? throw new Missing("Inspection", inspectionId);
        await caller.MustReach(query, inspection.EstateId, ct);
        return TypedResults.Ok(InspectionCard.Of(inspection));
    }
}
