using Training.Evaluation.Evaluations;
using static Training.Evaluation.Tests.Samples;
using TestResult = Training.Evaluation.Evaluations.TestResult;

namespace Training.Evaluation.Tests.Evaluations;

public class ResultsByEstateTests
{
    static RunEvaluation Run(int tested) => Given<RunEvaluation>.That(Opened(), new TestResultsRecorded(
        [.. People.Take(tested).Select(person => new TestResult(person.EmployeeId, 50, 90, Now, true))], Now)).State;

    [Fact]
    public void Fewer_than_five_tested_are_not_shown()
    {
        var result = Assert.Single(EstateResult.Of([Run(4)]));

        Assert.Equal((Estate.Value, 10, 9, true, 0), (result.EstateId, result.Attendees, result.Completed, result.Suppressed, result.Tests.N));
    }

    [Fact]
    public void Five_are()
    {
        var result = Assert.Single(EstateResult.Of([Run(5)]));

        Assert.Equal((false, new TestScore(5, 5, 50, 90, 0.8m, 5)), (result.Suppressed, result.Tests));
    }
}
