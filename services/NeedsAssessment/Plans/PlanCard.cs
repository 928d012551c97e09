using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Plans;

/// <summary>A plan with its lines; <c>Version</c> is 0 for a draft. Who attends is asked line by line.</summary>
public record PlanCard(Guid Id, int Year, string Quarter, bool Frozen, int Version, int Places, IReadOnlyList<PlanLineCard> Lines)
{
    public static PlanCard Of(TrainingPlan plan) =>
        new(plan.Id, plan.Year, plan.Quarter, plan.IsFrozen, plan.FrozenVersion, plan.Places, [.. plan.Lines.Select(PlanLineCard.Of)]);
}

public record PlanLineCard(Guid LineId, Guid CourseId, string CourseCode, string Region, decimal Priority, int Places)
{
    public static PlanLineCard Of(PlanLine line) => new(line.LineId, line.CourseId.Value, line.CourseCode, line.Region, line.Priority, line.Learners.Length);
}

/// <summary>A plan in the list.</summary>
public record PlanHead(Guid Id, int Year, string Quarter, bool Frozen, int Version, int Places, int Lines)
{
    public static PlanHead Of(TrainingPlan plan) => new(plan.Id, plan.Year, plan.Quarter, plan.IsFrozen, plan.FrozenVersion, plan.Places, plan.Lines.Length);
}

static class GetPlans
{
    internal static async Task<Ok<PlanCard>> One(Guid planId, IQuerySession query, CancellationToken ct) => TypedResults.Ok(PlanCard.Of(await Load(planId, query, ct)));

    internal static async Task<Ok<PlanLine>> Line(Guid planId, Guid lineId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var line = (await Load(planId, query, ct)).Lines.FirstOrDefault(line => line.LineId == lineId) ?? throw new Missing("Plan line", lineId);
        if (caller.ReachesAll) return TypedResults.Ok(line);
        var estates = (await KnownEstates.Load(query, ct)).Within(caller);
        return TypedResults.Ok(line with { Learners = [.. line.Learners.Where(learner => estates.Contains(learner.EstateId.Value))] });
    }

    internal static async Task<Ok<Page<PlanHead>>> List(int? year, string? quarter, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var plans = query.Query<TrainingPlan>().Where(_ => true);
        if (year is not null) plans = plans.Where(plan => plan.Year == year);
        if (quarter is not null) plans = plans.Where(plan => plan.Quarter == quarter);
        return TypedResults.Ok(await plans.OrderBy(plan => plan.Quarter).ThenBy(plan => plan.Id).Page(PlanHead.Of, skip, take, ct));
    }

    static async Task<TrainingPlan> Load(Guid planId, IQuerySession query, CancellationToken ct) =>
        await query.LoadAsync<TrainingPlan>(planId, ct) ?? throw new Missing("Training plan", planId);
}
