using Training.NeedsAssessment.Profiles;
using static Training.NeedsAssessment.Profiles.RaiseLevelsHandler;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Profiles;

public class RaiseLevelsTests
{
    static readonly Guid Run = Guid.CreateVersion7();
    static readonly DateTimeOffset Proven = Now.AddDays(60);

    static RaiseLevels Prove(params Step[] steps) => new(Run, [.. steps], Proven, Proven);

    static Outcome When(Given<CompetencyProfile> given, params Step[] steps) => given.When(profile => Decide(profile, Sec().For("SEC", []), Prove(steps)));

    static readonly Given<CompetencyProfile> Level3 =
        Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 3), ("C14", 2)), Gaps([GapOf(C13, 3), GapOf(C14, 2)]));

    [Fact]
    public void A_passed_test_lifts_the_level_and_closes_the_gap() =>
        When(Level3, new Step("C13", 3, 4)).Then(
            new RatingsRecorded($"{Run}", RatingSource.Test, $"{Run}", [new("C13", 4, 4)], Proven),
            new LevelChanged(Person, "C13", 3, 4, 4, Run, Proven),
            new GapsChanged([], [new("C13", 4, 4)], Run, Proven));

    [Fact]
    public void A_step_halfway_leaves_a_smaller_gap() =>
        When(Level3, new Step("C14", 1, 3)).Then(
            new RatingsRecorded($"{Run}", RatingSource.Test, $"{Run}", [new("C14", 3, 3)], Proven),
            new LevelChanged(Person, "C14", 2, 3, 4, Run, Proven),
            new GapsChanged([GapOf(C14, 3)], [], Run, Proven));

    [Fact]
    public void Whoever_stands_below_the_step_stays() => When(Level3, new Step("C14", 3, 4)).ThenNothing();

    [Fact]
    public void Whoever_is_there_already_stays() => When(Level3, new Step("C13", 2, 3)).ThenNothing();

    [Fact]
    public void A_competency_never_assessed_starts_at_0() =>
        When(Level3, new Step("C01", 0, 2)).Then(
            new RatingsRecorded($"{Run}", RatingSource.Test, $"{Run}", [new("C01", 2, 2)], Proven), new LevelChanged(Person, "C01", 0, 2, 0, Run, Proven));

    [Fact]
    public void Proving_again_changes_nothing() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 3)), Gaps([GapOf(C13, 3)]),
            new RatingsRecorded($"{Run}", RatingSource.Test, $"{Run}", [new("C13", 4, 4)], Proven), new LevelChanged(Person, "C13", 3, 4, 4, Run, Proven)),
            new Step("C13", 3, 4)).ThenNothing();

    [Fact]
    public void Gaps_closed_by_training_are_counted()
    {
        var state = Given<CompetencyProfile>.That(Opened, Gaps([GapOf(C13, 3), GapOf(C14, 2)]),
            new GapsChanged([], [new("C13", 4, 4)], Run, Proven), Gaps([], new ClosedGap("C14", 4, 4))).State;
        Assert.Equal((1, 0), (state.GapsClosedByTraining, state.Gaps.Count));
    }
}
