using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Runs;

/// <summary>A course run in a list; the cost (F12) is that of everyone enrolled, in <c>Currency</c>.</summary>
public record RunCard(
    Guid Id, Guid PlanId, string CourseCode, string Region, string Quarter, RunState State, int Learners, int Waitlisted, decimal Cost, string Currency, string Code, string Reason)
{
    public static RunCard Of(CourseRun run) => new(run.Id, run.Offer.PlanId.Value, run.Offer.CourseCode, run.Offer.Region, run.Offer.Quarter, run.State,
        run.Learners.Length, run.Waitlist.Length, run.Cost.Amount, run.Cost.Currency, run.Code, run.Reason);
}

public record SeatCard(Guid EmployeeId, Guid EstateId, int AttendedMinutes);
public record WaitingCard(Guid EmployeeId, Guid EstateId, string Reason);

/// <summary>A course run with everyone on it; minutes are those of one session, spent is what its sessions cost so far.</summary>
public record RunDetail(
    RunCard Run, Guid LineId, Guid CourseId, Guid TrainerId, Guid VenueId, int MinLearners, int MaxLearners, int Sessions, int Minutes, decimal Spent,
    IReadOnlyList<SeatCard> Learners, IReadOnlyList<WaitingCard> Waitlist, IReadOnlyList<SessionCard> Placed)
{
    public static RunDetail Of(CourseRun run, IEnumerable<Session> sessions) => new(
        RunCard.Of(run), run.Offer.LineId.Value, run.Offer.CourseId.Value, run.TrainerId.Value, run.VenueId.Value, run.Offer.MinLearners, run.Offer.MaxLearners,
        run.Offer.Sessions, run.Offer.Minutes, run.Spent.Amount,
        [.. run.Learners.Select(learner => new SeatCard(learner.EmployeeId.Value, learner.EstateId.Value, run.Attended.GetValueOrDefault(learner.EmployeeId)))],
        [.. run.Waitlist.Select(waiting => new WaitingCard(waiting.Learner.EmployeeId.Value, waiting.Learner.EstateId.Value, waiting.Reason))],
        [.. sessions.OrderBy(session => session.Sequence).Select(SessionCard.About)]);

    internal RunDetail Within(Circle circle) => circle.Trainers.Contains(TrainerId) ? this : this with
    {
        Learners = [.. Learners.Where(seat => circle.People.Contains(seat.EmployeeId))],
        Waitlist = [.. Waitlist.Where(waiting => circle.People.Contains(waiting.EmployeeId))],
        Placed = [.. Placed.Select(session => session.Within(circle))],
    };
}

static class GetRun
{
    /// <summary>The people on it are those whom the caller's scope covers.</summary>
    internal static async Task<Ok<RunDetail>> Handle(Guid runId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var run = await query.LoadAsync<CourseRun>(runId, ct) ?? throw new Missing("Course run", runId);
        var sessions = await query.LoadManyAsync<Session>(ct, [.. run.Sessions.Select(session => session.SessionId.Value)]);
        var detail = RunDetail.Of(run, sessions);
        return TypedResults.Ok(caller.ReachesAll ? detail : detail.Within(await query.CircleOf(caller, ct)));
    }
}

static class ListRuns
{
    internal static async Task<Ok<Page<RunCard>>> Handle(
        Guid? planId, RunState? state, string? region, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<CourseRun> runs = query.Query<CourseRun>();
        if (planId is { } id)
        {
            var plan = new PlanId(id);
            runs = runs.Where(run => run.Offer.PlanId == plan);
        }
        if (state is { } wanted) runs = runs.Where(run => run.State == wanted);
        if (region is not null) runs = runs.Where(run => run.Offer.Region == region);
        return TypedResults.Ok(await runs.OrderBy(run => run.Offer.Region).ThenBy(run => run.Offer.CourseCode).ThenBy(run => run.Id).Page(RunCard.Of, skip, take, ct));
    }
}
