using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

public record ClassifyCause(Cause Cause, string Owner, DateTimeOffset At);

public static class ClassifyCauseHandler
{
    /// <summary>Training is not always the answer: what lacks tools, processes, people or will leaves the pipeline to a named owner (F6).</summary>
    public static INeedFact[] Decide(TrainingNeed need, ClassifyCause command)
    {
        if (command.Cause == Cause.Skill && need.State == NeedState.Rejected)
            throw new RuleBroken("need-rejected", "The need was rejected for another reason than its cause; whoever judges needs can reopen it.");
        if (command.Cause == Cause.Skill) return need.State == NeedState.HandedOver ? [new NeedReopened(command.At)] : [];
        if (command.Owner.Trim() == "") throw new RuleBroken("no-owner", "Name who takes over what training can't solve.");
        Length.AtMost(Length.OfText, command.Owner);
        if (need.State == NeedState.HandedOver && (need.Cause, need.Owner) == (command.Cause, command.Owner)) return [];
        if (need.State == NeedState.Planned) throw new RuleBroken("already-planned", "People are planned for this need; its cause can't change any more.");
        return [new NeedHandedOver(command.Cause, command.Owner, command.At)];
    }

    public record Body(Cause Cause, string Owner = "");

    internal static async Task<NoContent> Handle(Guid needId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new ClassifyCause(body.Cause, body.Owner, clock.GetUtcNow());
        await session.Change<TrainingNeed>(needId, need =>
        {
            caller.MustReach(Guid.Empty, need.Subject.Region);
            return Decide(need, command);
        }, ct);
        return TypedResults.NoContent();
    }
}
