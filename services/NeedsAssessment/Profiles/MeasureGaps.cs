using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public static class MeasureGaps
{
    /// <summary>
    /// What changes when the person is measured anew (F5): at once after every fact that touches level, position, role or standard. Measuring
    /// again with nothing changed yields nothing.
    /// </summary>
    public static IProfileFact[] Decide(CompetencyProfile profile, EffectiveStandard standard, DateTimeOffset at, Guid runId = default)
    {
        if (!profile.Active) return [];
        var gaps = standard.Requirements.Values
            .Select(one => new Gap(one.CompetencyCode, one.Level, profile.LevelOf(one.CompetencyCode), one.Weight, one.Criticality))
            .Where(gap => gap.Size > 0)
            .ToDictionary(gap => gap.CompetencyCode);

        Gap[] opened = [.. gaps.Values.Where(gap => profile.Gaps.GetValueOrDefault(gap.CompetencyCode) != gap).OrderBy(gap => gap.CompetencyCode, StringComparer.Ordinal)];
        ClosedGap[] closed =
        [
            .. profile.Gaps.Keys.Where(code => !gaps.ContainsKey(code)).Order(StringComparer.Ordinal)
                .Select(code => new ClosedGap(code, standard.LevelOf(code), profile.LevelOf(code))),
        ];

        List<IProfileFact> facts = [];
        if (!profile.Standards.SequenceEqual(standard.Versions)) facts.Add(new StandardsApplied(standard.Versions, at));
        if (opened.Length + closed.Length > 0) facts.Add(new GapsChanged([.. opened], [.. closed], runId, at));
        return [.. facts];
    }

    /// <summary>The profile after it was measured.</summary>
    internal static CompetencyProfile With(this CompetencyProfile profile, IEnumerable<IProfileFact> measured) => measured.Aggregate(profile, (before, fact) => fact switch
    {
        GapsChanged changed => before.Apply(changed),
        StandardsApplied applied => before.Apply(applied),
        _ => before,
    });
}
