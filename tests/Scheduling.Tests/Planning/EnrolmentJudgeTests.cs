using Training.Benchmarks.Enrolment;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>The judge of the benchmark finds one planted mistake of each kind.</summary>
public sealed class EnrolmentJudgeTests : IDisposable
{
    readonly string instance = Path.GetTempFileName();
    readonly string solution = Path.GetTempFileName();

    /// <summary>
    /// Four events, two rooms, one feature, three learners: the first attends all, the others the first and the second. The last event needs the feature.
    /// </summary>
    public EnrolmentJudgeTests()
    {
        int[] open = [.. Enumerable.Repeat(1, 45)];
        open[44] = 0;
        File.WriteAllText(instance, string.Join('\n', ((int[])
        [
            4, 2, 1, 3,
            3, 1,
            1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0,
            1, 0,
            0, 0, 0, 1,
            .. open, .. open, .. open, .. open,
            0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ]).Select(number => $"{number}")));
    }

    public void Dispose()
    {
        File.Delete(instance);
        File.Delete(solution);
    }

    EnrolmentVerdict Judge(params string[] events)
    {
        File.WriteAllLines(solution, events);
        return EnrolmentJudge.Judge(instance, solution);
    }

    static readonly EnrolmentVerdict Clean = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void A_clean_solution() => Assert.Equal(Clean, Judge("0 0", "1 0", "9 1", "11 0"));

    [Fact]
    public void Events_not_held_are_the_distance_to_feasibility() => Assert.Equal(3 + 3, Judge("-1 -1", "-1 -1", "9 1", "11 0").Distance);

    [Fact]
    public void A_learner_in_two_places() => Assert.Equal(1, Judge("0 0", "1 0", "11 1", "11 0").Conflicts);

    [Fact]
    public void A_room_too_small_and_one_without_the_feature()
    {
        Assert.Equal(1, Judge("0 1", "1 0", "9 1", "11 0").Unsuitable);
        Assert.Equal(1, Judge("0 0", "1 0", "9 1", "11 1").Unsuitable);
    }

    [Fact]
    public void Two_events_in_a_room() => Assert.Equal(1, Judge("0 0", "1 0", "11 0", "11 0").RoomClashes);

    [Fact]
    public void A_slot_that_is_closed() => Assert.Equal(1, Judge("0 0", "1 0", "9 1", "44 0").Unavailable);

    [Fact]
    public void Events_out_of_order() => Assert.Equal(1, Judge("1 0", "0 0", "9 1", "11 0").OutOfOrder);

    [Fact]
    public void The_last_slot_of_a_day() => Assert.Equal(3, Judge("7 0", "8 0", "9 1", "11 0").LastSlot);

    [Fact]
    public void More_than_two_in_a_row() => Assert.Equal(2, Judge("0 0", "1 0", "2 1", "3 0").LongRows);

    [Fact]
    public void One_event_on_a_day() => Assert.Equal(1, Judge("0 0", "1 0", "2 1", "11 0").LoneEvents);

    [Fact]
    public void Judge_and_planner_agree()
    {
        var problem = EnrolmentFile.Read(instance);
        var result = Planner.Solve(problem, new(TimeSpan.MaxValue, 50_000), 1, ct: TestContext.Current.CancellationToken);
        EnrolmentFile.Write(solution, problem, result.Plan);
        var verdict = EnrolmentJudge.Judge(instance, solution);
        Assert.Equal((0, 0, 0), (verdict.Distance, verdict.Hard, verdict.Cost));
        Assert.Equal(0, result.Cost.Soft);
    }
}
