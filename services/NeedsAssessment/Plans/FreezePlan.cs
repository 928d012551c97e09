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

/// <param name="Version">Counted by quarter.</param>
/// <param name="Placed">Who has which course by the plans of the quarter that are frozen already.</param>
/// <param name="Minutes">How long each course takes.</param>
/// <param name="Limits">What one person may be asked for.</param>
/// <param name="At">When.</param>
public record FreezePlan(
    int Version, IReadOnlySet<(EmployeeId Employee, CourseId Course)> Placed, IReadOnlyDictionary<CourseId, int> Minutes, PlanningLimits Limits, DateTimeOffset At);
public record MarkPlanned(PlanId PlanId, DateTimeOffset At);

public static class FreezePlanHandler
{
    public static IPlanFact[] Decide(TrainingPlan plan, FreezePlan command)
    {
        if (plan.IsFrozen) return [];
        if (plan.Lines.IsEmpty) throw new RuleBroken("plan-empty", "Nobody is on this plan; there is nothing to freeze.");
        if (Overbooked(plan, command) is > 0 and var people)
            throw new RuleBroken("draft-stale", $"{people} people of this plan have the same course, or all they may take, by other plans of {plan.Quarter}; draft it again.");
        var id = new PlanId(plan.Id);
        return
        [
            .. plan.Lines.Select(line => new PlanLineFrozen(id, plan.Quarter, line)),
            new PlanFrozen(id, command.Version, plan.Quarter, plan.Lines.Length, plan.Places, command.At),
        ];
    }

    /// <summary>A plan may have been frozen after this one was drafted.</summary>
    static int Overbooked(TrainingPlan plan, FreezePlan command)
    {
        var before = command.Placed.ToLookup(placed => placed.Employee, placed => placed.Course);
        return (from line in plan.Lines
                from learner in line.Learners
                group line.CourseId by learner.EmployeeId into mine
                where before.Contains(mine.Key)
                let courses = before[mine.Key].Concat(mine).ToList()
                where courses.Distinct().Count() < courses.Count || !command.Limits.Allow([.. courses.Select(course => command.Minutes.GetValueOrDefault(course))])
                select mine).Count();
    }

    public static INeedFact[] Decide(TrainingNeed need, MarkPlanned command) => need.State == NeedState.Approved ? [new NeedPlanned(command.PlanId, command.At)] : [];

    internal static async Task<Ok<PlanCard>> Handle(Guid planId, IDocumentSession session, PlanningLimits limits, TimeProvider clock, CancellationToken ct)
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
        // Read after the version: what is frozen later than this takes the same version and fails.
        var placed = await session.Placed(plan.Quarter, ct);
        var minutes = (await session.Query<KnownCourse>().ToListAsync(ct)).ToDictionary(course => new CourseId(course.Id), course => course.Minutes);
        await session.Amend<TrainingPlan>(planId, current => Decide(plan = current, new FreezePlan(version, placed, minutes, limits, at)), ct);
        await session.AmendMany<TrainingNeed>(
            plan.Lines.SelectMany(line => line.Learners).Select(learner => learner.NeedId.Value), need => Decide(need, new MarkPlanned(new(planId), at)), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(PlanCard.Of(plan with { FrozenVersion = version }));
    }
}
