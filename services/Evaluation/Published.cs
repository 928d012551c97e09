using JasperFx.Events;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Findings;
using V1 = Training.Contracts.Evaluation.V1;

namespace Training.Evaluation;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        LearningProven e => new V1.LearningProven
        {
            RunId = e.RunId.Value,
            CourseId = e.CourseId.Value,
            Steps = [.. e.Steps.Select(step => new V1.ProvenStep { CompetencyCode = step.CompetencyCode, FromLevel = step.FromLevel, ToLevel = step.ToLevel })],
            Learners = [.. e.Learners.Select(learner => new V1.ProvenLearner { EmployeeId = learner.EmployeeId.Value, Score = learner.Score, ValidTo = learner.ValidTo })],
            ProvenAt = e.ProvenAt,
        },
        FindingRecorded e => new V1.FindingRecorded
        {
            FindingId = e.FindingId.Value,
            EstateId = e.EstateId.Value,
            ItemCode = e.ItemCode,
            Severity = e.Severity.ToString().ToLowerInvariant(),
            Cause = e.Cause.ToString().ToLowerInvariant(),
            CompetencyCode = e.CompetencyCode,
            FoundOn = e.FoundOn,
        },
        FindingVerified e => new V1.FindingVerified { FindingId = e.FindingId.Value, VerifiedOn = e.VerifiedOn },
        FindingRecurred e => new V1.FindingRecurred { FindingId = e.FindingId.Value, RecurredOn = e.On },
        _ => null,
    };
}
