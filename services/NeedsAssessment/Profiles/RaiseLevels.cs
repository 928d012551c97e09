using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Evaluation.V1;
using Training.Foundation;
using Training.NeedsAssessment.Standards;

namespace Training.NeedsAssessment.Profiles;

public record RaiseLevels(Guid RunId, ImmutableArray<Step> Steps, DateTimeOffset ProvenAt, DateTimeOffset At);

public static class RaiseLevelsHandler
{
    /// <summary>
    /// The test of a run is a cycle of its own. A step lifts whoever stands on it; who is above already stays, and for who is below the proof is
    /// kept. So the levels in the end don't depend on the order in which tests are reported.
    /// </summary>
    public static IProfileFact[] Decide(CompetencyProfile profile, EffectiveStandard standard, RaiseLevels command)
    {
        ImmutableArray<Proof> proofs = [.. command.Steps.Select(step => new Proof(command.RunId, step, command.ProvenAt)).Where(proof => !profile.KeptProofs.Contains(proof))];
        var (state, raised) = Take(profile, standard, proofs, command.At);
        ImmutableArray<Step> early = [.. proofs.Select(proof => proof.Step).Where(step => state.LevelOf(step.CompetencyCode) < step.FromLevel)];
        return early.IsEmpty ? [.. raised] : [.. raised, new ProofKept(command.RunId, early, command.ProvenAt)];
    }

    /// <summary>Takes one step after the other, of these proofs and of those kept, until none lifts any more.</summary>
    internal static (CompetencyProfile State, IReadOnlyList<IProfileFact> Facts) Take(
        CompetencyProfile profile, EffectiveStandard standard, ImmutableArray<Proof> proofs, DateTimeOffset at)
    {
        var (state, facts) = (profile, new List<IProfileFact>());
        while (NextOf([.. proofs, .. state.KeptProofs], state) is { Count: > 0 } taken)
        {
            var (run, proven) = (taken[0].RunId, taken[0].At);
            var recorded = new RatingsRecorded($"{run}", RatingSource.Test, $"{run}", [.. taken.Select(one => new Rated(one.Step.CompetencyCode, one.Step.ToLevel, one.Step.ToLevel))], proven);
            facts.Add(recorded);
            facts.AddRange(taken.Select(one => new LevelChanged(state.EmployeeId, one.Step.CompetencyCode, state.LevelOf(one.Step.CompetencyCode),
                one.Step.ToLevel, standard.LevelOf(one.Step.CompetencyCode), run, proven)));
            state = state.Apply(recorded);
            var measured = MeasureGaps.Decide(state, standard, at, run);
            facts.AddRange(measured);
            state = state.With(measured);
        }
        return (state, facts);
    }

    /// <summary>The steps of the next run that lift: the highest of each competency.</summary>
    static List<Proof> NextOf(ImmutableArray<Proof> proofs, CompetencyProfile state)
    {
        var lifting = proofs.Where(proof => state.LevelOf(proof.Step.CompetencyCode) is var level && proof.Step.FromLevel <= level && level < proof.Step.ToLevel).ToList();
        return
        [
            .. lifting.Where(proof => proof.RunId == lifting[0].RunId).GroupBy(proof => proof.Step.CompetencyCode)
                .Select(same => same.MaxBy(proof => proof.Step.ToLevel)).OfType<Proof>().OrderBy(proof => proof.Step.CompetencyCode, StringComparer.Ordinal),
        ];
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
