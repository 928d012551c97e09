using System.Collections.Immutable;
using Training.Evaluation.Checklists;

namespace Training.Evaluation.Inspections;

public static class Scoring
{
    /// <summary>A section with a failed critical item keeps at most this share of its points.</summary>
    const decimal CriticalCap = 0.6m;

    /// <summary>Points by section: what the section is worth less the points of its failed items.</summary>
    public static ImmutableArray<SectionScore> Of(Checklist checklist, IReadOnlySet<string> failed) =>
    [
        .. checklist.Sections.Select(section =>
        {
            var worth = section.Items.Sum(item => item.Points);
            var lost = section.Items.Where(item => failed.Contains(item.Code)).ToList();
            var cap = lost.Exists(item => item.Severity == Severity.Critical) ? CriticalCap * worth : worth;
            return new SectionScore(section.Name, Math.Min(worth - lost.Sum(item => item.Points), cap), worth);
        }),
    ];
}
