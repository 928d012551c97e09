using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Checklists;
using Training.Foundation;

namespace Training.Evaluation.Inspections;

/// <summary>How far two inspectors agree who walked the same estates on the same days. <c>Kappa</c> is F11 over <c>Items</c> judgements; 0 without any.</summary>
public record Agreement(string InspectorA, string InspectorB, int Inspections, int Items, double Kappa);

public static class Agreements
{
    /// <summary>Doubled inspections: the same estate, day and checklist by two inspectors.</summary>
    public static Agreement[] Of(IEnumerable<Inspection> inspections, IReadOnlyDictionary<string, Checklist> checklists)
    {
        var doubled =
            from walk in inspections.GroupBy(inspection => (inspection.EstateId, inspection.On, inspection.ChecklistVersion))
            let pair = walk.DistinctBy(inspection => inspection.Inspector).OrderBy(inspection => inspection.Inspector, StringComparer.Ordinal).ToList()
            where pair.Count == 2
            select (A: pair[0], B: pair[1], Items: checklists[walk.Key.ChecklistVersion].Sections.SelectMany(section => section.Items).ToList());

        return
        [
            .. doubled.GroupBy(pair => (A: pair.A.Inspector, B: pair.B.Inspector)).Select(pairs =>
            {
                var ratings = pairs.SelectMany(pair => pair.Items.Select(item => (Fails(pair.A, item), Fails(pair.B, item)))).ToList();
                return new Agreement(pairs.Key.A, pairs.Key.B, pairs.Count(), ratings.Count, Math.Round(CohenKappa.Of(ratings), 4));
            }),
        ];

        static bool Fails(Inspection inspection, ChecklistItem item) => inspection.Failed.Any(failed => failed.ItemCode == item.Code);
    }
}

static class GetAgreement
{
    internal static async Task<Ok<Agreement[]>> Handle(DateOnly from, DateOnly to, IQuerySession query, Origin origin, CancellationToken ct)
    {
        var inspections = await query.Query<Inspection>().Where(inspection => inspection.On >= from && inspection.On <= to).ToListAsync(ct);
        var versions = inspections.Select(inspection => Checklist.IdOf(origin.Tenant, inspection.ChecklistVersion)).Distinct().ToArray();
        var checklists = (await query.LoadManyAsync<Checklist>(ct, versions)).ToDictionary(checklist => checklist.Version);
        return TypedResults.Ok(Agreements.Of(inspections, checklists));
    }
}
