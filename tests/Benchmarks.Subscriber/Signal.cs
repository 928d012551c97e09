namespace Training.Subscriber;

/// <summary>What every benchmark stores and sends. <paramref name="SentAt"/>: when the command was due, in ticks of the machine's monotonic clock, 20 digits.</summary>
public sealed record Signal(string SentAt, string Estate, int Household, string Channel, string Text);

/// <summary>A signal told to a subscriber that handles them one by one.</summary>
public sealed record SignalNoted
{
    public required Signal Body { get; init; }
}

/// <summary>A signal told to a subscriber that handles them in batches.</summary>
public sealed record SignalListed
{
    public required Signal Body { get; init; }
}

/// <summary>What a subscriber stores of a signal, in the transaction of its inbox.</summary>
public sealed class SignalEffect
{
    public Guid Id { get; set; }
    public string SentAt { get; set; } = "";
}
