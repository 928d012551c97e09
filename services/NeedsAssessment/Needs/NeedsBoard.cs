using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

/// <summary>A need on the board, with the figures that rank it (F6). <c>GrewSinceRejected</c>: somebody should look at it again.</summary>
public record NeedCard(
    Guid Id, string CompetencyCode, string PositionCode, string Region, NeedState State, int Heads, decimal WeightedGap, decimal NormalisedGap,
    decimal Exposure, decimal Consequence, decimal Priority, IReadOnlyList<string> ConcentrateHere, IReadOnlyList<Guid> FindingIds, IReadOnlyList<Guid> RequestIds,
    Cause Cause, string Owner, string RejectedBecause, bool GrewSinceRejected = false)
{
    public static NeedCard Of(TrainingNeed need) => new(
        need.Id, need.Subject.CompetencyCode, need.Subject.PositionCode, need.Subject.Region, need.State, need.Figures.Heads, need.Figures.WeightedGap,
        need.Figures.NormalisedGap, need.Figures.Exposure, need.Figures.Consequence, need.Figures.Priority, need.Figures.ConcentrateHere,
        need.Figures.FindingIds, need.Figures.RequestIds, need.Cause, need.Owner, need.Reason, need.GrewSinceRejected);
}

/// <summary>How many needs are where.</summary>
public record NeedSummary(int Candidate, int Approved, int Planned, int Rejected, int HandedOver, int Closed);

static class GetNeeds
{
    internal static async Task<Ok<Page<NeedCard>>> Board(
        string? state, string? region, string? competencyCode, string? positionCode, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var needs = query.Query<TrainingNeed>().Where(_ => true);
        if (state is not null)
        {
            var wanted = Enum.TryParse<NeedState>(state, ignoreCase: true, out var known) ? known : throw new BadHttpRequestException($"There is no state {state}.");
            needs = needs.Where(need => need.State == wanted);
        }
        if (region is not null) needs = needs.Where(need => need.Subject.Region == region);
        if (competencyCode is not null) needs = needs.Where(need => need.Subject.CompetencyCode == competencyCode);
        if (positionCode is not null) needs = needs.Where(need => need.Subject.PositionCode == positionCode);
        return TypedResults.Ok(await needs.OrderByDescending(need => need.Figures.Priority).ThenBy(need => need.Id).Page(NeedCard.Of, skip, take, ct));
    }

    internal static async Task<Ok<NeedSummary>> Summary(IQuerySession query, CancellationToken ct)
    {
        var states = (await query.Query<TrainingNeed>().Select(need => need.State).ToListAsync(ct)).CountBy(state => state).ToDictionary();
        return TypedResults.Ok(new NeedSummary(
            Count(NeedState.Candidate), Count(NeedState.Approved), Count(NeedState.Planned), Count(NeedState.Rejected), Count(NeedState.HandedOver), Count(NeedState.Closed)));

        int Count(NeedState state) => states.GetValueOrDefault(state);
    }
}
