using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Checklists;
using Training.Evaluation.Findings;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Inspections;

/// <summary>A walk through an estate; <c>Latest</c> is today there.</summary>
public record RecordInspection(
    InspectionId InspectionId, EstateId EstateId, string Inspector, DateOnly On, ImmutableArray<FailedItem> Failed, DateTimeOffset At, DateOnly Latest);

public static class RecordInspectionHandler
{
    public static IInspectionFact[] Decide(Inspection? inspection, Checklist checklist, RecordInspection command)
    {
        var codes = command.Failed.Select(item => item.ItemCode).ToHashSet();
        if (codes.Count < command.Failed.Length) throw new RuleBroken("item-twice", "An item fails once in an inspection.");
        if (codes.Where(code => checklist.Find(code) is null).ToList() is { Count: > 0 } unknown)
            throw new RuleBroken("unknown-item", $"Checklist {checklist.Version} has no item {string.Join(", ", unknown)}.");

        var recorded = new InspectionRecorded(
            command.InspectionId, command.EstateId, checklist.Version, command.Inspector, command.On, command.Failed, Scoring.Of(checklist, codes), command.At);
        if (inspection is null && command.On > command.Latest) throw new RuleBroken("in-the-future", $"{command.On:yyyy-MM-dd} is still to come.");
        if (inspection is null) return [recorded];
        if (!Same(inspection, recorded)) throw new RuleBroken("inspection-fixed", "A recorded inspection stays as it was; findings are answered by verifying them.");
        return [];
    }

    /// <summary>What the inspection leaves to be put right; severity and competency come from the checklist.</summary>
    public static IEnumerable<RecordFinding> FindingsOf(Checklist checklist, RecordInspection command) =>
        from failed in command.Failed
        let item = checklist.Find(failed.ItemCode)
        where item is not null
        select new RecordFinding(
            Finding.IdOf(command.InspectionId, failed.ItemCode), command.InspectionId, command.EstateId, failed.ItemCode, item.Severity, failed.Cause, item.Competency, command.On);

    static bool Same(Inspection left, InspectionRecorded right) =>
        (left.EstateId, left.ChecklistVersion, left.Inspector, left.On) == (right.EstateId, right.ChecklistVersion, right.Inspector, right.On)
        && left.Failed.ToHashSet().SetEquals(right.Failed);

    public record Body
    {
        public required Guid EstateId { get; init; }
        public required string ChecklistVersion { get; init; }
        public required string Inspector { get; init; }
        public required DateOnly On { get; init; }
        public required ImmutableArray<Entry> Findings { get; init; }
    }

    public record Entry
    {
        public required string ItemCode { get; init; }
        public required Cause Cause { get; init; }
        public string Note { get; init; } = "";
    }

    internal static async Task<NoContent> Handle(
        Guid inspectionId, Body body, Caller caller, Origin origin, IDocumentSession session, TimeProvider clock, Tolerance tolerance, CancellationToken ct)
    {
        var estate = await session.LoadAsync<KnownEstate>(body.EstateId, ct) ?? throw new Missing("Estate", body.EstateId);
        caller.MustReach(estate.Id, estate.Region);
        var checklist = await session.Checklist(origin.Tenant, body.ChecklistVersion, ct);
        var now = clock.GetUtcNow();
        var command = new RecordInspection(
            new(inspectionId), new(estate.Id), body.Inspector, body.On,
            [.. body.Findings.Select(entry => new FailedItem(entry.ItemCode, entry.Cause, entry.Note))], now, estate.DayOf(tolerance.LatestAt(now)));

        await session.Start<Inspection>(inspectionId, inspection => Decide(inspection, checklist, command), ct);
        foreach (var finding in FindingsOf(checklist, command))
            await session.Start<Finding>(finding.FindingId.Value, current => RecordFindingHandler.Decide(current, finding), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
