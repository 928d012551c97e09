using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

public enum QuarantineState { Waiting, Redriven, Discarded }

public interface IQuarantineFact : IFact;
/// <param name="QuarantineId">The entry.</param>
/// <param name="Source">Empty, like <c>EventId</c> and <c>Type</c>, when the body could not be read.</param>
/// <param name="EventId">CloudEvent id.</param>
/// <param name="Type">CloudEvent type without the common prefix.</param>
/// <param name="Code">Stable kebab-case code of the reason.</param>
/// <param name="Reason">What a person can do about it.</param>
/// <param name="WaitsFor">What lets the message through by itself once it arrives.</param>
/// <param name="At">When.</param>
public record MessageQuarantined(
    Guid QuarantineId, string Source, string EventId, string Type, string Code, string Reason, ImmutableArray<string> WaitsFor, DateTimeOffset At) : IQuarantineFact;
public record MessageRedriven(string By, bool Corrected, DateTimeOffset At) : IQuarantineFact;
public record MessageDiscarded(string By, string Reason, DateTimeOffset At) : IQuarantineFact;

/// <summary>A message nobody could act on. Its body is kept apart from the facts, because it may hold personal data.</summary>
public partial record QuarantinedMessage(
    Guid Id, string Source, string EventId, string Type, string Code, string Reason, ImmutableArray<string> WaitsFor, DateTimeOffset ReceivedAt,
    QuarantineState State, string ClosedBy, string ClosedBecause)
{
    /// <summary>Gets through by itself when what it waits for arrives.</summary>
    public bool Waits => State == QuarantineState.Waiting && !WaitsFor.IsEmpty;

    public static QuarantinedMessage Create(MessageQuarantined e) =>
        new(e.QuarantineId, e.Source, e.EventId, e.Type, e.Code, e.Reason, e.WaitsFor, e.At, QuarantineState.Waiting, "", "");
    public QuarantinedMessage Apply(MessageQuarantined e) => this with { Code = e.Code, Reason = e.Reason, WaitsFor = e.WaitsFor };
    public QuarantinedMessage Apply(MessageRedriven e) => this with { State = QuarantineState.Redriven, ClosedBy = e.By };
    public QuarantinedMessage Apply(MessageDiscarded e) => this with { State = QuarantineState.Discarded, ClosedBy = e.By, ClosedBecause = e.Reason };
}

/// <summary>The bytes of a quarantined message as they came, and the key they came with.</summary>
public record QuarantinedBody(Guid Id, byte[] Body, string TraceParent);
