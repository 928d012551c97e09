using Training.Evaluation.Checklists;

namespace Training.Evaluation.Findings;

public record RecordFinding(
    FindingId FindingId, InspectionId InspectionId, EstateId EstateId, string ItemCode, Severity Severity, Cause Cause, string CompetencyCode, DateOnly FoundOn);

/// <summary>Triggered by an inspection, in its transaction.</summary>
public static class RecordFindingHandler
{
    public static IFindingFact[] Decide(Finding? finding, RecordFinding command) =>
        finding is not null ? [] :
        [
            new FindingRecorded(
                command.FindingId, command.InspectionId, command.EstateId, command.ItemCode, command.Severity, command.Cause, command.CompetencyCode,
                command.FoundOn, command.FoundOn.AddDays(DaysToPutRight(command.Severity))),
        ];

    static int DaysToPutRight(Severity severity) => severity switch
    {
        Severity.Minor => 7,
        Severity.Major => 3,
        _ => 1,
    };
}
