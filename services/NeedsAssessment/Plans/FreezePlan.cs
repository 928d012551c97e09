using JasperFx.Metadata;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Needs;

namespace Training.NeedsAssessment.Plans;

/// <summary>How many plans of a quarter are frozen. Two that freeze at once can't get the same version.</summary>
public sealed class PlanVersions : IVersioned
{
    public string Id { get; set; } = "";
    public int Frozen { get; set; }
    public Guid Version { get; set; }
}

public record FreezePlan(int Version, DateTimeOffset At);
public record MarkPlanned(PlanId PlanId, DateTimeOffset At);

public static class FreezePlanHandler
{
    public static IPlanFact[] Decide(TrainingPlan plan, FreezePlan command)
    {
        if (plan.IsFrozen) return [];
        if (plan.Lines.IsEmpty) throw new RuleBroken("plan-empty", "Nobody is on this plan; there is nothing to freeze.");
        var id = new PlanId(plan.Id);
        return
        [
            .. plan.Lines.Select(line => new PlanLineFrozen(id, plan.Quarter, line)),
            new PlanFrozen(id, command.Version, plan.Quarter, plan.Lines.Length, plan.Places, command.At),
        ];
    }

    public static INeedFact[] Decide(TrainingNeed need, MarkPlanned command) => need.State == NeedState.Approved ? [new NeedPlanned(command.PlanId, command.At)] : [];

    internal static async Task<Ok<PlanCard>> Handle(Guid planId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var plan = await session.LoadAsync<TrainingPlan>(planId, ct) ?? throw new Missing("Training plan", planId);
        if (plan.IsFrozen) return TypedResults.Ok(PlanCard.Of(plan));

        var versions = await session.LoadAsync<PlanVersions>(plan.Quarter, ct);
        var version = (versions?.Frozen ?? 0) + 1;
        if (versions is null) session.Insert(new PlanVersions { Id = plan.Quarter, Frozen = version });
        else
        {
            versions.Frozen = version;
            session.Update(versions);
        }
        await session.Amend<TrainingPlan>(planId, current => Decide(current, new FreezePlan(version, at)), ct);
        await session.AmendMany<TrainingNeed>(
            plan.Lines.SelectMany(line => line.Learners).Select(learner => learner.NeedId.Value), need => Decide(need, new MarkPlanned(new(planId), at)), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(PlanCard.Of(plan with { FrozenVersion = version }));
    }
}
