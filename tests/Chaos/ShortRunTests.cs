namespace Training.Chaos;

/// <summary>A minute of everything that fits into it. The long run is a command; see docs/reliability.md.</summary>
public class ShortRunTests
{
    [Fact]
    public async Task A_minute_of_faults_loses_nothing_doubles_nothing_and_keeps_every_order()
    {
        var run = await ChaosRun.Go(new(Seed: 7, TimeSpan.FromSeconds(65), Shorter: true), TestContext.Current.SendDiagnosticMessage, TestContext.Current.CancellationToken);

        Assert.True(run.Violations.Count == 0, Report.Of(run));
        Assert.True(run.Orders.Count > 300, Report.Of(run));
        Assert.True(run.Faults.Count >= 4, Report.Of(run));
        Assert.DoesNotContain(run.Faults, fault => fault.Failed);
        Assert.Contains(run.History.Facts, fact => fact is { Service: "Budgeting", Type: "funds_reserved" });
    }
}
