using Npgsql;
using Training.Contracts.Budgeting.V1;
using Training.Contracts.Scheduling.V1;

namespace Training.Backbone.Tests;

/// <summary>Nothing is published twice with another id, nothing is skipped, and what stands still says so.</summary>
[Collection("trouble")]
public sealed class OutboxTests : IAsyncLifetime
{
    static readonly (string, string)[] Quick = [("Watch:Interval", "00:00:00.3"), ("Watch:Late", "00:00:01")];

    Ground? ground;

    Ground Ground => ground ?? throw new InvalidOperationException("Not started.");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (Trouble.Make, Counting.CanRead) = ((_, _, _, _) => Task.CompletedTask, false);
        ground = await Ground.Prepare();
    }

    public async ValueTask DisposeAsync()
    {
        if (ground is not null) await ground.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_that_cannot_be_translated_stops_the_outbox_and_is_named_until_it_can()
    {
        await using var host = await CountingHost.Start(Ground, Quick);
        var (garbled, after) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Do($"/counters/{garbled}/garbled/7");
        await host.Do($"/counters/{after}/numbers/1");
        await Eventually.True(async () => await host.Ready() is ("Degraded", var why) && why.Contains($"version 1 of {garbled}", StringComparison.Ordinal) && why.Contains("Facts wait", StringComparison.Ordinal), "the fact is named");
        Assert.Empty(await host.Heard(after, "single"));

        Counting.CanRead = true;
        await Eventually.True(async () => await host.Heard(garbled, "single") is [7] && await host.Heard(after, "single") is [1], "the outbox goes on by itself");
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "the service is healthy again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_broker_takes_nothing_or_is_away_commands_are_accepted_and_afterwards_everything_goes_out(bool away)
    {
        var (link, address) = Link.To(Ground.Bus);
        await using var held = link;
        await using var host = await CountingHost.Start(Ground, [.. Quick, ("ConnectionStrings:bus", address)]);
        Guid[] counters = [.. Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7())];
        link.Set(away ? LinkState.Cut : LinkState.HalfOpen);
        foreach (var counter in counters) await host.Do($"/counters/{counter}/numbers/1");
        await Eventually.True(async () => await host.Ready() is ("Degraded", var why) && why.Contains("Facts wait", StringComparison.Ordinal), "the service says that facts wait");
        if (away) await Eventually.True(async () => (await host.Ready()).Why.Contains("broker can't be reached", StringComparison.Ordinal), "and that the broker is away");
        link.Set(LinkState.Open);
        foreach (var counter in counters)
            await Eventually.True(async () => await host.Heard(counter, "single") is [1], "the number is heard", TimeSpan.FromSeconds(60));
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "the service is healthy again", TimeSpan.FromSeconds(60));
    }

    /// <summary>The client then forgets who else wants the channel, so those would wait for ever.</summary>
    [Fact]
    public async Task Queues_whose_connection_is_lost_while_they_are_declared_are_declared_again()
    {
        var (link, address) = Link.To(Ground.Bus);
        await using var held = link;
        var lost = link.CutAtDeclaration();
        var starting = CountingHost.Start(Ground, [.. Quick, ("ConnectionStrings:bus", address)]);
        await lost.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        link.Set(LinkState.Open);
        await using var host = await starting;
        var counter = Guid.CreateVersion7();
        await host.Do($"/counters/{counter}/numbers/1");
        await Eventually.True(async () => await host.Heard(counter, "single") is [1] && await host.Heard(counter, "batch") is [1], "the number is heard");
    }

    /// <summary>
    /// The client tells the channels of a lost connection of its end one after the other, and waits at each for what is in hand: for a handler that is held back, and
    /// for acknowledgements nobody sends any more, once there are more than it keeps.
    /// </summary>
    [Theory]
    [InlineData("single", "batch")]
    [InlineData("batch", "single")]
    public async Task What_is_in_hand_when_the_connection_is_lost_holds_up_neither_the_outbox_nor_other_queues(string held, string freed)
    {
        var (link, address) = Link.To(Ground.Bus);
        await using var cut = link;
        await using var host = await CountingHost.Start(Ground, [.. Quick, ("ConnectionStrings:bus", address)]);
        var (slow, after) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Guid[] many = [.. Enumerable.Range(0, 300).Select(_ => Guid.CreateVersion7())];
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), free = new(TaskCreationOptions.RunContinuationsAsynchronously), done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        Trouble.Make = (consumer, counter, _, _) =>
        {
            if (consumer == held && counter == slow) begun.TrySetResult();
            else if (consumer == freed && counter != slow) Interlocked.Increment(ref waiting);
            return consumer == held && counter == slow ? done.Task : consumer == freed && counter != slow ? free.Task : Task.CompletedTask;
        };
        await host.Do($"/counters/{slow}/numbers/1");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await Parallel.ForEachAsync(many, Ct, async (counter, _) => await host.Do($"/counters/{counter}/numbers/1"));
        await Eventually.True(() => Task.FromResult(waiting > 0), "the others are in hand");
        link.Set(LinkState.Cut);
        free.SetResult();
        link.Set(LinkState.Open);
        await host.Do($"/counters/{after}/numbers/1");
        await Eventually.True(async () => await host.Heard(after, freed) is [1], "what comes afterwards is published and heard", TimeSpan.FromSeconds(40));
        done.SetResult();
        foreach (var counter in (Guid[])[slow, .. many])
            foreach (var kind in (string[])["single", "batch"])
                await Eventually.True(async () => await host.Heard(counter, kind) is [1], "what was in hand has its effect once", TimeSpan.FromSeconds(40));
    }

    /// <summary>As after a commit that the store made and could not acknowledge.</summary>
    [Fact]
    public async Task An_outbox_whose_progress_was_moved_goes_on_from_there_by_itself()
    {
        await using var host = await CountingHost.Start(Ground, Quick);
        Guid[] counters = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        await host.Do($"/counters/{counters[0]}/numbers/1");
        await Eventually.True(async () => await host.Heard(counters[0], "single") is [1], "the first number is heard");

        await using (var connection = new NpgsqlConnection(Ground.Store))
        {
            await connection.OpenAsync(Ct);
            await using var moved = new NpgsqlCommand("update mt_event_progression set last_seq_id = last_seq_id - 1 where name like 'outbox:%'", connection);
            Assert.Equal(1, await moved.ExecuteNonQueryAsync(Ct));
        }
        await host.Do($"/counters/{counters[1]}/numbers/1");
        foreach (var counter in counters) await Eventually.True(async () => await host.Heard(counter, "single") is [1], "every number is heard once", TimeSpan.FromSeconds(60));
        await Eventually.True(async () => (await host.Ready()).Status == "Healthy", "the service is healthy again", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task When_the_leader_dies_the_standby_goes_on_and_nothing_is_lost_or_published_under_another_id()
    {
        (string, string)[] settings = [("ConnectionStrings:store", Ground.Store), ("ConnectionStrings:bus", Ground.Bus), ("Auth:PublicKeyFile", Ground.PublicKeyFile), ("Daemon", "HotCold")];
        await using var probe = await Probe.Start(Ground.Bus);
        await using var leader = await ServiceProcess.Start("Budgeting", settings);
        await probe.Publish(Request(Guid.CreateVersion7()), Guid.CreateVersion7());
        await Eventually.True(() => Task.FromResult(probe.Received<FundsDeclined>().Count == 1), "the leader publishes", TimeSpan.FromSeconds(60));
        await using var standby = await ServiceProcess.Start("Budgeting", settings);

        Guid[] runs = [.. Enumerable.Range(0, 300).Select(_ => Guid.CreateVersion7())];
        foreach (var run in runs[..100]) await probe.Publish(Request(run), run);
        var asking = Task.Run(async () => { foreach (var run in runs[100..]) await probe.Publish(Request(run), run); }, Ct);
        await leader.Kill();
        await asking;

        await Eventually.True(() => Task.FromResult(runs.Except(probe.Received<FundsDeclined>().Select(answer => answer.RunId)).Any() == false), "every run has its answer", TimeSpan.FromSeconds(90));
        Assert.All(probe.Deliveries<FundsDeclined>().GroupBy(answer => answer.Message.RunId), answers => Assert.Single(answers.Select(answer => answer.Id).Distinct()));

        static FundingRequested Request(Guid run) => new()
        {
            RunId = run, CourseCode = "S02", FundCategory = "FC2", LegalEntity = "YL-HZ", Quarter = "2027Q1", FrontLine = true, Learners = 20, Amount = 10, Currency = "CNY",
        };
    }
}
