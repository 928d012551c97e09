using System.Globalization;
using Marten;
using Marten.Services;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>When effects were committed, beside when their commands were due.</summary>
sealed class Effects : DocumentSessionListenerBase
{
    readonly List<Effect> effects = [];

    public int Count { get { lock (effects) return effects.Count; } }

    public Effect[] All { get { lock (effects) return [.. effects]; } }

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        Add([.. commit.Inserted.OfType<SignalEffect>().Select(effect => effect.SentAt)]);
        return Task.CompletedTask;
    }

    public void Add(IReadOnlyList<string> sentAt)
    {
        var now = Clock.Now;
        lock (effects) effects.AddRange(sentAt.Select(text => new Effect(long.Parse(text, CultureInfo.InvariantCulture), now)));
    }
}

/// <summary>In ticks of the monotonic clock.</summary>
sealed record Effect(long DueAt, long CommittedAt)
{
    public double Ms => Clock.Ms(CommittedAt - DueAt);
}
