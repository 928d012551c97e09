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
sealed class FindingConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<FindingRecorded>, IConsumer<FindingVerified>, IConsumer<FindingRecurred>
{
    public Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var message = context.Message;
        session.Store(new KnownFinding(
            message.FindingId, message.EstateId, message.Severity, message.Cause, message.CompetencyCode, message.FoundOn, Verified: false));
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<FindingVerified> context) => Verified(context.Message.FindingId, true, context.CancellationToken);

    public async Task Consume(ConsumeContext<FindingRecurred> context)
    {
        var (command, ct) = (new AnswerAgain(context.Message.FindingId, clock.GetUtcNow()), context.CancellationToken);
        await Verified(command.FindingId, false, ct);
        var needs = await session.Query<TrainingNeed>().Where(need => need.State == NeedState.Approved || need.State == NeedState.Planned).ToListAsync(ct);
        await session.AmendMany<TrainingNeed>(
            [.. needs.Where(need => need.AnsweredFindings.Contains(command.FindingId)).Select(need => need.Id)], need => AnswerAgainHandler.Decide(need, command), ct);
    }

    async Task Verified(Guid id, bool verified, CancellationToken ct) => session.Store(
        await session.LoadAsync<KnownFinding>(id, ct) is { } finding ? finding with { Verified = verified } : throw new Missing("Finding", id));
}
