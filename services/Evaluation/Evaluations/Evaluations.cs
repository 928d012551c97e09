using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>The table of contents: what can be asked, and what is stored.</summary>
public static class Evaluations
{
    public static void MapEvaluations(this IEndpointRouteBuilder app)
    {
        var evaluations = app.MapGroup("/evaluations").WithTags("Evaluations");

        evaluations.MapGet("", ListEvaluations.Handle).For(May.SeeEvaluations);
        evaluations.MapGet("by-estate", ListResultsByEstate.Handle).For(May.SeeEvaluations);
        evaluations.MapGet("{runId:guid}", GetEvaluation.Handle).For(May.SeeEvaluations);
        app.MapGet("/employees/{employeeId:guid}/evaluations", ListOwnEvaluations.Handle).For(May.SeeOwnResults).WithTags("Evaluations");
        evaluations.MapPost("{runId:guid}/reactions", RecordReactionsHandler.Handle).For(May.React);
        evaluations.MapPost("{runId:guid}/tests", RecordTestsHandler.Handle).For(May.RecordTests);
        app.MapGet("/summary", GetSummary.Handle).For(May.SeeSummary).WithTags("Evaluations");
    }

    public static StoreOptions AddEvaluations(this StoreOptions store)
    {
        store.Projections.Snapshot<RunEvaluation>(SnapshotLifecycle.Inline);
        store.Schema.For<RunEvaluation>().Index(run => run.OpenedAt).GinIndexJsonDataMember(run => run.Attendees, index =>
        {
            index.Name = "mt_doc_runevaluation_idx_attendees";
            // Found by key, which Marten's own jsonb_path_ops doesn't hold.
            index.Mask = "(? -> 'attendees')";
        });
        store.Schema.For<Participation>();
        return store;
    }

    /// <summary>A run no one else changes until this session commits. A whole class answers in the same minute: it queues up here instead of pushing each other out.</summary>
    internal static async Task<(IEventStream<RunEvaluation> Stream, RunEvaluation Run)> Locked(this IDocumentSession session, Guid runId, CancellationToken ct)
    {
        var stream = await session.Events.FetchForExclusiveWriting<RunEvaluation>(RunEvaluation.IdOf(new(runId)), ct);
        return (stream, stream.Aggregate ?? throw new Missing("Evaluation of run", runId));
    }

    /// <summary>Refuses callers whose scope covers not everyone named. People who were not there are left to the decision, which refuses them by name.</summary>
    internal static void MustReach(this Caller caller, RunEvaluation run, IEnumerable<EmployeeId> people, IReadOnlyDictionary<EstateId, KnownEstate> estates)
    {
        foreach (var person in people.Where(person => !caller.Scopes.Contains($"self:{person.Value}")))
            if (run.Attendees.TryGetValue(person, out var attendee))
                caller.MustReach(attendee.EstateId.Value, estates[attendee.EstateId].Region);
    }
}
