using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Training.Foundation;

namespace Training.Scheduling.Runs;

public enum RunState { Planned, Funded, Confirmed, Held, Parked, Cancelled }

public record Learner(EmployeeId EmployeeId, EstateId EstateId, NeedId NeedId);
/// <summary>Somebody without a seat, and why.</summary>
public record Waiting(Learner Learner, string Reason);
/// <summary>Trainer and venue where they are not those the run was first placed with.</summary>
public record PlacedSession(SessionId SessionId, DateTimeOffset From, DateTimeOffset To, TrainerId TrainerId = default, VenueId VenueId = default);
public record LearnerMinutes(EmployeeId EmployeeId, int Minutes);

/// <summary>What a run offers and costs: fixed when it is planned. Minutes are those of one session; costs are F12; groups of a line are numbered, most urgent first.</summary>
public record Offer(
    PlanId PlanId, LineId LineId, CourseId CourseId, string CourseCode, string Region, string Quarter, decimal Priority, int MinLearners, int MaxLearners,
    int Sessions, int Minutes, Money PerRun, Money PerLearner, string FundCategory, string LegalEntity, bool FrontLine, string TimeZone, bool OnSite, int Group);

public interface IRunFact : IFact;
public record RunPlanned(RunId RunId, Offer Offer, ImmutableArray<Learner> Cohort, DateTimeOffset At) : IRunFact;
public record FundingRequested(
    RunId RunId, string CourseCode, string FundCategory, string LegalEntity, string Quarter, bool FrontLine, int Learners, Money Amount, DateTimeOffset At) : IRunFact;
public record RunFunded(RunId RunId, DateTimeOffset At) : IRunFact;
public record RunDeclined(RunId RunId, string Code, string Reason, DateTimeOffset At) : IRunFact;
/// <summary>Nobody said within the deadline whether there is money.</summary>
public record FundingUnanswered(RunId RunId, DateTimeOffset At) : IRunFact;
public record RunPlaced(RunId RunId, TrainerId TrainerId, VenueId VenueId, int Seats, ImmutableArray<PlacedSession> Sessions, DateTimeOffset At) : IRunFact;
public record RunUnplaceable(RunId RunId, string Reason, DateTimeOffset At) : IRunFact;
/// <summary>Who attends, settled when the run was placed; the others wait, in this order.</summary>
public record CohortEnrolled(ImmutableArray<Learner> Learners, ImmutableArray<Waiting> Waitlisted, DateTimeOffset At) : IRunFact;
public record RunConfirmed(RunId RunId, int Sessions, DateTimeOffset At) : IRunFact;
public record RunParked(RunId RunId, string Code, string Reason, DateTimeOffset At) : IRunFact;
public record RunCancelled(RunId RunId, string Reason, DateTimeOffset At) : IRunFact;
public record LearnerEnrolled(Learner Learner, string Method, DateTimeOffset At) : IRunFact;
public record LearnerWaitlisted(Learner Learner, string Reason, DateTimeOffset At) : IRunFact;
public record LearnerWithdrawn(EmployeeId EmployeeId, string Reason, DateTimeOffset At) : IRunFact;
public record LearnerPromoted(EmployeeId EmployeeId, DateTimeOffset At) : IRunFact;
/// <summary>A session of the run is at another time, with another trainer or in another room.</summary>
public record SessionMoved(PlacedSession Session, string Reason, DateTimeOffset At) : IRunFact;
/// <summary>A session of the run took place; minutes are those of this session.</summary>
public record SessionCounted(SessionId SessionId, int Minutes, ImmutableArray<LearnerMinutes> Attendance, Money Actual, DateTimeOffset At) : IRunFact;
public record RunFinished(RunId RunId, DateTimeOffset At) : IRunFact;

