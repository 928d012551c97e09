using System.Collections.Immutable;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Plans;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Plans;

public class PlanTests
{
    static readonly PlanId Plan = new(Guid.CreateVersion7());
    static readonly NeedId Need = new(Guid.CreateVersion7());
    static readonly PlanLine Line = new(Guid.CreateVersion7(), new(Guid.CreateVersion7()), "K05", "HZ", 1.5m, [new(Person, Estate, Need)]);
    static readonly PlanDrafted Drafted = new(Plan, 2027, "2027Q1", Now);
    static readonly PlanLineDrafted LineDrafted = new(Line);
    static readonly PlanFrozen Frozen = new(Plan, 1, "2027Q1", 1, 1, Now);

    static readonly CourseId Another = new(Guid.CreateVersion7()), Third = new(Guid.CreateVersion7());

    /// <summary>Every course takes 40 hours; the person is on frozen plans of the quarter with these.</summary>
    static FreezePlan Freeze(int version, params IEnumerable<CourseId> placed) => new(
        version, placed.Select(course => (Person, course)).ToHashSet(), new[] { Line.CourseId, Another, Third }.ToDictionary(course => course, _ => 2_400), new(), Now);

    static DraftPlan Draft(params ImmutableArray<PlanLine> lines) => new(Plan, 2027, "2027Q1", lines, Now);

    [Fact]
    public void A_plan_is_drafted_once()
    {
        GivenNothing.When(() => DraftPlanHandler.Decide(null, Draft(Line))).Then(Drafted, LineDrafted);
        Given<TrainingPlan>.That(Drafted, LineDrafted).When(plan => DraftPlanHandler.Decide(plan, Draft(Line with { Learners = [new(Person, Estate, Need)] }))).ThenNothing();
    }

    [Fact]
    public void Another_draft_replaces_the_draft()
    {
        var other = Line with { Learners = [] };
        Given<TrainingPlan>.That(Drafted, LineDrafted).When(plan => DraftPlanHandler.Decide(plan, Draft(other))).Then(Drafted, new PlanLineDrafted(other));
        Assert.Equal(0, Given<TrainingPlan>.That(Drafted, LineDrafted, Drafted, new PlanLineDrafted(other)).State.Places);
    }

    [Theory]
    [InlineData("2027Q5")]
    [InlineData("2026Q1")]
    [InlineData("Q1")]
    public void A_quarter_belongs_to_its_year(string quarter) => GivenNothing.When(() => DraftPlanHandler.Decide(null, Draft() with { Quarter = quarter })).ThenBroken("no-quarter");

    [Fact]
    public void Frozen_lines_come_before_the_frozen_plan() =>
        Given<TrainingPlan>.That(Drafted, LineDrafted).When(plan => FreezePlanHandler.Decide(plan with { Id = Plan.Value }, Freeze(1)))
            .Then(new PlanLineFrozen(Plan, "2027Q1", Line), Frozen);

    [Fact]
    public void A_frozen_plan_never_changes_again()
    {
        var frozen = Given<TrainingPlan>.That(Drafted, LineDrafted, new PlanLineFrozen(Plan, "2027Q1", Line), Frozen);
        frozen.When(plan => FreezePlanHandler.Decide(plan, Freeze(2))).ThenNothing();
        frozen.When(plan => DraftPlanHandler.Decide(plan, Draft(Line))).ThenBroken("plan-frozen");
    }

    [Fact]
    public void A_draft_is_stale_once_another_plan_gives_its_people_the_same_course_or_all_they_may_take()
    {
        var drafted = Given<TrainingPlan>.That(Drafted, LineDrafted);
        drafted.When(plan => FreezePlanHandler.Decide(plan, Freeze(2, Line.CourseId))).ThenBroken("draft-stale");
        drafted.When(plan => FreezePlanHandler.Decide(plan, Freeze(2, Another, Third))).ThenBroken("draft-stale");
        drafted.When(plan => FreezePlanHandler.Decide(plan, Freeze(2, Another) with { Limits = new() { MinutesPerPerson = 4_799 } })).ThenBroken("draft-stale");
        drafted.When(plan => FreezePlanHandler.Decide(plan with { Id = Plan.Value }, Freeze(2, Another))).Then(new PlanLineFrozen(Plan, "2027Q1", Line), Frozen with { Version = 2 });
        drafted.When(plan => FreezePlanHandler.Decide(plan with { Id = Plan.Value }, Freeze(2) with { Placed = new HashSet<(EmployeeId, CourseId)> { (new(Guid.CreateVersion7()), Line.CourseId) } }))
            .Then(new PlanLineFrozen(Plan, "2027Q1", Line), Frozen with { Version = 2 });
    }

    [Fact]
    public void An_empty_plan_is_not_frozen() => Given<TrainingPlan>.That(Drafted).When(plan => FreezePlanHandler.Decide(plan, Freeze(1))).ThenBroken("plan-empty");

    [Fact]
    public void Approved_needs_become_planned_once()
    {
        var identified = new NeedIdentified(Need, new("C13", "SEC", "HZ"), new(1, 1, 1, 1, 1, 1, [], []), Now);
        var (approved, planned) = (new NeedApproved(Need, identified.Subject, [], Now), new NeedPlanned(Plan, Now));
        Given<TrainingNeed>.That(identified, approved).When(need => FreezePlanHandler.Decide(need, new MarkPlanned(Plan, Now))).Then(planned);
        Given<TrainingNeed>.That(identified, approved, planned).When(need => FreezePlanHandler.Decide(need, new MarkPlanned(Plan, Now))).ThenNothing();
    }
}
