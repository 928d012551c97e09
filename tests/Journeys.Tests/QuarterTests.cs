namespace Training.Journeys.Tests;

public class QuarterTests(SmallQuarter quarter) : IClassFixture<SmallQuarter>
{
    [Fact]
    public void Every_planted_answer_comes_back()
    {
        Assert.True(quarter.Answers.Count > 15, string.Join('\n', quarter.Lines));
        Assert.All(quarter.Answers, answer => Assert.True(answer.Ok, $"{answer}\n{string.Join('\n', quarter.Lines)}"));
    }
}
