using System.Diagnostics;
using Training.Foundation;

namespace Training.Backbone.Tests;

public class PublishLimitTests
{
    /// <summary>RabbitMQ.Client may wait for a confirm for ever, whatever its token says; outbox, digests and messages sent again all publish within this limit.</summary>
    [Fact]
    public async Task What_is_never_confirmed_is_given_up_at_the_limit()
    {
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Outbox.Limited(_ => new TaskCompletionSource().Task, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.True(watch.Elapsed >= Outbox.PublishLimit - TimeSpan.FromSeconds(1), $"given up after {watch.Elapsed}");
    }
}
