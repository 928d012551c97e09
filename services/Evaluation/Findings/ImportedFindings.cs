using System.Collections.Immutable;
using System.Globalization;
using Training.Foundation;

namespace Training.Evaluation.Findings;

/// <summary>A calendar quarter, such as 2026Q4.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    public DateOnly From => new(Year, Number * 3 - 2, 1);
    public DateOnly To => From.AddMonths(3).AddDays(-1);

    public static Quarter Parse(string text) =>
        text is [_, _, _, _, 'Q', >= '1' and <= '4'] && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0
            ? new(year, text[5] - '0')
            : throw new RuleBroken("no-quarter", $"{text} is no quarter; write it like 2026Q4.");
}

/// <summary>A finding of the time before this system; trained means that a training action was completed.</summary>
public record PastFinding(string ItemCode, Cause Cause, string CompetencyCode, bool Trained, bool Verified);

public interface IImportedFindingsFact : IFact;
/// <summary>All findings of one estate in one quarter, in the order of their items.</summary>
public record FindingsImported(EstateId EstateId, DateOnly From, DateOnly To, ImmutableArray<PastFinding> Findings, DateTimeOffset At) : IImportedFindingsFact;

/// <summary>The history of one estate and quarter; counted, never acted upon.</summary>
public partial record ImportedFindings(Guid Id, EstateId EstateId, DateOnly From, DateOnly To, ImmutableArray<PastFinding> Findings)
{
    public static Guid IdOf(EstateId estate, DateOnly from) =>
        DerivedId.Of("imported-findings", estate.Value.ToString(), from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static ImportedFindings Create(FindingsImported e) => new(IdOf(e.EstateId, e.From), e.EstateId, e.From, e.To, e.Findings);
}
