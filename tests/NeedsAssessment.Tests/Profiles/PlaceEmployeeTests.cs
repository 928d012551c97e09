using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Standards;
using static Training.NeedsAssessment.Profiles.PlaceEmployeeHandler;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Profiles;

public class PlaceEmployeeTests
{
    static readonly PlaceEmployee Hire = new(Person, Estate, "SEC", Today, Now);

    [Fact]
    public void Whoever_is_hired_is_measured_at_level_0() =>
        GivenNothing.When(() => Decide(null, Sec(), Hire)).Then(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)]));

    [Fact]
    public void Without_a_standard_nothing_is_missing() => GivenNothing.When(() => Decide(null, Book(), Hire)).Then(Opened);

    [Fact]
    public void The_same_place_again_changes_nothing() =>
        Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)])).When(profile => Decide(profile, Sec(), Hire)).ThenNothing();

    [Fact]
    public void Another_position_asks_for_other_things()
    {
        var book = Book(Standard(StandardKind.Position, "SEC", 1, C13, C14), Standard(StandardKind.Position, "CLN", 4, C01, C14));
        Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)]))
            .When(profile => Decide(profile, book, Hire with { PositionCode = "CLN", EstateId = OtherEstate }))
            .Then(new PositionChanged(OtherEstate, "CLN", Today), new StandardsApplied([new(StandardKind.Position, "CLN", 4)], Now),
                Gaps([GapOf(C01, 0)], new ClosedGap("C13", 0, 0)));
    }

    [Fact]
    public void Whoever_leaves_has_no_gaps_and_leaves_once()
    {
        var left = new ProfileClosed(Today);
        Given<CompetencyProfile>.That(Opened, Gaps([GapOf(C13, 0)])).When(profile => CloseProfileHandler.Decide(profile, Today)).Then(left);
        Given<CompetencyProfile>.That(Opened, left).When(profile => CloseProfileHandler.Decide(profile, Today)).ThenNothing();
        Assert.Empty(Given<CompetencyProfile>.That(Opened, Gaps([GapOf(C13, 0)]), left).State.Gaps);
        GivenNothing.When(() => CloseProfileHandler.Decide(null, Today)).ThenNothing();
    }

    [Fact]
    public void Whoever_returns_keeps_what_was_proven() =>
        Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)]), new ProfileClosed(Today))
            .When(profile => Decide(profile, Sec(), Hire))
            .Then(new ProfileReopened(Estate, "SEC", Today), SecApplied, Gaps([GapOf(C14, 0)]));

    [Fact]
    public void A_new_standard_measures_its_holders_anew()
    {
        var next = Book(Standard(StandardKind.Position, "SEC", 2, C13 with { Level = 5 }));
        var given = Given<CompetencyProfile>.That(Opened, SecApplied, Rated("2026Q4", ("C13", 4)), Gaps([GapOf(C14, 0)]));

        given.When(profile => MeasureGaps.Decide(profile, next.For("SEC", []), Now)).Then(
            new StandardsApplied([new(StandardKind.Position, "SEC", 2)], Now), Gaps([GapOf(C13 with { Level = 5 }, 4)], new ClosedGap("C14", 0, 0)));
        given.When(profile => MeasureGaps.Decide(profile, Sec().For("SEC", []), Now)).ThenNothing();
    }

    [Fact]
    public void A_role_adds_its_standard_until_it_is_withdrawn()
    {
        var (assigned, both) = (new RoleAssigned("Inspector", Now),
            new StandardsApplied([new(StandardKind.Position, "SEC", 1), new(StandardKind.Role, "Inspector", 1)], Now));
        var given = Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)]));
        given.When(profile => AssignRoleHandler.Decide(profile, Sec(), new AssignRole("Inspector", Now))).Then(assigned, both, Gaps([GapOf(C21, 0)]));
        given.When(profile => AssignRoleHandler.Decide(profile, Sec(), new WithdrawRole("Inspector", Now))).ThenNothing();

        var with = Given<CompetencyProfile>.That(Opened, SecApplied, Gaps([GapOf(C13, 0), GapOf(C14, 0)]), assigned, both, Gaps([GapOf(C21, 0)]));
        with.When(profile => AssignRoleHandler.Decide(profile, Sec(), new AssignRole("Inspector", Now))).ThenNothing();
        with.When(profile => AssignRoleHandler.Decide(profile, Sec(), new WithdrawRole("Inspector", Now)))
            .Then(new RoleWithdrawn("Inspector", Now), SecApplied, Gaps([], new ClosedGap("C21", 0, 0)));
        Assert.Empty(Given<CompetencyProfile>.That(Opened, assigned, new RoleWithdrawn("Inspector", Now)).State.Roles);
    }

    [Theory]
    [InlineData(StandardKind.Position, "SEC", 3, true)]
    [InlineData(StandardKind.Position, "SEC", 4, true)]
    [InlineData(StandardKind.Position, "SEC", 5, false)]
    [InlineData(StandardKind.Role, "SEC", 3, false)]
    [InlineData(StandardKind.Position, "CLN", 1, false)]
    public void A_profile_knows_the_editions_it_stands_on(StandardKind kind, string code, int version, bool stands) =>
        Assert.Equal(stands, Given<CompetencyProfile>.That(Opened, new StandardsApplied([new(StandardKind.Position, "SEC", 4)], Now)).State.StandsOn(new(kind, code, version)));

    [Fact]
    public void Someone_who_left_takes_no_role() =>
        Given<CompetencyProfile>.That(Opened, new ProfileClosed(Today))
            .When(profile => AssignRoleHandler.Decide(profile, Sec(), new AssignRole("Coach", Now))).ThenBroken("employee-left");

    [Fact]
    public void A_role_is_a_short_code() =>
        Given<CompetencyProfile>.That(Opened).When(profile => AssignRoleHandler.Decide(profile, Sec(), new AssignRole(new('x', 61), Now))).ThenBroken("too-long");
}
