using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Needs;

public record NeedCandidate(NeedSubject Subject, NeedFigures Figures);

public static class RankNeeds
{
    const decimal OwnersAskForIt = 1.5m;

    /// <summary>
    /// F6: priority = norm(G) × exposure × consequence, for cause skill. A finding counts for every position that has holders at its estate; a
    /// finding where nobody is below the standard makes no need, as there is nobody to train.
    /// </summary>
    /// <param name="people">People at work.</param>
    /// <param name="estates">Where the estates are.</param>
    /// <param name="findings">Open findings of cause skill with a competency.</param>
    /// <param name="concentrateHere">Survey items by competency that owners want better (F2).</param>
    /// <param name="requests">Approved training requests by person and competency.</param>
    public static IReadOnlyList<NeedCandidate> Of(
        IReadOnlyCollection<PersonAtWork> people, KnownEstates estates, IEnumerable<KnownFinding> findings, ILookup<string, string> concentrateHere,
        ILookup<(Guid Employee, string Competency), Guid> requests)
    {
        var positionsAt = people.Select(person => (person.EstateId, person.PositionCode)).Distinct().ToLookup(pair => pair.EstateId, pair => pair.PositionCode);
        var found = (from finding in findings
                     from position in positionsAt[finding.EstateId]
                     select (Subject: new NeedSubject(finding.CompetencyCode, position, estates.RegionOf(finding.EstateId)), finding))
            .ToLookup(pair => pair.Subject, pair => pair.finding);

        var gaps = (from person in people
                    let region = estates.RegionOf(person.EstateId)
                    where region != ""
                    from gap in person.Gaps.Values
                    group (person, gap) by new NeedSubject(gap.CompetencyCode, person.PositionCode, region)).ToList();
        var largest = gaps.Select(group => group.Sum(one => one.gap.Weighted)).DefaultIfEmpty().Max();

        return
        [
            .. gaps.Select(group => new NeedCandidate(group.Key, Figures([.. group.Select(one => one.gap)], largest, [.. found[group.Key]], [.. concentrateHere[group.Key.CompetencyCode]]) with
            {
                RequestIds = [.. group.SelectMany(one => requests[(one.person.EmployeeId.Value, one.gap.CompetencyCode)]).Order()],
            })),
        ];
    }

    static NeedFigures Figures(IReadOnlyList<Gap> gaps, decimal largest, IReadOnlyList<KnownFinding> findings, IReadOnlyList<string> items)
    {
        var weighted = gaps.Sum(gap => gap.Weighted);
        var normalised = decimal.Round(weighted / largest, 6);
        var exposure = items.Count > 0 ? OwnersAskForIt : 1;
        var consequence = Math.Max(gaps.Max(gap => gap.Criticality), findings.Select(finding => finding.SeverityLevel()).DefaultIfEmpty().Max());
        return new(gaps.Count, weighted, normalised, exposure, consequence, decimal.Round(normalised * exposure * consequence, 6),
            [.. items.Order(StringComparer.Ordinal)], [.. findings.OrderBy(finding => finding.FoundOn).ThenBy(finding => finding.Id).Select(finding => finding.Id)]);
    }
}
