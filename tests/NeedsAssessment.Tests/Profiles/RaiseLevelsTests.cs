using CsCheck;
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

    static ProofKept Kept(params Step[] steps) => new(Run, [.. steps], Proven);

    [Fact]
    public void For_who_stands_below_the_step_the_proof_is_kept() => When(Level3, new Step("C14", 3, 4)).Then(Kept(new Step("C14", 3, 4)));

    [Fact]
    public void A_proof_already_kept_is_not_kept_twice() =>
        When(Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C14", 2)), Gaps([GapOf(C14, 2)]), Kept(new Step("C14", 3, 4))), new Step("C14", 3, 4)).ThenNothing();

    [Fact]
    public void A_kept_proof_counts_once_the_level_below_it_is_reached()
    {
        var later = Guid.CreateVersion7();
        Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C14", 2)), Gaps([GapOf(C13, 0), GapOf(C14, 2)]), Kept(new Step("C14", 3, 4)))
            .When(profile => Decide(profile, Sec().For("SEC", []), new RaiseLevels(later, [new Step("C14", 1, 3)], Proven.AddDays(1), Proven.AddDays(1)))).Then(
                new RatingsRecorded($"{later}", RatingSource.Test, $"{later}", [new("C14", 3, 3)], Proven.AddDays(1)),
                new LevelChanged(Person, "C14", 2, 3, 4, later, Proven.AddDays(1)),
                new GapsChanged([GapOf(C14, 3)], [], later, Proven.AddDays(1)),
                new RatingsRecorded($"{Run}", RatingSource.Test, $"{Run}", [new("C14", 4, 4)], Proven),
                new LevelChanged(Person, "C14", 3, 4, 4, Run, Proven),
                new GapsChanged([], [new("C14", 4, 4)], Run, Proven.AddDays(1)));
    }

    [Fact]
    public void A_later_assessment_by_other_means_puts_a_kept_proof_aside()
    {
        var state = Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C14", 2)), Kept(new Step("C14", 3, 4)),
            new RatingsRecorded("2027Q3", RatingSource.Manager, "E-1", [new("C14", 3, 3)], Proven.AddDays(90))).State;
        Assert.Empty(state.KeptProofs);
        Assert.Equal(3, state.LevelOf("C14"));
    }

    /// <summary>Services hear of tests in any order; the levels in the end, and how far they rose, are the same.</summary>
    [Fact]
    public void The_order_of_tests_does_not_matter() => (
        from start in Gen.Int[0, 4]
        from steps in Gen.Select(Gen.Int[0, 4], Gen.Int[1, 3], (below, rise) => new Step("C14", below, Math.Min(5, below + rise))).Array[1, 6]
        from order in Gen.Shuffle(Enumerable.Range(0, steps.Length).ToArray())
        select (start, steps, order)).Sample((start, steps, order) =>
    {
        var inOrder = LevelsAfter(start, [.. steps.Select((step, index) => (step, index))]);
        Assert.Equal(inOrder, LevelsAfter(start, [.. order.Select(index => (steps[index], index))]));
    });

    static (int Level, int Risen) LevelsAfter(int start, (Step Step, int Index)[] tests)
    {
        var (state, risen) = (Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C14", start))).State, 0);
        foreach (var (step, index) in tests)
            foreach (var fact in Decide(state, Sec().For("SEC", []), new RaiseLevels(new Guid(index, 1, 1, new byte[8]), [step], Proven, Proven)))
            {
                risen += fact is LevelChanged changed ? changed.ToLevel - changed.FromLevel : 0;
                state = fact switch
                {
                    RatingsRecorded recorded => state.Apply(recorded),
                    ProofKept kept => state.Apply(kept),
                    GapsChanged gaps => state.Apply(gaps),
                    _ => state,
                };
            }
        Assert.Equal(state.LevelOf("C14") - start, risen);
        return (state.LevelOf("C14"), risen);
    }

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
