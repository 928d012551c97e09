using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Evaluation.V1;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public record Step(string CompetencyCode, int FromLevel, int ToLevel);
public record RaiseLevels(Guid RunId, ImmutableArray<Step> Steps, DateTimeOffset ProvenAt, DateTimeOffset At);

public static class RaiseLevelsHandler
{
    /// <summary>The test of a run is a cycle of its own. A step lifts whoever stands on it; who is below or already above stays.</summary>
    public static IProfileFact[] Decide(CompetencyProfile profile, EffectiveStandard standard, RaiseLevels command)
    {
        Step[] taken =
        [
            .. command.Steps.Where(step => profile.LevelOf(step.CompetencyCode) is var level && step.FromLevel <= level && level < step.ToLevel)
                .GroupBy(step => step.CompetencyCode).Select(same => same.MaxBy(step => step.ToLevel)).OfType<Step>()
                .OrderBy(step => step.CompetencyCode, StringComparer.Ordinal),
        ];
        if (taken.Length == 0) return [];

        var run = command.RunId.ToString();
        var recorded = new RatingsRecorded(run, RatingSource.Test, run, [.. taken.Select(step => new Rated(step.CompetencyCode, step.ToLevel, step.ToLevel))], command.ProvenAt);
        var changes = taken.Select(step => new LevelChanged(
            profile.EmployeeId, step.CompetencyCode, profile.LevelOf(step.CompetencyCode), step.ToLevel, standard.LevelOf(step.CompetencyCode), command.RunId, command.ProvenAt));
        return [recorded, .. changes, .. MeasureGaps.Decide(profile.Apply(recorded), standard, command.At, command.RunId)];
    }
}

/// <summary>Levels rise on passed tests, never on attendance.</summary>
sealed class LearningProvenConsumer(IDocumentSession session, Origin origin, TimeProvider clock) : IConsumer<LearningProven>
{
    public async Task Consume(ConsumeContext<LearningProven> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var command = new RaiseLevels(
            message.RunId, [.. message.Steps.Select(step => new Step(step.CompetencyCode, step.FromLevel, step.ToLevel))], message.ProvenAt, clock.GetUtcNow());
        var standards = await StandardBook.Load(session, ct);
        await session.AmendMany<CompetencyProfile>(
            message.Learners.Select(learner => CompetencyProfile.IdOf(origin.Tenant, learner.EmployeeId)),
            profile => RaiseLevelsHandler.Decide(profile, standards.For(profile.PositionCode, profile.Roles), command), ct);
    }
}
