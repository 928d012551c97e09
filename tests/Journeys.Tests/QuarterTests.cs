namespace Training.Journeys.Tests;

[Collection<AfterAQuarter>]
public class QuarterTests(SmallQuarter quarter)
{
    [Fact]
    public void Every_planted_answer_comes_back()
    {
        Assert.True(quarter.Answers.Count > 15, string.Join('\n', quarter.Lines));
        Assert.All(quarter.Answers, answer => Assert.True(answer.Ok, $"{answer}\n{string.Join('\n', quarter.Lines)}"));
    }
}
