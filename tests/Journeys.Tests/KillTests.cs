namespace Training.Journeys.Tests;

/// <summary>A service that dies in the middle of the quarter, and comes back, changes no number.</summary>
[Collection<AfterAQuarter>]
public class KillTests(SmallQuarter undisturbed)
{
    [Theory]
    [InlineData("Budgeting", "plan drafted")]
    [InlineData("Scheduling", "calendar")]
    public async Task A_killed_service_changes_no_answer(string service, string after)
    {
        await using var platform = new PlatformHost();
        await platform.InitializeAsync();
        var restarted = Task.CompletedTask;

        var answers = await SmallQuarter.Drive(platform, line =>
        {
            if (line.Contains($" {after}:", StringComparison.Ordinal)) restarted = KillAndRestart(platform, service);
        });

        await restarted;
        Assert.NotSame(Task.CompletedTask, restarted);
        Assert.All(answers, answer => Assert.True(answer.Ok, answer.ToString()));
        Assert.Equal(undisturbed.Answers, answers);
    }

    static async Task KillAndRestart(PlatformHost platform, string service)
    {
        // The next step has begun and is under way.
        await Task.Delay(300);
        await platform.Kill(service);
        await platform.Restart(service);
    }
}
