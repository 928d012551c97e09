using JasperFx.Events;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Standards;
using V1 = Training.Contracts.NeedsAssessment.V1;

namespace Training.NeedsAssessment;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        CompetencyStandardPublished e => new V1.CompetencyStandardPublished
        {
            AppliesTo = e.Kind == StandardKind.Position ? "position" : "role",
            Code = e.Code,
            Version = e.Version,
            Requirements =
            [
                .. e.Requirements.Select(one => new V1.Requirement
                {
                    CompetencyCode = one.CompetencyCode, Level = one.Level, Weight = one.Weight, Criticality = one.Criticality,
                }),
            ],
        },
        LevelChanged e => new V1.CompetencyLevelChanged
        {
            EmployeeId = e.EmployeeId.Value, CompetencyCode = e.CompetencyCode, FromLevel = e.FromLevel, ToLevel = e.ToLevel,
            RequiredLevel = e.RequiredLevel, RunId = e.RunId, ChangedAt = e.At,
        },
        NeedApproved e => Approved(e.NeedId, e.Subject, e.FindingIds, e.At),
        NeedExtended e => Approved(e.NeedId, e.Subject, e.FindingIds, e.At),
        PlanLineFrozen e => new V1.TrainingPlanLineFrozen
        {
            PlanId = e.PlanId.Value, LineId = e.Line.LineId, CourseId = e.Line.CourseId.Value, CourseCode = e.Line.CourseCode, Region = e.Line.Region,
            Quarter = e.Quarter, Priority = e.Line.Priority,
            Learners =
            [
                .. e.Line.Learners.Select(learner => new V1.PlannedLearner
                {
                    EmployeeId = learner.EmployeeId.Value, EstateId = learner.EstateId.Value, NeedId = learner.NeedId.Value,
                }),
            ],
        },
        PlanFrozen e => new V1.TrainingPlanFrozen
        {
            PlanId = e.PlanId.Value, Version = e.Version, Quarter = e.Quarter, Lines = e.Lines, Places = e.Places, FrozenAt = e.At,
        },
        _ => null,
    };

    static V1.TrainingNeedApproved Approved(NeedId need, NeedSubject subject, IReadOnlyList<Guid> findings, DateTimeOffset at) => new()
    {
        NeedId = need.Value, CompetencyCode = subject.CompetencyCode, PositionCode = subject.PositionCode, Region = subject.Region,
        FindingIds = findings, ApprovedAt = at,
    };
}
