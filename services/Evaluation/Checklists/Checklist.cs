using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Evaluation.Checklists;

/// <summary>How bad a failed item is; sets the day by which it must be put right.</summary>
public enum Severity { Minor, Major, Critical }

/// <summary>One thing an inspector looks at. No competency: <c>Competency</c> is empty.</summary>
public record ChecklistItem(string Code, string Text, int Points, Severity Severity, string Competency);
public record ChecklistSection(string Name, ImmutableArray<ChecklistItem> Items);

public interface IChecklistFact : IFact;
public record ChecklistPublished(string Version, ImmutableArray<ChecklistSection> Sections, DateTimeOffset At) : IChecklistFact;

/// <summary>One version of the inspection checklist; 100 points in all.</summary>
public partial record Checklist(Guid Id, string Version, ImmutableArray<ChecklistSection> Sections)
{
    public Checklist() : this(Guid.Empty, "", []) { }

    public ChecklistItem? Find(string code) => Sections.SelectMany(section => section.Items).FirstOrDefault(item => item.Code == code);

    public static Guid IdOf(string tenant, string version) => DerivedId.Of("checklist", tenant, version);

    public Checklist Apply(ChecklistPublished e) => this with { Version = e.Version, Sections = e.Sections };
}
