using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;
using Training.Evaluation.Knowledge;
using Training.Foundation;

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
        var found = await session.LoadManyAsync<Finding>(ct, message.FindingIds);
        var raised = await session.Query<RaisedLevel>().Where(level => level.CompetencyCode == message.CompetencyCode && level.At >= command.At).ToListAsync(ct);

        foreach (var id in message.FindingIds)
        {
            if (found.All(finding => finding.Id != id)) throw new Missing("Finding", id);
            await session.Amend<Finding>(id, finding => [.. Both(finding)], ct);
        }

        IEnumerable<IFindingFact> Both(Finding finding)
        {
            var actioned = ActionFindingHandler.Decide(finding, command);
            var after = actioned.OfType<FindingActioned>().Aggregate(finding, (state, fact) => state.Apply(fact));
            var proof = raised.Where(level => level.EstateId == finding.EstateId).MinBy(level => level.At);
            return proof is null ? actioned : [.. actioned, .. TrainFindingHandler.Decide(after, new(proof.RunId, proof.At))];
        }
    }
}
