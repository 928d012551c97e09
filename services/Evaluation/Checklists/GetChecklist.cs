using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.Checklists;

static class GetChecklist
{
    internal static async Task<Ok<Checklist>> Handle(string version, Origin origin, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Checklist(origin.Tenant, version, ct));
}
