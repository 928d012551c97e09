using System.Collections.Immutable;

namespace Training.Workforce.HrEdge;

public record Quarantine(Guid QuarantineId, string Source, string EventId, string Type, string Code, string Reason, ImmutableArray<string> WaitsFor, DateTimeOffset At);

public static class QuarantineHandler
{
    /// <summary>The same message again, for the same reason, adds nothing; what somebody discarded stays discarded.</summary>
    public static IQuarantineFact[] Decide(QuarantinedMessage? entry, Quarantine command) =>
        entry is { State: not QuarantineState.Waiting } || (entry?.Code, entry?.Reason) == (command.Code, command.Reason) ? []
        : [new MessageQuarantined(
            command.QuarantineId, command.Source, command.EventId, command.Type, command.Code, command.Reason, command.WaitsFor, command.At)];
}
