using System.Diagnostics;
using Xunit;

namespace Training.Testing;

/// <summary>Waits for an outcome, not for luck: asks again until it is there, and fails with what was missing after the limit.</summary>
public static class Eventually
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task True(Func<Task<bool>> condition, string what, TimeSpan? limit = null) =>
        Some(async () => await condition() ? what : null, what, limit);

    /// <summary>Asks until the answer is not null.</summary>
    public static async Task<T> Some<T>(Func<Task<T?>> ask, string what, TimeSpan? limit = null) where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer) return answer;
            if (watch.Elapsed > (limit ?? Limit)) Assert.Fail($"Not within {limit ?? Limit}: {what}.");
            await Task.Delay(20);
        }
    }
}
