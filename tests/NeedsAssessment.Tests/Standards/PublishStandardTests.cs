using System.Collections.Immutable;
using Training.NeedsAssessment.Standards;
using static Training.NeedsAssessment.Standards.PublishStandardHandler;
using static Training.NeedsAssessment.Tests.ProfileFacts;

namespace Training.NeedsAssessment.Tests.Standards;

public class PublishStandardTests
{
    static PublishStandard Command(params ImmutableArray<RequiredLevel> required) => new(StandardKind.Position, "SEC", required, Now);

    static readonly CompetencyStandardPublished First = new(StandardKind.Position, "SEC", 1, [C13, C14], Now);

    [Fact]
    public void The_first_standard_is_version_1() => GivenNothing.When(() => Decide(null, Command(C14, C13))).Then(First);

    [Fact]
    public void The_same_content_in_another_order_is_no_new_version() =>
        Given<CompetencyStandard>.That(First).When(standard => Decide(standard, Command(C14, C13))).ThenNothing();

    [Fact]
    public void Changed_content_is_a_new_version() =>
        Given<CompetencyStandard>.That(First).When(standard => Decide(standard, Command(C13)))
            .Then(new CompetencyStandardPublished(StandardKind.Position, "SEC", 2, [C13], Now));

    [Fact]
    public void What_was_published_last_counts() =>
        Given<CompetencyStandard>.That(First, First with { Version = 2, Requirements = [C13] }).When(standard => Decide(standard, Command(C13, C14)))
            .Then(First with { Version = 3 });

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Levels_lie_between_1_and_5(int level) => GivenNothing.When(() => Decide(null, Command(C13 with { Level = level }))).ThenBroken("level-out-of-range");

    [Fact]
    public void Criticality_has_three_values() => GivenNothing.When(() => Decide(null, Command(C13 with { Criticality = 1.2m }))).ThenBroken("criticality-unknown");

    [Fact]
    public void A_weight_is_positive() => GivenNothing.When(() => Decide(null, Command(C13 with { Weight = 0 }))).ThenBroken("weight-not-positive");

    [Fact]
    public void Codes_are_short()
    {
        GivenNothing.When(() => Decide(null, Command(C13 with { CompetencyCode = new('x', 61) }))).ThenBroken("too-long");
        GivenNothing.When(() => Decide(null, Command(C13) with { Code = new('x', 61) })).ThenBroken("too-long");
    }

    [Fact]
    public void A_competency_is_required_once() => GivenNothing.When(() => Decide(null, Command(C13, C13 with { Level = 2 }))).ThenBroken("competency-twice");

    [Fact]
    public void The_highest_of_position_and_roles_counts()
    {
        var book = Book(
            Standard(StandardKind.Position, "SEC", 3, C13 with { Level = 4 }, C21 with { Level = 3 }),
            Standard(StandardKind.Role, "Inspector", 1, C21 with { Level = 5 }), Standard(StandardKind.Role, "Coach", 2, C21 with { Level = 2 }));

        var both = book.For("SEC", ["Inspector", "Coach"]);

        Assert.Equal((4, 5, 0), (both.LevelOf("C13"), both.LevelOf("C21"), both.LevelOf("C14")));
        Assert.Equal([new(StandardKind.Position, "SEC", 3), new(StandardKind.Role, "Coach", 2), new(StandardKind.Role, "Inspector", 1)], both.Versions.AsEnumerable());
        Assert.Equal(3, book.For("SEC", []).LevelOf("C21"));
        Assert.Empty(book.For("CLN", []).Requirements);
    }
}
