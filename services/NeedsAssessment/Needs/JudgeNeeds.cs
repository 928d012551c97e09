using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

public record ApproveNeed(DateTimeOffset At);
public record RejectNeed(string Reason, DateTimeOffset At);
public record ReopenNeed(DateTimeOffset At);

public static class JudgeNeedsHandler
{
    public static INeedFact[] Decide(TrainingNeed need, ApproveNeed command) => need.State switch
    {
        NeedState.Candidate => [new NeedApproved(new(need.Id), need.Subject, need.Figures.FindingIds, command.At)],
        NeedState.Approved or NeedState.Planned => [],
        _ => throw new RuleBroken("not-a-candidate", $"{need.Subject.CompetencyCode} for {need.Subject.PositionCode} in {need.Subject.Region} is {need.State} and can't be approved."),
    };

    public static INeedFact[] Decide(TrainingNeed need, RejectNeed command)
    {
        if (command.Reason.Trim() == "") throw new RuleBroken("no-reason", "Say why the need is rejected.");
        Length.AtMost(Length.OfText, command.Reason);
        return need.State switch
        {
            NeedState.Rejected => [],
            NeedState.Candidate or NeedState.Approved => [new NeedRejected(command.Reason, command.At)],
            _ => throw new RuleBroken("not-a-candidate", $"A need that is {need.State} can't be rejected."),
        };
    }

    public static INeedFact[] Decide(TrainingNeed need, ReopenNeed command) => need.State switch
    {
        NeedState.Rejected => [new NeedReopened(command.At)],
        NeedState.Candidate or NeedState.Approved or NeedState.Planned => [],
        _ => throw new RuleBroken("not-rejected", $"A need that is {need.State} was not rejected, so it can't be reopened."),
    };

    public record ApproveBody(ImmutableArray<Guid> NeedIds);
    public record RejectBody(string Reason);

    internal static async Task<NoContent> Approve(ApproveBody body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new ApproveNeed(clock.GetUtcNow());
        await session.AmendMany<TrainingNeed>(body.NeedIds, need => Decide(need, command), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> Reject(Guid needId, RejectBody body, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new RejectNeed(body.Reason, clock.GetUtcNow());
        await session.Change<TrainingNeed>(needId, need => Decide(need, command), ct);
        return TypedResults.NoContent();
    }

    internal static async Task<NoContent> Reopen(Guid needId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new ReopenNeed(clock.GetUtcNow());
        await session.Change<TrainingNeed>(needId, need => Decide(need, command), ct);
        return TypedResults.NoContent();
    }
}
