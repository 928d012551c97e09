using Training.Portal.Clients;

namespace Training.Portal.Tests;

public class CourseResultTests
{
    [Fact]
    public void Runs_with_too_few_answers_do_not_count_in_the_mean_reaction()
    {
        var result = Assert.Single(CourseResult.Of([Run("K03", 10, 4.0m), Run("K03", 30, 4.4m), Run("K03", 3, 0, "fewer than 5 answers")]));

        Assert.Equal((3, 4.3m, 1), (result.Runs, result.Reaction, result.Suppressed));
    }

    [Fact]
    public void Without_a_publishable_run_there_is_no_mean_reaction() =>
        Assert.Null(Assert.Single(CourseResult.Of([Run("K03", 3, 0, "fewer than 5 answers")])).Reaction);

    [Fact]
    public void The_gain_weighs_runs_by_the_people_it_is_defined_for()
    {
        var result = Assert.Single(CourseResult.Of([Run("K03", 9, 4, tests: new(10, 9, 50, 80, 0.6m, 10)), Run("K03", 9, 4, tests: new(30, 20, 50, 60, 0.2m, 30))]));

        Assert.Equal((40, 29, 0.3m), (result.Tested, result.Passed, result.Gain));
    }

    [Fact]
    public void Courses_are_apart() => Assert.Equal(["K03", "P01"], CourseResult.Of([Run("P01", 9, 4), Run("K03", 9, 4)]).Select(course => course.Code));

    static RunEvaluationView Run(string course, int answers, decimal mean, string suppressed = "", TestView? tests = null) =>
        new(Guid.NewGuid(), course, default, answers + 5, answers, new(answers, 0.5m, suppressed, mean), tests ?? new(0, 0, 0, 0, 0, 0));
}
