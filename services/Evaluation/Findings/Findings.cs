using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Training.Foundation;

namespace Training.Evaluation.Findings;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Findings
{
    public static void MapFindings(this IEndpointRouteBuilder app)
    {
        var findings = app.MapGroup("/findings").WithTags("Findings");

        findings.MapGet("", ListFindings.Handle).For(May.SeeFindings);
        findings.MapGet("{findingId:guid}", GetFinding.Handle).For(May.SeeFinding);
        findings.MapPost("import", ImportFindingsHandler.Handle).For(May.ImportFindings);
        findings.MapPost("{findingId:guid}/verify", VerifyFindingHandler.Handle).For(May.Inspect);
        app.MapGet("/utilisation", GetUtilisation.Handle).For(May.SeeUtilisation).WithTags("Findings");
    }

    public static StoreOptions AddFindings(this StoreOptions store)
    {
        store.Projections.Snapshot<Finding>(SnapshotLifecycle.Inline);
        store.Projections.Snapshot<ImportedFindings>(SnapshotLifecycle.Inline);
        store.Schema.For<Finding>().Index(finding => finding.EstateId).Index(finding => finding.FoundOn);
        return store;
    }

    /// <summary>Findings no one else changes until this session commits; always in the same order, so that two who want the same ones queue up.</summary>
    internal static async Task<IReadOnlyList<(IEventStream<Finding> Stream, Finding Finding)>> Locked(this IDocumentSession session, IEnumerable<Guid> ids, CancellationToken ct)
    {
        List<(IEventStream<Finding>, Finding)> locked = [];
        foreach (var id in ids.Distinct().Order())
        {
            var stream = await session.Events.FetchForExclusiveWriting<Finding>(id, ct);
            locked.Add((stream, stream.Aggregate ?? throw new Missing("Finding", id)));
        }
        return locked;
    }
}
