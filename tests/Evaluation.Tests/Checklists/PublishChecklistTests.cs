using System.Collections.Immutable;
using Training.Evaluation.Checklists;
using static Training.Evaluation.Checklists.PublishChecklistHandler;
using static Training.Evaluation.Tests.Samples;

namespace Training.Evaluation.Tests.Checklists;

public class PublishChecklistTests
{
    static readonly PublishChecklist Command = new("v3", Sections, Now);

    static PublishChecklist With(params ChecklistItem[] items) => Command with { Sections = [new("Service", [.. items])] };

    [Fact]
    public void A_version_is_published_once()
    {
        GivenNothing.When(() => Decide(null, Command)).Then(ListPublished);
        ImmutableArray<ChecklistSection> copy = [.. Sections.Select(section => section with { Items = [.. section.Items] })];
        Given<Checklist>.That(ListPublished).When(checklist => Decide(checklist, Command with { Sections = copy })).ThenNothing();
    }

    [Fact]
    public void A_published_version_stays()
    {
        Given<Checklist>.That(ListPublished).When(checklist => Decide(checklist, Command with { Sections = [Sections[1], Sections[0]] })).ThenBroken("checklist-fixed");
        Given<Checklist>.That(ListPublished).When(checklist => Decide(checklist, With(new ChecklistItem("A1", "", 100, Severity.Minor, "")))).ThenBroken("checklist-fixed");
    }

    [Fact]
    public void All_items_together_are_worth_100_points() =>
        GivenNothing.When(() => Decide(null, With(new ChecklistItem("A1", "", 99, Severity.Minor, "")))).ThenBroken("points-not-100");

    [Fact]
    public void Every_item_is_worth_something() =>
        GivenNothing.When(() => Decide(null, With(new("A1", "", 100, Severity.Minor, ""), new("A2", "", 0, Severity.Minor, "")))).ThenBroken("points-out-of-range");

    [Fact]
    public void An_item_is_listed_once() =>
        GivenNothing.When(() => Decide(null, With(new("A1", "", 50, Severity.Minor, ""), new("A1", "", 50, Severity.Minor, "")))).ThenBroken("item-twice");
}
