using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Requests;

/// <summary>A request as its manager and its person see it. <c>LeadTimeHours</c> run from asking to yes or no; null while it waits, deferred or not.</summary>
public record RequestCard(
    Guid Id, Guid EmployeeId, Guid EstateId, string PositionCode, string Subject, IReadOnlyList<string> CompetencyCodes, string Why, RequestOrigin Origin, RequestState State,
    string Because, DateTimeOffset SubmittedAt, decimal? LeadTimeHours)
{
    public static RequestCard Of(TrainingRequest request) => new(
        request.Id, request.EmployeeId, request.EstateId, request.PositionCode, request.Subject, request.CompetencyCodes, request.Why, request.Origin, request.State,
        request.Because, request.SubmittedAt, request.IsOpen ? null : decimal.Round((decimal)(request.JudgedAt - request.SubmittedAt).TotalHours, 1));
}

/// <summary>How many requests wait, and how long the judged ones took on average.</summary>
public record RequestSummary(int Submitted, int Deferred, int Approved, int Rejected, decimal? MeanLeadTimeHours, int Ended);

static class GetRequests
{
    internal static async Task<Ok<Page<RequestCard>>> List(Guid? estateId, string? state, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var requests = await query.Within(caller, estateId, ct);
        if (state is not null)
        {
            var wanted = Enum.TryParse<RequestState>(state, ignoreCase: true, out var known) ? known : throw new BadHttpRequestException($"There is no state {state}.");
            requests = requests.Where(request => request.State == wanted);
        }
        return TypedResults.Ok(await requests.OrderBy(request => request.SubmittedAt).ThenBy(request => request.Id).Page(RequestCard.Of, skip, take, ct));
    }

    internal static async Task<Ok<RequestSummary>> Summary(Guid? estateId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var requests = await (await query.Within(caller, estateId, ct)).ToListAsync(ct);
        var count = requests.CountBy(request => request.State).ToDictionary();
        decimal[] hours = [.. requests.Select(request => RequestCard.Of(request).LeadTimeHours).OfType<decimal>()];
        return TypedResults.Ok(new RequestSummary(
            count.GetValueOrDefault(RequestState.Submitted), count.GetValueOrDefault(RequestState.Deferred), count.GetValueOrDefault(RequestState.Approved),
            count.GetValueOrDefault(RequestState.Rejected), hours.Length == 0 ? null : decimal.Round(hours.Average(), 1), count.GetValueOrDefault(RequestState.Ended)));
    }

    internal static async Task<Ok<Page<RequestCard>>> OfEmployee(Guid employeeId, int? skip, int? take, Caller caller, Origin origin, IQuerySession query, CancellationToken ct)
    {
        await query.ProfileWithin(caller, origin, employeeId, ct);
        return TypedResults.Ok(await query.Query<TrainingRequest>().Where(request => request.EmployeeId == employeeId)
            .OrderByDescending(request => request.SubmittedAt).ThenBy(request => request.Id).Page(RequestCard.Of, skip, take, ct));
    }

    static async Task<IQueryable<TrainingRequest>> Within(this IQuerySession query, Caller caller, Guid? estateId, CancellationToken ct)
    {
        IQueryable<TrainingRequest> requests = query.Query<TrainingRequest>();
        if (estateId is { } estate) requests = requests.Where(request => request.EstateId == estate);
        if (caller.ReachesAll) return requests;
        var within = (await KnownEstates.Load(query, ct)).Within(caller);
        return requests.Where(request => within.Contains(request.EstateId));
    }
}
