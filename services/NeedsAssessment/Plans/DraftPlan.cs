using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Needs;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Plans;

public record DraftPlan(PlanId PlanId, int Year, string Quarter, ImmutableArray<PlanLine> Lines, DateTimeOffset At);

public static partial class DraftPlanHandler
{
    public static IPlanFact[] Decide(TrainingPlan? plan, DraftPlan command)
    {
        if (plan is { IsFrozen: true }) throw new RuleBroken("plan-frozen", $"The plan is frozen as version {plan.FrozenVersion} of {plan.Quarter}; draft another.");
        if (!Quarter().IsMatch(command.Quarter) || !command.Quarter.StartsWith($"{command.Year}Q", StringComparison.Ordinal))
            throw new RuleBroken("no-quarter", $"A quarter of {command.Year} is written {command.Year}Q1 … {command.Year}Q4.");
        return plan is not null && (plan.Year, plan.Quarter) == (command.Year, command.Quarter) && Same(plan.Lines, command.Lines)
            ? []
            : [new PlanDrafted(command.PlanId, command.Year, command.Quarter, command.At), .. command.Lines.Select(line => new PlanLineDrafted(line))];
    }

    static bool Same(ImmutableArray<PlanLine> left, ImmutableArray<PlanLine> right) =>
        left.Length == right.Length && left.Zip(right).All(pair => pair.First.SameAs(pair.Second));

    [GeneratedRegex(@"^\d{4}Q[1-4]$")]
    private static partial Regex Quarter();

    public record Body(int Year, string Quarter, IReadOnlyDictionary<string, int>? PlacesPerCourse = null);

    internal static async Task<Ok<PlanCard>> Handle(
        Guid planId, Body body, IDocumentSession session, PlanningLimits limits, TimeProvider clock, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var basis = new PlanningBasis(
            await session.Query<TrainingNeed>().Where(need => need.State == NeedState.Approved || need.State == NeedState.Planned).ToListAsync(ct),
            await session.CurrentPeople(at, ct), await KnownEstates.Load(session, ct), await session.Query<KnownCourse>().ToListAsync(ct),
            body.PlacesPerCourse, await session.Placed(body.Quarter, ct), limits);

        var command = new DraftPlan(new(planId), body.Year, body.Quarter, AssignPlaces.Of(new(planId), basis), at);
        await session.Begin<TrainingPlan>(planId, plan => Decide(plan, command), ct);
        return TypedResults.Ok(PlanCard.Of(await session.LoadAsync<TrainingPlan>(planId, ct) ?? throw new Missing("Training plan", planId)));
    }
}
