using Training.Foundation;

namespace Training.Evaluation;

/// <summary>What people may do here, one policy for each capability. <c>tests/Evaluation.Tests/Approved/access.json</c> shows it route by route.</summary>
static class May
{
    public static readonly Capability
        SeeEvaluations = new("see-evaluations", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer),
        SeeOwnResults = new("see-own-results", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee),
        React = new("react", Where.WithinReach, Role.GroupTrainingManager, Role.Trainer, Role.Employee),
        RecordTests = new("record-tests", Where.WithinReach, Role.GroupTrainingManager, Role.Trainer),
        TakeTest = new("take-test", Where.WithinReach, Role.Employee),
        WriteQuestions = new("write-questions", Where.WholeGroup, Role.GroupTrainingManager),
        SeeSummary = new("see-summary", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        SeeCertificates = new("see-certificates", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.Trainer, Role.Employee),
        SeeChecklists = new("see-checklists", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        WriteChecklists = new("write-checklists", Where.WholeGroup, Role.GroupTrainingManager, Role.QualityInspector),
        SeeInspection = new("see-inspection", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        Inspect = new("inspect", Where.WithinReach, Role.QualityInspector),
        CompareInspectors = new("compare-inspectors", Where.Anywhere, Role.GroupTrainingManager, Role.QualityInspector),
        SeeFindings = new("see-findings", Where.CutToReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        SeeFinding = new("see-finding", Where.WithinReach, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector),
        ImportFindings = new("import-findings", Where.WithinReach, Role.GroupTrainingManager, Role.QualityInspector),
        SeeUtilisation = new("see-utilisation", Where.Anywhere, Role.GroupTrainingManager, Role.RegionalManager, Role.EstateManager, Role.QualityInspector);
}
