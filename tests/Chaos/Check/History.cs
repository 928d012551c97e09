using System.Text.Json;
using Training.Chaos.Ground;
using Training.Chaos.Load;
using Training.Foundation;

namespace Training.Chaos.Check;

/// <summary>What a fact is published as; <c>Contract</c> is the name of its exchange.</summary>
sealed record Message(string Contract, JsonElement Body);

/// <summary>A fact as a service stored it. <c>Causation</c> is the message that led to it, empty where a person did.</summary>
sealed record StoredFact(
    string Service, long Sequence, Guid Id, Guid Stream, long Version, string Tenant, string Type, string Correlation, string Causation, string Actor, JsonElement Data, Message? Published)
{
    public override string ToString() => $"{Service} {Type} v{Version} of {Stream} ({Tenant})";
}

sealed record StreamHead(string Service, Guid Stream, string Tenant, long Version);

/// <summary>How far a queue has followed a stream; of the latest versions, which it had.</summary>
sealed record Mark(string Service, string Tenant, string Queue, Guid Stream, long Seen, bool Parked, long[] Recent)
{
    public bool Lacks(long version) => !Recent.Contains(version) && (version > Seen || Recent.Length < Watermark.Remembered || version > Recent[0]);
}

/// <summary>A document, kept by a service about something of another.</summary>
sealed record Kept(string Service, string Document, string Tenant, string Id, JsonElement Data);

sealed record ParkedLetter(string Service, string Tenant, string Queue, Guid Stream, string Reason);

/// <summary>What a read API said, by service and path; nothing when it knows of nothing there.</summary>
sealed record Answer(string Service, string Path, string Tenant, JsonElement? Body);

/// <summary>Everything the checker judges: what was asked, what is stored, and what is published to whom.</summary>
sealed record History(
    IReadOnlyList<Order> Orders, IReadOnlyList<StoredFact> Facts, IReadOnlyList<StreamHead> Streams, IReadOnlyList<Mark> Marks, IReadOnlyList<Kept> Documents,
    IReadOnlyList<ParkedLetter> Parked, IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<Answer> Answers, IReadOnlyList<QueueState> Queues,
    IReadOnlyCollection<string> Stood, IReadOnlyList<Letter> Injected, IReadOnlyList<Letter> Poison);

/// <summary>A broken promise.</summary>
enum Breach { Lost, Doubled, Disorder, Tenant, Money, Answer, Unsettled, Stood, Late, Broken }

sealed record Violation(Breach Breach, string Text);
