using System.Collections.Immutable;
using Training.Foundation;

namespace Training.NeedsAssessment.Plans;

public record PlannedLearner(EmployeeId EmployeeId, EstateId EstateId, NeedId NeedId);

/// <summary>One course for the people of one region, most urgent first. <c>Priority</c> is that of the most urgent need (F6).</summary>
public record PlanLine(Guid LineId, CourseId CourseId, string CourseCode, string Region, decimal Priority, ImmutableArray<PlannedLearner> Learners)
{
    public bool SameAs(PlanLine other) => this with { Learners = [] } == other with { Learners = [] } && Learners.SequenceEqual(other.Learners);
}

public interface IPlanFact : IFact;
/// <summary>A draft replaces the draft before; its lines follow.</summary>
public record PlanDrafted(PlanId PlanId, int Year, string Quarter, DateTimeOffset At) : IPlanFact;
public record PlanLineDrafted(PlanLine Line) : IPlanFact;
public record PlanLineFrozen(PlanId PlanId, string Quarter, PlanLine Line) : IPlanFact;
public record PlanFrozen(PlanId PlanId, int Version, string Quarter, int Lines, int Places, DateTimeOffset At) : IPlanFact;

/// <summary>Who attends which course in one quarter. Frozen, it never changes again.</summary>
public partial record TrainingPlan(Guid Id, int Year, string Quarter, ImmutableArray<PlanLine> Lines, int FrozenVersion)
{
    public bool IsFrozen => FrozenVersion > 0;
    public int Places => Lines.Sum(line => line.Learners.Length);

    public TrainingPlan() : this(Guid.Empty, 0, "", [], 0) { }
    public TrainingPlan Apply(PlanDrafted e) => this with { Year = e.Year, Quarter = e.Quarter, Lines = [] };
    public TrainingPlan Apply(PlanLineDrafted e) => this with { Lines = Lines.Add(e.Line) };
    public TrainingPlan Apply(PlanLineFrozen _) => this;
    public TrainingPlan Apply(PlanFrozen e) => this with { FrozenVersion = e.Version };
}
