using System.Collections.Immutable;
using JasperFx.Events;
using Marten;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>Understands some types of HR messages. Lives in the file of the use case it triggers.</summary>
public interface IHrConsumer
{
    /// <summary>Without the common prefix.</summary>
    IReadOnlyList<string> Types { get; }

    HrWork Read(HrMessage message);
}

/// <summary>Names of what messages bring and wait for.</summary>
public static class HrKey
{
    public static string Estate(string orgUnitId) => $"estate:{orgUnitId}";
    public static string Employment(string employmentId) => $"employment:{employmentId}";
    public static string Person(string personId) => $"person:{personId}";
}

/// <summary>The message is sound but builds on something that hasn't arrived; it waits for one of these keys.</summary>
public sealed class NotKnownYet(string code, string message, params IEnumerable<string> waitsFor) : Exception(message)
{
    public string Code { get; } = code;
    public ImmutableArray<string> WaitsFor { get; } = [.. waitsFor];
}

/// <summary>A decision on one stream, with what must be loaded for it.</summary>
public abstract class HrWork(Guid stream)
{
    public Guid Stream { get; } = stream;

    /// <summary>Organisation units and employments the decision asks for.</summary>
    public ImmutableArray<string> Estates { get; init; } = [];
    public ImmutableArray<string> Employments { get; init; } = [];

    /// <summary>What others may have waited for.</summary>
    public ImmutableArray<string> Provides { get; init; } = [];

    /// <summary>Stored when the decision is taken.</summary>
    public ImmutableArray<object> Documents { get; init; } = [];

    public IEnumerable<string> Needs => [.. Estates.Select(HrKey.Estate), .. Employments.Select(HrKey.Employment)];

    /// <summary>Opens the streams of all pieces of work on the same kind of stream in one round trip.</summary>
    internal abstract Task Open(IDocumentSession session, IReadOnlyList<HrWork> alike, CancellationToken ct);
    internal abstract IFact[] Decide(Known known);
    internal abstract void Append(IEnumerable<IEvent> facts);
}

/// <inheritdoc/>
public sealed class HrWork<T>(Guid stream, Func<T?, Known, IFact[]> decide) : HrWork(stream) where T : class
{
    IEventStream<T>? opened;

    IEventStream<T> Opened => opened ?? throw new InvalidOperationException("The stream isn't open.");

    internal override async Task Open(IDocumentSession session, IReadOnlyList<HrWork> alike, CancellationToken ct)
    {
        var streams = await session.Events.FetchManyForWriting<T>([.. alike.Select(work => work.Stream)], ct);
        foreach (var (work, found) in alike.Cast<HrWork<T>>().Zip(streams)) work.opened = found;
    }

    internal override IFact[] Decide(Known known) => decide(Opened.Aggregate, known);

    internal override void Append(IEnumerable<IEvent> facts) => Opened.AppendMany(facts);
}
