using System.Security.Claims;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Requests;

public record ApproveRequest(DateTimeOffset At);
public record RejectRequest(string Reason, DateTimeOffset At);
public record DeferRequest(string Reason, DateTimeOffset At);

public static class JudgeRequestHandler
{
    public static IRequestFact[] Decide(TrainingRequest request, ApproveRequest command) => request.State switch
    {
        RequestState.Approved or RequestState.Ended => [],
        RequestState.Rejected => throw Rejected(),
        _ => [new RequestApproved(command.At)],
    };

    public static IRequestFact[] Decide(TrainingRequest request, RejectRequest command)
    {
        MustSay(command.Reason);
        return request.State switch
        {
            RequestState.Rejected => [],
            RequestState.Approved or RequestState.Ended => throw Approved(),
            _ => [new RequestRejected(command.Reason, command.At)],
        };
    }

    public static IRequestFact[] Decide(TrainingRequest request, DeferRequest command)
    {
        MustSay(command.Reason);
        return request.State switch
        {
            RequestState.Deferred => [],
            RequestState.Approved or RequestState.Ended => throw Approved(),
            RequestState.Rejected => throw Rejected(),
            _ => [new RequestDeferred(command.Reason, command.At)],
        };
    }

    static void MustSay(string reason)
    {
        if (reason.Trim() == "") throw new RuleBroken("no-reason", "Say why the request is rejected or deferred.");
        Length.AtMost(Length.OfText, reason);
    }

    static RuleBroken Approved() => new RuleBroken("request-approved", "The request is approved already.");
    static RuleBroken Rejected() => new RuleBroken("request-rejected", "The request was rejected; the person may ask again.");

    public record Body(string Reason);

    internal static Task<NoContent> Approve(Guid requestId, Caller caller, ClaimsPrincipal user, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Judge(requestId, request => Decide(request, new ApproveRequest(clock.GetUtcNow())), caller, user, session, ct);

    internal static Task<NoContent> Reject(Guid requestId, Body body, Caller caller, ClaimsPrincipal user, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Judge(requestId, request => Decide(request, new RejectRequest(body.Reason, clock.GetUtcNow())), caller, user, session, ct);

    internal static Task<NoContent> Defer(Guid requestId, Body body, Caller caller, ClaimsPrincipal user, IDocumentSession session, TimeProvider clock, CancellationToken ct) =>
        Judge(requestId, request => Decide(request, new DeferRequest(body.Reason, clock.GetUtcNow())), caller, user, session, ct);

    static async Task<NoContent> Judge(Guid requestId, Func<TrainingRequest, IRequestFact[]> decide, Caller caller, ClaimsPrincipal user, IDocumentSession session, CancellationToken ct)
    {
        var estates = await KnownEstates.Load(session, ct);
        await session.Change<TrainingRequest>(requestId, request =>
        {
            caller.MustReach(request.EstateId, estates.RegionOf(request.EstateId));
            // The manager's grant doesn't say who he is; the employee's does.
            if (Caller.Of(user).IsSelf(request.EmployeeId)) throw new Forbidden("Nobody judges a request of their own.");
            return decide(request);
        }, ct);
        return TypedResults.NoContent();
    }
}
