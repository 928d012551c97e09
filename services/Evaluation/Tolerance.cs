namespace Training.Evaluation;

/// <summary>How far ahead of the clock the days and times may lie that callers tell. Clocks differ a little; the demo plays a quarter that is still to come.</summary>
public sealed record Tolerance
{
    public TimeSpan Ahead { get; init; } = TimeSpan.FromMinutes(10);

    public DateTimeOffset LatestAt(DateTimeOffset now) => now + Ahead;
}