/// <summary>One attempt to hold a course for one cohort. Parked and cancelled are final; trying again is a new run.</summary>
public partial record CourseRun(
    Guid Id, Offer Offer, RunState State, DateTimeOffset AskedAt, string Code, string Reason, ImmutableArray<Learner> Learners, ImmutableArray<Waiting> Waitlist,
    TrainerId TrainerId, VenueId VenueId, int Seats, ImmutableArray<PlacedSession> Sessions, ImmutableHashSet<SessionId> Counted,
    ImmutableDictionary<EmployeeId, int> Attended, int HeldMinutes, Money Spent)
{
    /// <summary>F12: collective cost plus individual cost of everyone planned.</summary>
    public Money Cost => (Offer.PerRun + Offer.PerLearner * Learners.Length).Rounded();

    [JsonIgnore] public bool IsOpen => State is RunState.Planned or RunState.Funded or RunState.Confirmed;
    [JsonIgnore] public int Capacity => Seats > 0 ? Seats : Offer.MaxLearners;
    [JsonIgnore] public bool HasSeats => State is RunState.Confirmed or RunState.Held;
    [JsonIgnore] public bool HasMoney => State == RunState.Funded || HasSeats;
    /// <summary>Who has a seat or waits for one.</summary>
    [JsonIgnore] public IEnumerable<Learner> Wanted => Learners.Concat(Waitlist.Select(waiting => waiting.Learner));
    [JsonIgnore] public IEnumerable<PlacedSession> ToCome => Sessions.Where(session => !Counted.Contains(session.SessionId));

    public TrainerId TrainerOf(PlacedSession session) => session.TrainerId.Value == Guid.Empty ? TrainerId : session.TrainerId;
    public VenueId VenueOf(PlacedSession session) => session.VenueId.Value == Guid.Empty ? VenueId : session.VenueId;

    public Learner? Enrolled(EmployeeId employee) => Learners.FirstOrDefault(learner => learner.EmployeeId == employee);
    public Waiting? Waits(EmployeeId employee) => Waitlist.FirstOrDefault(waiting => waiting.Learner.EmployeeId == employee);

    public static CourseRun Create(RunPlanned e) => new(
        e.RunId.Value, e.Offer, RunState.Planned, default, "", "", e.Cohort, [], default, default, 0, [], [], ImmutableDictionary<EmployeeId, int>.Empty, 0,
        Money.Zero(e.Offer.PerRun.Currency));
    public CourseRun Apply(FundingRequested e) => this with { AskedAt = e.At };
    public CourseRun Apply(RunFunded _) => this with { State = RunState.Funded };
    public CourseRun Apply(RunDeclined e) => this with { Code = e.Code, Reason = e.Reason };
    public CourseRun Apply(FundingUnanswered _) => this;
    public CourseRun Apply(RunPlaced e) => this with { TrainerId = e.TrainerId, VenueId = e.VenueId, Seats = e.Seats, Sessions = e.Sessions };
    public CourseRun Apply(SessionMoved e) => this with { Sessions = [.. Sessions.Select(session => session.SessionId == e.Session.SessionId ? e.Session : session).OrderBy(session => session.From)] };
    public CourseRun Apply(RunUnplaceable e) => this with { Reason = e.Reason };
    public CourseRun Apply(CohortEnrolled e) => this with { Learners = e.Learners, Waitlist = e.Waitlisted };
    public CourseRun Apply(RunConfirmed _) => this with { State = RunState.Confirmed };
    public CourseRun Apply(RunParked e) => this with { State = RunState.Parked, Code = e.Code, Reason = e.Reason };
    public CourseRun Apply(RunCancelled e) => this with { State = RunState.Cancelled, Reason = e.Reason };
    public CourseRun Apply(LearnerEnrolled e) => this with { Learners = Learners.Add(e.Learner) };
    public CourseRun Apply(LearnerWaitlisted e) => this with { Waitlist = Waitlist.Add(new(e.Learner, e.Reason)) };
    public CourseRun Apply(LearnerWithdrawn e) => this with
    {
        Learners = Learners.RemoveAll(learner => learner.EmployeeId == e.EmployeeId),
        Waitlist = Waitlist.RemoveAll(waiting => waiting.Learner.EmployeeId == e.EmployeeId),
    };
    public CourseRun Apply(LearnerPromoted e) => Waits(e.EmployeeId) is { } waiting
        ? this with { Waitlist = Waitlist.Remove(waiting), Learners = Learners.Add(waiting.Learner) }
        : this;
    public CourseRun Apply(SessionCounted e) => this with
    {
        Counted = Counted.Add(e.SessionId), HeldMinutes = HeldMinutes + e.Minutes, Spent = Spent + e.Actual,
        Attended = e.Attendance.Aggregate(Attended, (all, one) => all.SetItem(one.EmployeeId, all.GetValueOrDefault(one.EmployeeId) + one.Minutes)),
    };
    public CourseRun Apply(RunFinished _) => this with { State = RunState.Held };
}
