using Marten;
using MassTransit;
using Training.Contracts.Evaluation.V1;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

/// <summary>An inspection finding as Evaluation told of it.</summary>
public record KnownFinding(Guid Id, Guid EstateId, string Severity, string Cause, string CompetencyCode, DateOnly FoundOn, bool Verified)
{
    /// <summary>1 minor, 2 major, 3 critical.</summary>
    public int SeverityLevel() => Severity switch { "critical" => 3, "major" => 2, _ => 1 };
}

/// <summary>Keeps the open findings that training may answer; those with another cause stay with Evaluation.</summary>
sealed class FindingConsumer(IDocumentSession session) : IConsumer<FindingRecorded>, IConsumer<FindingVerified>
{
    public Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var message = context.Message;
        session.Store(new KnownFinding(
            message.FindingId, message.EstateId, message.Severity, message.Cause, message.CompetencyCode, message.FoundOn, Verified: false));
        return Task.CompletedTask;
    }

    public async Task Consume(ConsumeContext<FindingVerified> context)
    {
        var id = context.Message.FindingId;
        session.Store(await session.LoadAsync<KnownFinding>(id, context.CancellationToken) is { } finding
            ? finding with { Verified = true }
            : throw new Missing("Finding", id));
    }
}
