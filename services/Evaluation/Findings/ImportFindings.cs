using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Checklists;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Findings;

public record ImportFindings(EstateId EstateId, Quarter Quarter, ImmutableArray<PastFinding> Findings, DateTimeOffset At);

public static class ImportFindingsHandler
{
    public static IImportedFindingsFact[] Decide(ImportedFindings? history, ImportFindings command)
    {
        ImmutableArray<PastFinding> findings =
        [
            .. command.Findings.OrderBy(finding => finding.ItemCode, StringComparer.Ordinal)
                .ThenBy(finding => finding.Cause).ThenBy(finding => finding.Trained).ThenBy(finding => finding.Verified),
        ];
        if (history is null) return [new FindingsImported(command.EstateId, command.Quarter.From, command.Quarter.To, findings, command.At)];
        if (!history.Findings.SequenceEqual(findings))
            throw new RuleBroken("history-fixed",
                $"Estate {command.EstateId.Value} has other findings of the quarter from {command.Quarter.From:yyyy-MM-dd} already; all of a quarter come in one import.");
        return [];
    }

    public record Body
    {
        public required string ChecklistVersion { get; init; }
        public required ImmutableArray<Entry> Findings { get; init; }
    }

    public record Entry
    {
        public required string Period { get; init; }
        public required Guid EstateId { get; init; }
        public required string ItemCode { get; init; }
        public required Cause Cause { get; init; }
        public required bool Trained { get; init; }
        public required bool Verified { get; init; }
    }

    public record Answer(int Imported);

    internal static async Task<Ok<Answer>> Handle(Body body, Caller caller, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var checklist = await session.Checklist(origin.Tenant, body.ChecklistVersion, ct);
        var estates = await session.Estates(body.Findings.Select(entry => new EstateId(entry.EstateId)), ct);
        foreach (var estate in estates.Values) caller.MustReach(estate.Id, estate.Region);

        foreach (var part in body.Findings.GroupBy(entry => (entry.EstateId, entry.Period)))
        {
            var command = new ImportFindings(new(part.Key.EstateId), Quarter.Parse(part.Key.Period), [.. part.Select(Past)], clock.GetUtcNow());
            await session.Start<ImportedFindings>(ImportedFindings.IdOf(command.EstateId, command.Quarter.From), history => Decide(history, command), ct);
        }
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Answer(body.Findings.Length));

        PastFinding Past(Entry entry) => new(
            entry.ItemCode, entry.Cause,
            checklist.Find(entry.ItemCode)?.Competency ?? throw new RuleBroken("unknown-item", $"Checklist {checklist.Version} has no item {entry.ItemCode}."),
            entry.Trained, entry.Verified);
    }
}
