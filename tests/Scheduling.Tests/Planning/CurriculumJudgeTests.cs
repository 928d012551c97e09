using Training.Benchmarks.Curriculum;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>The judge of the benchmark finds one planted mistake of each kind.</summary>
public sealed class CurriculumJudgeTests : IDisposable
{
    const string Instance = """
        Name: Small
        Courses: 3
        Rooms: 2
        Days: 2
        Periods_per_day: 3
        Curricula: 1
        Constraints: 1

        COURSES:
        A t1 2 2 30
        B t2 1 1 10
        C t1 1 1 10

        ROOMS:
        big	40
        small	20

        CURRICULA:
        q1 2 A B

        UNAVAILABILITY_CONSTRAINTS:
        C 1 2

        END.
        """;

    readonly string instance = Path.GetTempFileName();
    readonly string solution = Path.GetTempFileName();

    public CurriculumJudgeTests() => File.WriteAllText(instance, Instance);

    public void Dispose()
    {
        File.Delete(instance);
        File.Delete(solution);
    }

    CurriculumVerdict Judge(params string[] lectures)
    {
        File.WriteAllLines(solution, lectures);
        return CurriculumJudge.Judge(instance, solution);
    }

    static readonly CurriculumVerdict Clean = new(0, 0, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void Isolated_lectures_cost_two_each() => Assert.Equal(Clean with { CurriculumCompactness = 2 }, Judge("A big 0 0", "A big 1 0", "B small 0 1", "C small 0 2"));

    [Fact]
    public void A_missing_lecture() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "C small 0 2").Lectures);

    [Fact]
    public void One_lecture_too_many() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 1", "B small 1 1", "C small 0 2").Lectures);

    [Fact]
    public void Two_lectures_of_a_course_in_one_period() => Assert.Equal(1, Judge("A big 0 0", "A small 0 0", "B small 0 1", "C small 0 2").Lectures);

    [Fact]
    public void A_course_nobody_asked_for() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 1", "C small 0 2", "X small 1 2").Lectures);

    [Fact]
    public void One_curriculum_twice_in_a_period() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 0", "C small 0 2").Conflicts);

    [Fact]
    public void One_teacher_twice_in_a_period() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 1", "C small 1 0").Conflicts);

    [Fact]
    public void A_period_that_is_closed() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 1", "C small 1 2").Availability);

    [Fact]
    public void Two_lectures_in_a_room() => Assert.Equal(1, Judge("A big 0 0", "A big 1 0", "B small 0 1", "C small 0 1").RoomOccupation);

    [Fact]
    public void Students_without_a_seat() => Assert.Equal(10, Judge("A small 0 0", "A big 1 0", "B small 0 1", "C small 0 2").RoomCapacity);

    [Fact]
    public void Too_few_days() => Assert.Equal(5, Judge("A big 0 0", "A big 0 2", "B small 0 1", "C small 1 1").MinimumWorkingDays);

    [Fact]
    public void A_second_room() => Assert.Equal(1, Judge("A big 0 0", "A small 1 0", "B small 0 1", "C small 0 2").RoomStability);

    [Fact]
    public void Judge_and_planner_agree()
    {
        var problem = CurriculumFile.Read(instance);
        var result = Planner.Solve(problem, new(TimeSpan.MaxValue, 50_000), 1, ct: TestContext.Current.CancellationToken);
        CurriculumFile.Write(solution, problem, result.Plan);
        var verdict = CurriculumJudge.Judge(instance, solution);
        Assert.Equal((0, result.Cost.Soft), (verdict.Hard, verdict.Cost));
        Assert.Equal(2, verdict.Cost);
    }
}
