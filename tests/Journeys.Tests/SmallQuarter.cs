using System.Collections.Concurrent;
using Training.Demo;

namespace Training.Journeys.Tests;

/// <summary>A platform on which the demo of two estates has run.</summary>
public sealed class SmallQuarter : IAsyncLifetime
{
    public const int Estates = 2;

    readonly ConcurrentQueue<string> lines = [];
    IReadOnlyList<Answer> answers = [];

    public PlatformHost Platform { get; } = new();
    public IReadOnlyList<Answer> Answers => answers;
    public IEnumerable<string> Lines => lines;

    public async ValueTask InitializeAsync()
    {
        await Platform.InitializeAsync();
        answers = await Drive(Platform, lines.Enqueue);
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>Drives the quarter; a failure says what went before it and what the services logged.</summary>
    public static async Task<IReadOnlyList<Answer>> Drive(PlatformHost platform, Action<string> say)
    {
        ConcurrentQueue<string> told = [];
        try
        {
            return await QuarterRun.Drive(platform.Options(Estates), TimeProvider.System, line => { told.Enqueue(line); say(line); }, TestContext.Current.CancellationToken);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{string.Join('\n', told)}\n{platform.Logs()}", exception);
        }
    }
}

/// <summary>One quarter serves all classes that only look at it, or leave it as it was.</summary>
[CollectionDefinition]
public class AfterAQuarter : ICollectionFixture<SmallQuarter>;
