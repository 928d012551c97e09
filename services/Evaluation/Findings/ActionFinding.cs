using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;
using Training.Evaluation.Knowledge;

namespace Training.Evaluation.Findings;

public record ActionFinding(NeedId NeedId, DateTimeOffset At);

public static class ActionFindingHandler
{
    /// <summary>A finding already put right needs no action any more.</summary>
    public static IFindingFact[] Decide(Finding finding, ActionFinding command) =>
        finding.Needs.Contains(command.NeedId) || finding.State == FindingState.Verified
            ? [] : [new FindingActioned(new(finding.Id), command.NeedId, command.At)];
}

/// <summary>An approved need takes on the findings it answers. Learning may have been reported first, so it is looked up as well.</summary>
sealed class TrainingNeedApprovedConsumer(IDocumentSession session) : IConsumer<TrainingNeedApproved>
{
    public async Task Consume(ConsumeContext<TrainingNeedApproved> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var command = new ActionFinding(new(message.NeedId), message.ApprovedAt);
        var streams = await session.Locked(message.FindingIds, ct);
        var raised = await session.Query<RaisedLevel>().Where(level => level.CompetencyCode == message.CompetencyCode && level.At >= command.At).ToListAsync(ct);
        foreach (var (stream, finding) in streams)
        {
            var actioned = ActionFindingHandler.Decide(finding, command);
            stream.AppendMany(actioned.Cast<object>());
            var now = actioned.OfType<FindingActioned>().Aggregate(finding, (state, fact) => state.Apply(fact));
            if (raised.Where(level => level.EstateId == finding.EstateId && now.IsAnsweredBy(level.At)).MinBy(level => level.At) is { } proof)
                stream.AppendMany(TrainFindingHandler.Decide(now, new(proof.RunId, proof.At)).Cast<object>());
        }
    }
}
