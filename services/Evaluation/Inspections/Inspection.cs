using System.Collections.Immutable;
using Training.Evaluation.Findings;
using Training.Foundation;

namespace Training.Evaluation.Inspections;

/// <summary>An item that failed, and why.</summary>
public record FailedItem(string ItemCode, Cause Cause, string Note);
/// <summary>Points won in a section of the checklist, of the points it is worth.</summary>
public record SectionScore(string Section, decimal Points, int Of);

public interface IInspectionFact : IFact;
/// <summary>The inspector goes by employee number.</summary>
public record InspectionRecorded(
    InspectionId InspectionId, EstateId EstateId, string ChecklistVersion, string Inspector, DateOnly On,
    ImmutableArray<FailedItem> Failed, ImmutableArray<SectionScore> Scores, DateTimeOffset At) : IInspectionFact;

/// <summary>An inspector's walk through an estate, checklist in hand.</summary>
public partial record Inspection(
    Guid Id, EstateId EstateId, string ChecklistVersion, string Inspector, DateOnly On, ImmutableArray<FailedItem> Failed, ImmutableArray<SectionScore> Scores)
{
    public static Inspection Create(InspectionRecorded e) => new(e.InspectionId.Value, e.EstateId, e.ChecklistVersion, e.Inspector, e.On, e.Failed, e.Scores);
}
