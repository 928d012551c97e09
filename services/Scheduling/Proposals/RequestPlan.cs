using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Scheduling.Proposals;

public record RequestPlan(PlanRequested Request);

public static class RequestPlanHandler
{
    /// <summary>Dearer than anything a timetable of 4,500 sessions could save, and their sum can still be counted.</summary>
    const int DearestMove = 100_000;

    /// <summary>Half a year; and ten years, which is all sessions.</summary>
    const int MostDays = 186, MostFrozenDays = 3_650;

    public static IProposalFact[] Decide(Proposal? proposal, RequestPlan command)
    {
        if (proposal is not null) return [];
        var request = command.Request;
        if (request.Regions.IsEmpty) throw new RuleBroken("region-missing", "Say for which regions.");
        if (request.From.Year is < 2000 or > 2999 || request.To < request.From || request.To > request.From.AddDays(MostDays))
            throw new RuleBroken("horizon-out-of-range", "The horizon is one day to half a year long.");
        if (request.Effort.Seconds < 0 || request.Effort.Moves < 0 || request.Effort is { Seconds: 0, Moves: 0 })
            throw new RuleBroken("no-effort", "A search takes some seconds or some moves.");
        if (request.FrozenDays is < 0 or > MostFrozenDays) throw new RuleBroken("frozen-days-out-of-range", $"Sessions are frozen for 0 to {MostFrozenDays:N0} days.");
        if (request.PriceOfMove is < 1 or > DearestMove) throw new RuleBroken("price-of-move-out-of-range", $"A moved session costs 1 to {DearestMove:N0}.");
        if (request is { PriceOfMove: not null, Reason: "" }) throw new RuleBroken("price-without-reason", "Without a reason no published session moves, so that moving has no price.");
        return [request];
    }

    /// <param name="Regions">Planned together.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    /// <param name="Id">Of the caller's choice, so that asking twice is asking once.</param>
    /// <param name="Seconds">Time limit of the search, at most <c>Scheduling:Planner:MostSeconds</c>; default <c>Scheduling:Planner:Seconds</c>, or the most where moves are limited; 0: the most, which takes moves.</param>
    /// <param name="Moves">Limit of moves; 0: limited by time alone.</param>
    /// <param name="Seed">Where the search starts.</param>
    /// <param name="Reason">Why published sessions have to move, such as an ill trainer; without one they all stay.</param>
    /// <param name="FrozenDays">Sessions that begin within so many days stay in any case.</param>
    /// <param name="PriceOfMove">What a moved session costs in this search, such as one of the frontier of another proposal; default <c>Scheduling:Planner:Prices:MovedSession</c>.</param>
    public record Body(
        ImmutableArray<string> Regions, DateOnly From, DateOnly To, Guid Id, int? Seconds = null, long Moves = 0, int Seed = 1, string Reason = "", int FrozenDays = 2, int? PriceOfMove = null);

    public record Answer(Guid Id);

    internal static async Task<Accepted<Answer>> Handle(
        Guid planId, Body body, Caller caller, IDocumentSession session, PlannerSettings settings, Planning planning, TimeProvider clock, CancellationToken ct)
    {
        foreach (var region in body.Regions) caller.MustReach(Guid.Empty, region);
        var effort = new Effort(body.Seconds ?? (body.Moves > 0 ? 0 : settings.Seconds), body.Moves, body.Seed).Within(settings.MostSeconds);
        var command = new RequestPlan(new(new(body.Id), new(planId), body.Regions, body.From, body.To, effort, body.Reason.Trim(), body.FrozenDays, caller.Subject, clock.GetUtcNow())
        {
            PriceOfMove = body.PriceOfMove,
        });
        await session.Begin<Proposal>(body.Id, proposal => Decide(proposal, command), ct);
        planning.LookAgain();
        return TypedResults.Accepted($"/proposals/{body.Id}", new Answer(body.Id));
    }
}
