using Training.Catalogue.Reviews;
using static Training.Catalogue.Tests.CatalogueFacts;

namespace Training.Catalogue.Tests.Reviews;

public class CoverageTests
{
    static readonly ReferenceGroup Group = ReferenceGroup.Load();
    static readonly Dictionary<string, int> Guards = new() { ["SEC"] = 10 };

    static KnownStandard Asks(int level, string code = "SEC", bool ofPosition = true, string competency = "C13") =>
        new($"{code}", ofPosition, code, 1, new Dictionary<string, int> { [competency] = level });

    [Fact]
    public void The_reference_curriculum_serves_237_of_408_steps()
    {
        var coverage = Coverage.Of(Group.PositionStandards(), Group.Published(), Group.Heads);

        Assert.Equal((408, 237), (coverage.Steps, coverage.Served));
        Assert.Equal(0.5809m, coverage.Share);
        Assert.Equal(0.7988m, coverage.ShareByHeads);
        Assert.Equal(171, coverage.Holes.Count);
        Assert.Equal(
            [new("SEC", "C03", 3, 2_120), new("SEC", "C15", 2, 2_120), new("CLN", "C04", 3, 1_634), new("CLN", "C12", 2, 1_634)], coverage.Holes.Take(4));
        Assert.Superset(
            new HashSet<Hole> { new("ENG", "C09", 2, 570), new("ENG", "C10", 2, 570), new("ENG", "C16", 2, 570), new("GRD", "C11", 3, 720) }, coverage.Holes.ToHashSet());
    }

    [Fact]
    public void The_reference_curriculum_aims_24_times_above_the_requirement()
    {
        var alone = Coverage.Of(Group.PositionStandards(), Group.Published(), Group.Heads);
        Assert.Equal(24, alone.OverTraining.Count);
        Assert.Empty(alone.ForRoles);
        Assert.All<(string, string)>([("P08", "STW"), ("K25", "MON"), ("P13", "CLN")], pair => Assert.Contains(alone.OverTraining, step => (step.CourseCode, step.PositionCode) == pair));

        var withRoles = Coverage.Of([.. Group.PositionStandards(), .. Group.RoleStandards()], Group.Published(), Group.Heads);
        Assert.Equal(11, withRoles.OverTraining.Count);
        Assert.Equal(13, withRoles.ForRoles.Count);
        Assert.Equal(["Inspector"], withRoles.ForRoles.First(step => step is { CourseCode: "P09", PositionCode: "SUP" }).AskedByRoles);
        Assert.Equal((alone.Steps, alone.Served), (withRoles.Steps, withRoles.Served));
    }

    [Fact]
    public void A_step_is_served_from_below_up_to_where_the_course_ends()
    {
        var coverage = Coverage.Of([Asks(5)], [Course("K05", Content with { Steps = [new("C13", 2, 4)] })], Guards);

        Assert.Equal((4, 2), (coverage.Steps, coverage.Served));
        Assert.Equal([2, 5], coverage.Holes.Select(hole => hole.Level));
    }

    [Fact]
    public void Only_live_courses_for_the_position_serve_it()
    {
        Assert.Equal(0, Coverage.Of([Asks(4)], [Course("K05") with { Retired = true }], Guards).Served);
        Assert.Equal(0, Coverage.Of([Asks(4)], [Course("K05", Content with { Audience = [new("MON", 1)] })], Guards).Served);
        Assert.Equal(1, Coverage.Of([Asks(4)], [Course("K05")], Guards).Served);
    }

    [Fact]
    public void Level_one_needs_no_course_and_nothing_is_not_covered()
    {
        Assert.Equal(0, Coverage.Of([Asks(1)], [], Guards).Steps);
        Assert.Equal((0, 0m, 0m), (Coverage.Of([], [], Guards) is var none ? none.Steps : -1, none.Share, none.ShareByHeads));
    }
}
