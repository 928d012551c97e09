using CsCheck;
using Training.Scheduling.Runs;
using static Training.Scheduling.Runs.PlanRunHandler;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Runs;

public class PlanRunsTests
{
    static Learner[] Many(int count) => [.. Enumerable.Range(1, count).Select(Of)];

    [Fact]
    public void A_run_is_planned_once()
    {
        var command = new PlanRun(Run, Offer(), Three, Now);
        GivenNothing.When(() => Decide(null, command)).Then(Planned());
        Given<CourseRun>.That(Planned()).When(run => Decide(run, command)).ThenNothing();
    }

    [Theory]
    [InlineData(60, new[] { 30, 30 })]
    [InlineData(61, new[] { 21, 20, 20 })]
    [InlineData(5, new[] { 5 })]
    [InlineData(0, new int[0])]
    public void Groups_are_even_and_no_larger_than_the_course_takes(int learners, int[] sizes) =>
        Assert.Equal(sizes, Groups(Course with { MinLearners = 10, MaxLearners = 30 }, Many(learners)).Select(group => group.Length));

    [Fact]
    public void A_group_too_small_to_be_held_is_not_made() =>
        Assert.Equal([12], Groups(Course with { MinLearners = 10, MaxLearners = 12 }, Many(13)).Select(group => group.Length));

    [Fact]
    public void Learning_on_the_job_stays_on_the_estate_where_it_can()
    {
        var course = Course with { Mode = "OJT", MinLearners = 2, MaxLearners = 4 };
        Learner[] learners = [Of(1), Of(2), Of(3) with { EstateId = OtherEstate }, Of(4)];
        var groups = Groups(course, learners);
        Assert.Equal([[Of(1), Of(2), Of(4)], [learners[2]]], groups.Select(group => group.AsEnumerable()));
    }

    [Fact]
    public void Nobody_is_lost_or_twice_and_sizes_differ_by_one_at_most() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 15], Gen.Int[0, 30]).Sample((count, min, more) =>
    {
        var groups = Groups(Course with { MinLearners = min, MaxLearners = min + more }, Many(count));
        var all = groups.SelectMany(group => group).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(groups, group => Assert.InRange(group.Length, Math.Min(min, count), min + more));
        Assert.InRange(groups.Max(group => group.Length) - groups.Min(group => group.Length), 0, 1);
        Assert.Equal(Many(all.Count), all);
    });

    [Theory]
    [InlineData(90, 1, 90)]
    [InlineData(100, 1, 120)]
    [InlineData(480, 1, 480)]
    [InlineData(960, 2, 480)]
    [InlineData(540, 2, 270)]
    [InlineData(1440, 3, 480)]
    public void Long_courses_are_cut_into_days_of_eight_hours(int minutes, int sessions, int each) => Assert.Equal((sessions, each), Split(minutes));
}
