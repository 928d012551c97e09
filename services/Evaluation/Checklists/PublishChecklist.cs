using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.Checklists;

public record PublishChecklist(string Version, ImmutableArray<ChecklistSection> Sections, DateTimeOffset At);

public static class PublishChecklistHandler
{
    const int AllPoints = 100;

    public static IChecklistFact[] Decide(Checklist? checklist, PublishChecklist command)
    {
        ChecklistItem[] items = [.. command.Sections.SelectMany(section => section.Items)];
        if (items.GroupBy(item => item.Code).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new RuleBroken("item-twice", $"Item {twice.Key} is listed twice.");
        if (items.Any(item => item.Points <= 0)) throw new RuleBroken("points-out-of-range", "Every item is worth at least one point.");
        if (items.Sum(item => item.Points) != AllPoints)
            throw new RuleBroken("points-not-100", $"All items together are worth {AllPoints} points, not {items.Sum(item => item.Points)}.");
        if (checklist is null) return [new ChecklistPublished(command.Version, command.Sections, command.At)];

        if (!Same(checklist.Sections, command.Sections))
            throw new RuleBroken("checklist-fixed", $"Inspections rest on version {command.Version}; a change needs a new version.");
        return [];
    }

    static bool Same(ImmutableArray<ChecklistSection> left, ImmutableArray<ChecklistSection> right) =>
        left.Select(section => section.Name).SequenceEqual(right.Select(section => section.Name))
        && left.Zip(right).All(pair => pair.First.Items.SequenceEqual(pair.Second.Items));

    public record Body
    {
        public required ImmutableArray<Section> Sections { get; init; }
    }

    public record Section
    {
        public required string Name { get; init; }
        public required ImmutableArray<Item> Items { get; init; }
    }

    public record Item
    {
        public required string Code { get; init; }
        public string Text { get; init; } = "";
        public required int Points { get; init; }
        public required Severity Severity { get; init; }
        public string Competency { get; init; } = "";

        internal ChecklistItem AsChecklistItem() => new(Code, Text, Points, Severity, Competency);
    }

    internal static async Task<NoContent> Handle(string version, Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new PublishChecklist(
            version,
            [.. body.Sections.Select(section => new ChecklistSection(section.Name, [.. section.Items.Select(item => item.AsChecklistItem())]))],
            clock.GetUtcNow());
        await session.Begin<Checklist>(Checklist.IdOf(origin.Tenant, version), checklist => Decide(checklist, command), ct);
        return TypedResults.NoContent();
    }
}
