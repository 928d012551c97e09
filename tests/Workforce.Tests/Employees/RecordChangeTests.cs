using CsCheck;
using Training.Foundation;
using Training.Workforce.Employees;
using static Training.Workforce.Employees.RecordChangeHandler;
using static Training.Workforce.Tests.People;

namespace Training.Workforce.Tests.Employees;

public class RecordChangeTests
{
    static Outcome After(IFact[] facts, HrChange change) => Given<Employee>.That(facts).When(employee => Decide(employee, Record(change)));

    [Fact]
    public void A_hiring_is_recorded_once()
    {
        GivenNothing.When(() => Decide(null, Record(Hired))).Then(AsHired);
        After([AsHired], Hired).ThenNothing();
    }

    [Fact]
    public void A_transfer_keeps_the_position_and_a_promotion_the_estate()
    {
        var moved = new EmployeeMoved(Id, Transferred, At(Tower), Transferred.EffectiveOn);
        After([AsHired], Transferred).Then(moved);
        After([AsHired, moved], Promoted).Then(new EmployeeMoved(Id, Promoted, At(Tower, "SUP"), Promoted.EffectiveOn));
    }

    [Fact]
    public void A_transfer_before_the_hiring_waits_and_then_counts()
    {
        GivenNothing.When(() => Decide(null, Record(Transferred))).Then(new EmployeeChangeKept(Id, Person, Transferred));
        After([new EmployeeChangeKept(Id, Person, Transferred)], Hired).Then(new EmployeeHired(Id, Person, Hired, At(Tower), Start));
    }

    [Fact]
    public void An_older_transfer_that_comes_late_never_overrides_a_newer_one()
    {
        var newer = Change(ChangeKind.Transferred, 12, 9, new(First, "", "", Villa, "ENG"));
        After([AsHired, new EmployeeMoved(Id, newer, At(Villa, "ENG"), newer.EffectiveOn)], Transferred).Then(new EmployeeChangeKept(Id, Person, Transferred));
    }

    [Fact]
    public void A_leaver_leaves_once_and_may_return_under_a_new_employment()
    {
        After([AsHired], Left).Then(new EmployeeLeft(Id, Left, Left.EffectiveOn));
        After([AsHired, new EmployeeLeft(Id, Left, Left.EffectiveOn)], Left).ThenNothing();
        After([AsHired, new EmployeeLeft(Id, Left, Left.EffectiveOn)], Rehired).Then(new EmployeeReturned(Id, Rehired, At(Tower, "MON", Second), Rehired.EffectiveOn));
    }

    [Fact]
    public void A_leave_heard_after_the_return_ends_nothing() =>
        After([AsHired, new EmployeeMoved(Id, Rehired, At(Tower, "MON", Second), Rehired.EffectiveOn)], Left).Then(new EmployeeChangeKept(Id, Person, Left));

    [Fact]
    public void A_leave_that_waited_ends_the_employment_as_soon_as_it_is_known() =>
        After([new EmployeeChangeKept(Id, Person, Left)], Hired).Then(AsHired, new EmployeeLeft(Id, Hired, Left.EffectiveOn));

    [Fact]
    public void A_cancelled_transfer_is_taken_back()
    {
        var cancelled = Transferred with { Lifecycle = Lifecycle.Cancelled, Sequence = 3 };
        After([AsHired, new EmployeeMoved(Id, Transferred, At(Tower), Transferred.EffectiveOn)], cancelled)
            .Then(new EmployeeMoved(Id, cancelled, At(Villa), Transferred.EffectiveOn));
    }

    [Fact]
    public void A_cancelled_leave_brings_the_employee_back_the_day_after()
    {
        var cancelled = Left with { Lifecycle = Lifecycle.Cancelled, Sequence = 9 };
        After([AsHired, new EmployeeLeft(Id, Left, Left.EffectiveOn)], cancelled)
            .Then(new EmployeeReturned(Id, cancelled, At(Villa), Left.EffectiveOn.AddDays(1)));
    }

    [Fact]
    public void A_cancelled_hiring_means_nobody_came()
    {
        var cancelled = Hired with { Lifecycle = Lifecycle.Cancelled, Sequence = 2 };
        After([AsHired], cancelled).Then(new EmployeeHireCancelled(Id, cancelled, Start));
        Assert.Equal(Employment.Unknown, Given<Employee>.That(AsHired, new EmployeeHireCancelled(Id, cancelled, Start)).State.Standing.State);
    }

