using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Findings;

public record TrainFinding(RunId RunId, DateTimeOffset At);

public static class TrainFindingHandler
{
    /// <summary>The first proof after the action counts; what was put right before needed no training.</summary>
    public static IFindingFact[] Decide(Finding finding, TrainFinding command) =>
        finding.Trained || finding.State == FindingState.Verified || !finding.IsAnsweredBy(command.At)
            ? [] : [new FindingTrained(new(finding.Id), command.RunId, command.At)];
}

/// <summary>A level that rose on a test marks the actioned findings of that competency at the learner's estate as trained.</summary>
sealed class CompetencyLevelChangedConsumer(IDocumentSession session) : IConsumer<CompetencyLevelChanged>
{
    public async Task Consume(ConsumeContext<CompetencyLevelChanged> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (message.RunId == Guid.Empty || message.ToLevel <= message.FromLevel) return;

        // The message names no estate; the run's attendance does.
        var (run, employee) = (new RunId(message.RunId), new EmployeeId(message.EmployeeId));
        var evaluation = await session.LoadAsync<RunEvaluation>(RunEvaluation.IdOf(run), ct) ?? throw new Missing("Evaluation of run", message.RunId);
        if (!evaluation.Attendees.TryGetValue(employee, out var attendee)) throw new Missing("Attendee", message.EmployeeId);
        session.Store(new RaisedLevel(
            DerivedId.Of("raised", message.EmployeeId.ToString(), message.CompetencyCode, message.RunId.ToString()),
            employee, attendee.EstateId, message.CompetencyCode, run, message.FromLevel, message.ToLevel, message.ChangedAt));

        var command = new TrainFinding(run, message.ChangedAt);
        // Those not acted upon yet are locked as well: their need may be on its way in at this moment, and one of the two must see the other.
        var open = await session.Query<Finding>()
            .Where(finding => finding.EstateId == attendee.EstateId && finding.CompetencyCode == message.CompetencyCode && finding.Relevant && !finding.Trained)
            .Select(finding => finding.Id).ToListAsync(ct);
        foreach (var (stream, finding) in await session.Locked(open, ct))
            stream.AppendMany(TrainFindingHandler.Decide(finding, command).Cast<object>());
    }
}
