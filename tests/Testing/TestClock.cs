namespace Training.Testing;

/// <summary>Runs like any clock, but from a day on at which the tests' own dates are still to come.</summary>
public sealed class TestClock(DateTimeOffset from) : TimeProvider
{
    readonly TimeSpan behind = System.GetUtcNow() - from;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - behind;
}