    [Fact]
    public void A_hiring_with_later_changes_cannot_be_cancelled() =>
        After([AsHired, new EmployeeMoved(Id, Transferred, At(Tower), Transferred.EffectiveOn)], Hired with { Lifecycle = Lifecycle.Cancelled, Sequence = 9 })
            .ThenBroken("later-changes");

    [Fact]
    public void A_correction_replaces_what_was_said_of_that_day()
    {
        var corrected = Hired with { Lifecycle = Lifecycle.Corrected, Sequence = 7, Assignment = At(Villa, "CLN") };
        After([AsHired], corrected).Then(new EmployeeMoved(Id, corrected, At(Villa, "CLN"), Start));
        After([AsHired, new EmployeeMoved(Id, corrected, At(Villa, "CLN"), Start)], Hired).ThenNothing();
    }

    [Fact]
    public void A_plan_that_comes_true_changes_nothing()
    {
        var effective = Transferred with { Sequence = 8 };
        var planned = Transferred with { Lifecycle = Lifecycle.Planned };
        After([AsHired, new EmployeeMoved(Id, planned, At(Tower), planned.EffectiveOn)], effective).Then(new EmployeeChangeKept(Id, Person, effective));
    }

    /// <summary>Whatever order the messages come in, however often: the person ends where the punctual order ends, and whoever followed the facts knows it.</summary>
    [Fact]
    public void Order_and_repetition_do_not_matter()
    {
        HrChange[] history =
        [
            Hired, Transferred, Promoted, Left, Rehired,
            Change(ChangeKind.Transferred, 10, 6, new(First, "", "", Villa, "CLN"), Lifecycle.Corrected),
            Change(ChangeKind.PositionChanged, 20, 7, new(First, "", "", default, ""), Lifecycle.Cancelled),
            Change(ChangeKind.Transferred, 45, 8, new(Second, "E9", "YL-SH", Villa, "")),
            Change(ChangeKind.Left, 60, 9, new(Second, "", "", default, ""), Lifecycle.Planned),
            Change(ChangeKind.Left, 60, 10, new(Second, "", "", default, ""), Lifecycle.Cancelled),
        ];
        Gen.Select(Gen.Shuffle(history), Gen.Int[0, history.Length - 1].Array[0, 12], Gen.Int[1, history.Length]).Sample((order, repeated, length) =>
        {
            var told = history[..length];
            var punctual = Fold(told);
            var disordered = Fold([.. order.Where(told.Contains), .. repeated.Select(index => history[index]).Where(told.Contains)]);

            Assert.Equal(punctual.State.Standing, disordered.State.Standing);
            Assert.Equal(punctual.State.Changes.AsEnumerable(), disordered.State.Changes);
            Assert.Equal(Follow(punctual.Facts), Follow(disordered.Facts));
        }, iter: 500);
    }

    static (Employee State, IReadOnlyList<IFact> Facts) Fold(HrChange[] changes)
    {
        List<IFact> facts = [];
        foreach (var change in changes)
            facts.AddRange(Decide(facts.Count == 0 ? null : Given<Employee>.That([.. facts]).State, Record(change)));
        return (Given<Employee>.That([.. facts]).State, facts);
    }

    /// <summary>What a service that hears only the published facts believes; of leavers it needs no more than that they left.</summary>
    static (Employment, string) Follow(IReadOnlyList<IFact> facts) => facts.Aggregate((State: Employment.Unknown, Place: ""), (seen, fact) => fact switch
    {
        EmployeeHired e => (Employment.Employed, $"{e.Assignment.EstateId} {e.Assignment.PositionCode}"),
        EmployeeMoved e => (Employment.Employed, $"{e.Assignment.EstateId} {e.Assignment.PositionCode}"),
        EmployeeReturned e => (Employment.Employed, $"{e.Assignment.EstateId} {e.Assignment.PositionCode}"),
        EmployeeLeft => (Employment.Left, ""),
        EmployeeHireCancelled => (Employment.Unknown, ""),
        _ => seen,
    });
}
