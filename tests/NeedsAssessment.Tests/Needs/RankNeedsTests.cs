using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Profiles;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Needs;

public class RankNeedsTests
{
    static readonly KnownEstates Estates = new([new(Estate.Value, "EST-01", "HZ", 186), new(OtherEstate.Value, "EST-09", "SH", 132)]);
    static readonly ILookup<string, string> NoItems = Enumerable.Empty<string>().ToLookup(none => none);
    static readonly ILookup<(Guid, string), Guid> NoRequests = Enumerable.Empty<Guid>().ToLookup(none => (none, ""));

    static PersonAtWork Guard(EstateId estate, params Gap[] gaps) => AtWork(new(Guid.CreateVersion7()), estate, gaps);

    static KnownFinding Found(string severity, EstateId estate) => new(Guid.CreateVersion7(), estate.Value, severity, "skill", "C13", Today, Verified: false);

    // C13 weighs 1 × 1.5 a level, C14 1.3 × 2.
    static readonly PersonAtWork[] Guards = [Guard(Estate, GapOf(C13, 2), GapOf(C14, 3)), Guard(Estate, GapOf(C13, 0)), Guard(OtherEstate, GapOf(C13, 3))];

    static NeedFigures Of(string competency, string region, IEnumerable<KnownFinding> findings, ILookup<string, string>? items = null) =>
        RankNeeds.Of(Guards, Estates, findings, items ?? NoItems, NoRequests).Single(one => one.Subject == new NeedSubject(competency, "SEC", region)).Figures;

    [Fact]
    public void Gaps_of_a_position_and_region_make_one_need() =>
        Assert.Equal([(2, 9m), (1, 2.6m), (1, 1.5m)], RankNeeds.Of(Guards, Estates, [], NoItems, NoRequests)
            .Select(one => (one.Figures.Heads, one.Figures.WeightedGap)).OrderByDescending(pair => pair.WeightedGap));

    [Fact]
    public void Priority_is_normalised_gap_times_exposure_times_consequence()
    {
        var items = new[] { "Q16" }.ToLookup(_ => "C13");
        Assert.Equal((1m, 1m, 1.5m, 1.5m), Factors(Of("C13", "HZ", [])));
        Assert.Equal((0.166667m, 1.5m, 3m, 0.750002m), Factors(Of("C13", "SH", [Found("critical", OtherEstate)], items)));
        Assert.Equal((0.288889m, 1m, 2m, 0.577778m), Factors(Of("C14", "HZ", [], items)));

        static (decimal, decimal, decimal, decimal) Factors(NeedFigures figures) => (figures.NormalisedGap, figures.Exposure, figures.Consequence, figures.Priority);
    }

    [Fact]
    public void A_finding_counts_in_its_region_only_and_minor_ones_raise_nothing()
    {
        var (minor, major) = (Found("minor", Estate), Found("major", OtherEstate));
        Assert.Equal([minor.Id], Of("C13", "HZ", [minor, major]).FindingIds.AsEnumerable());
        Assert.Equal(1.5m, Of("C13", "HZ", [minor, major]).Consequence);
        Assert.Equal(2m, Of("C13", "SH", [minor, major]).Consequence);
        Assert.Empty(Of("C14", "HZ", [minor, major]).FindingIds);
    }

    [Fact]
    public void A_request_joins_the_need_of_its_competency_while_its_person_is_below_the_level_and_raises_nothing()
    {
        var (request, met) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var requests = new[] { (Guards[1].EmployeeId.Value, "C13", request), (Guards[1].EmployeeId.Value, "C14", met) }.ToLookup(one => (one.Item1, one.Item2), one => one.Item3);
        var ranked = RankNeeds.Of(Guards, Estates, [], NoItems, requests);

        Assert.Equal([request], ranked.SelectMany(one => one.Figures.RequestIds));
        Assert.Equal([request], ranked.Single(one => one.Subject == new NeedSubject("C13", "SEC", "HZ")).Figures.RequestIds.AsEnumerable());
        Assert.Equal(RankNeeds.Of(Guards, Estates, [], NoItems, NoRequests).Select(one => one.Figures.Priority), ranked.Select(one => one.Figures.Priority));
    }

    [Fact]
    public void Where_the_region_is_not_known_yet_there_is_no_need() => Assert.Empty(RankNeeds.Of(Guards, new([]), [], NoItems, NoRequests));
}
