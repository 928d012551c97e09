using Training.Scheduling.Runs;

namespace Training.Scheduling.Tests.Runs;

public class CourseOrderTests
{
    static readonly Guid A = World.Id("a"), B = World.Id("b"), C = World.Id("c");

    [Fact]
    public void A_course_is_as_deep_as_the_longest_row_before_it() =>
        Assert.Equal([(A, 0), (B, 1), (C, 2)], CourseOrder.Depths([(C, [A, B]), (B, [A, World.Id("unknown")]), (A, [])]).OrderBy(one => one.Value).Select(one => (one.Key, one.Value)));

    [Fact]
    public void What_goes_round_in_a_circle_comes_last()
    {
        var depths = CourseOrder.Depths([(A, [B]), (B, [A]), (C, [])]);
        Assert.True(depths[C] == 0 && depths[A] == depths[B] && depths[A] > 1);
    }
}
