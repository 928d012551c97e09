using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Scheduling.Sessions;

public enum SessionState { Scheduled, Held, Cancelled }

/// <summary>Minutes somebody was present; 0 is a no-show.</summary>
public record Attendance(EmployeeId EmployeeId, int Minutes);
/// <summary>Minutes of all sessions of the run held so far.</summary>
public record RunMinutes(EmployeeId EmployeeId, EstateId EstateId, int AttendedMinutes, int PlannedMinutes);

public interface ISessionFact : IFact;
public record SessionScheduled(
    SessionId SessionId, RunId RunId, PlanId PlanId, CourseId CourseId, string CourseCode, string Region, int Sequence, int Of, DateTimeOffset StartsAt,
    DateTimeOffset EndsAt, string TimeZone, VenueId VenueId, TrainerId TrainerId, ImmutableArray<EmployeeId> Learners) : ISessionFact;
public record LearnerJoined(EmployeeId EmployeeId, DateTimeOffset At) : ISessionFact;
public record LearnerLeft(EmployeeId EmployeeId, DateTimeOffset At) : ISessionFact;
public record LearnerCheckedIn(EmployeeId EmployeeId, DateTimeOffset At) : ISessionFact;
/// <summary>Scanned the code at the door in time.</summary>
public record LearnerScannedIn(EmployeeId EmployeeId, string Device, DateTimeOffset At) : ISessionFact;
/// <summary>Scanned before the doors opened; counts as a check-in from the start on.</summary>
public record EarlyScanKept(EmployeeId EmployeeId, string Device, DateTimeOffset At) : ISessionFact;
/// <summary>The same phone had checked in somebody else; for the trainer to look at.</summary>
public record CheckInDoubted(EmployeeId EmployeeId, EmployeeId Other, DateTimeOffset At) : ISessionFact;
public record AttendanceRecorded(ImmutableArray<Attendance> Entries, DateTimeOffset At) : ISessionFact;
/// <summary>The trainer's sheet was wrong; only what differs.</summary>
public record AttendanceCorrected(ImmutableArray<Attendance> Entries, string Reason, DateTimeOffset At) : ISessionFact;
public record SessionHeld(
    SessionId SessionId, RunId RunId, CourseId CourseId, TrainerId TrainerId, DateTimeOffset EndedAt, Money Actual, bool LastOfRun,
    ImmutableArray<RunMinutes> Attendance) : ISessionFact;
public record NoShowRecorded(ImmutableArray<EmployeeId> Employees, DateTimeOffset At) : ISessionFact;
/// <summary>The session is at another time, in another room or with another trainer; everyone keeps his seat.</summary>
public record SessionRescheduled(
    SessionId SessionId, RunId RunId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, VenueId VenueId, TrainerId TrainerId, string Reason, DateTimeOffset At) : ISessionFact;
public record SessionCancelled(SessionId SessionId, string Reason, DateTimeOffset At) : ISessionFact;

/// <summary>One meeting of a course run.</summary>
public partial record Session(
    Guid Id, RunId RunId, PlanId PlanId, CourseId CourseId, string CourseCode, string Region, int Sequence, int Of, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    string TimeZone, VenueId VenueId, TrainerId TrainerId, ImmutableArray<EmployeeId> Learners, SessionState State,
    ImmutableDictionary<EmployeeId, DateTimeOffset> CheckIns, ImmutableDictionary<EmployeeId, int> Minutes)
{
    // Added later: sessions stored before have none.
    public ImmutableDictionary<EmployeeId, DateTimeOffset> EarlyScans { get; init; } = ImmutableDictionary<EmployeeId, DateTimeOffset>.Empty;
    public ImmutableDictionary<string, EmployeeId> Devices { get; init; } = ImmutableDictionary<string, EmployeeId>.Empty;
    public ImmutableArray<CheckInDoubted> Doubts { get; init; } = [];

    /// <summary>Checked in, or scanned early and the session has begun.</summary>
    public bool IsPresent(EmployeeId employee, DateTimeOffset at) => CheckIns.ContainsKey(employee) || (EarlyScans.ContainsKey(employee) && at >= StartsAt);

    public static SessionId IdOf(RunId run, int sequence) =>
        new(DerivedId.Of("session", run.Value.ToString(), sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static Session Create(SessionScheduled e) => new(
        e.SessionId.Value, e.RunId, e.PlanId, e.CourseId, e.CourseCode, e.Region, e.Sequence, e.Of, e.StartsAt, e.EndsAt, e.TimeZone, e.VenueId, e.TrainerId, e.Learners,
        SessionState.Scheduled, ImmutableDictionary<EmployeeId, DateTimeOffset>.Empty, ImmutableDictionary<EmployeeId, int>.Empty);
    public Session Apply(SessionRescheduled e) => this with { StartsAt = e.StartsAt, EndsAt = e.EndsAt, VenueId = e.VenueId, TrainerId = e.TrainerId };
    public Session Apply(LearnerJoined e) => this with { Learners = Learners.Add(e.EmployeeId) };
    public Session Apply(LearnerLeft e) => this with { Learners = Learners.Remove(e.EmployeeId) };
    public Session Apply(LearnerCheckedIn e) => this with { CheckIns = CheckIns.SetItem(e.EmployeeId, e.At) };
    public Session Apply(LearnerScannedIn e) => this with { CheckIns = CheckIns.SetItem(e.EmployeeId, e.At), Devices = Owned(e.Device, e.EmployeeId) };
    public Session Apply(EarlyScanKept e) => this with { EarlyScans = EarlyScans.SetItem(e.EmployeeId, e.At), Devices = Owned(e.Device, e.EmployeeId) };
    public Session Apply(CheckInDoubted e) => this with { Doubts = Doubts.Add(e) };
    public Session Apply(AttendanceRecorded e) => With(e.Entries);
    public Session Apply(AttendanceCorrected e) => With(e.Entries);
    public Session Apply(SessionHeld _) => this with { State = SessionState.Held };
    public Session Apply(NoShowRecorded _) => this;
    public Session Apply(SessionCancelled _) => this with { State = SessionState.Cancelled };

    ImmutableDictionary<string, EmployeeId> Owned(string device, EmployeeId employee) => Devices.ContainsKey(device) ? Devices : Devices.Add(device, employee);

    Session With(ImmutableArray<Attendance> entries) => this with { Minutes = Minutes.SetItems(entries.Select(entry => KeyValuePair.Create(entry.EmployeeId, entry.Minutes))) };
}
