using CsCheck;
using Training.Evaluation.Checklists;
using Training.Evaluation.Findings;
using Training.Evaluation.Inspections;
using static Training.Evaluation.Inspections.RecordInspectionHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Inspections;

public class RecordInspectionTests
{
    static readonly FailedItem A1 = new("A1", Cause.Skill, "no greeting"), A8 = new("A8", Cause.Skill, ""), B2 = new("B2", Cause.Tool, "");

    static RecordInspection Command(params FailedItem[] failed) => new(Samples.Inspection, Estate, "E0007", Today, [.. failed], Now, Today);

    static InspectionRecorded Recorded(params FailedItem[] failed) => new(
        Samples.Inspection, Estate, "v3", "E0007", Today, [.. failed], Scoring.Of(Samples.Checklist, failed.Select(item => item.ItemCode).ToHashSet()), Now);

    [Fact]
    public void Failed_items_lose_their_points() =>
        GivenNothing.When(() => Decide(null, Samples.Checklist, Command(A1, B2))).Then(new InspectionRecorded(
            Samples.Inspection, Estate, "v3", "E0007", Today, [A1, B2], [new("Service", 10, 40), new("Security", 35, 60)], Now));

    [Fact]
    public void A_failed_critical_item_caps_its_section_at_60_per_cent()
    {
        Assert.Equal([new("Service", 24, 40), new("Security", 60, 60)], Scoring.Of(Samples.Checklist, new HashSet<string> { "A8" }));
        Assert.Equal([new("Service", 0, 40), new("Security", 60, 60)], Scoring.Of(Samples.Checklist, new HashSet<string> { "A1", "A8" }));
    }

    [Fact]
    public void No_failure_makes_a_score_better() =>
        Gen.Select(Item.Array[0, 4], Item).Sample((failed, more) =>
            Total([.. failed, more]) <= Total([.. failed]) && Total([.. failed]) is >= 0 and <= 100);

    static readonly Gen<string> Item = Gen.Int[0, 3].Select(index => Samples.Checklist.Sections.SelectMany(section => section.Items).ElementAt(index).Code);

    static decimal Total(HashSet<string> failed) => Scoring.Of(Samples.Checklist, failed).Sum(section => section.Points);

    [Fact]
    public void The_same_inspection_again_changes_nothing() =>
        Given<Inspection>.That(Recorded(A1, B2)).When(inspection => Decide(inspection, Samples.Checklist, Command(B2, A1))).ThenNothing();

    [Fact]
    public void A_recorded_inspection_stays()
    {
        var given = Given<Inspection>.That(Recorded(A1));
        given.When(inspection => Decide(inspection, Samples.Checklist, Command(A1, B2))).ThenBroken("inspection-fixed");
        given.When(inspection => Decide(inspection, Samples.Checklist, Command(A1) with { On = Today.AddDays(1) })).ThenBroken("inspection-fixed");
    }

    [Fact]
    public void Items_are_those_of_the_checklist() =>
        GivenNothing.When(() => Decide(null, Samples.Checklist, Command(new FailedItem("Z9", Cause.Skill, "")))).ThenBroken("unknown-item");

    [Fact]
    public void Nobody_inspects_in_the_future() =>
        GivenNothing.When(() => Decide(null, Samples.Checklist, Command(A1) with { On = Today.AddDays(1) })).ThenBroken("in-the-future");

    [Fact]
    public void An_item_fails_once() => GivenNothing.When(() => Decide(null, Samples.Checklist, Command(A1, A1 with { Note = "again" }))).ThenBroken("item-twice");

    [Fact]
    public void Every_failed_item_becomes_a_finding_due_by_its_severity()
    {
        var findings = FindingsOf(Samples.Checklist, Command(A1, A8, new("B1", Cause.Motive, ""))).SelectMany(finding => RecordFindingHandler.Decide(null, finding)).Cast<FindingRecorded>().ToList();

        Assert.Equal(Found(), findings[0]);
        Assert.Equal([(Severity.Minor, 7), (Severity.Critical, 1), (Severity.Major, 3)], findings.Select(found => (found.Severity, found.DueOn.DayNumber - found.FoundOn.DayNumber)));
        Assert.Equal(3, findings.Select(found => found.FindingId).Distinct().Count());
    }

    [Fact]
    public void A_finding_is_recorded_once() =>
        Given<Finding>.That(Found()).When(finding => RecordFindingHandler.Decide(finding, FindingsOf(Samples.Checklist, Command(A1)).Single())).ThenNothing();
}
