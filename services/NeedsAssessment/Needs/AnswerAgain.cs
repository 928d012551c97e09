namespace Training.NeedsAssessment.Needs;

/// <summary>A finding came back.</summary>
public record AnswerAgain(Guid FindingId, DateTimeOffset At);

/// <summary>Triggered by Evaluation, where the finding has lost what was done about it.</summary>
public static class AnswerAgainHandler
{
    /// <summary>A need whose training is still ahead takes the finding on again; otherwise it waits for the next one that is approved.</summary>
    public static INeedFact[] Decide(TrainingNeed need, AnswerAgain command) =>
        need.State is NeedState.Approved or NeedState.Planned && need.AnsweredFindings.Contains(command.FindingId)
            ? [new NeedExtended(new(need.Id), need.Subject, need.AnsweredFindings, command.At)] : [];
}
