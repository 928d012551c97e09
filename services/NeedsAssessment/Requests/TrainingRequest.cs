using System.Collections.Immutable;
using Training.Foundation;

namespace Training.NeedsAssessment.Requests;

/// <summary>Who asked: the person, or a manager for one of his people.</summary>
public enum RequestOrigin { Employee, Manager }

public enum RequestState { Submitted, Deferred, Approved, Rejected, Ended }

public interface IRequestFact : IFact;
/// <param name="RequestId">One for each person and subject.</param>
/// <param name="EmployeeId">Who is to be trained.</param>
/// <param name="EstateId">Whose manager judges it.</param>
/// <param name="PositionCode">What the person is.</param>
/// <param name="Subject">A competency, or a course by its code.</param>
/// <param name="CompetencyCodes">Gaps of the person that it would close.</param>
/// <param name="Why">One sentence.</param>
/// <param name="Origin">Who asked.</param>
/// <param name="At">When.</param>
public record RequestSubmitted(
    RequestId RequestId, EmployeeId EmployeeId, EstateId EstateId, string PositionCode, string Subject, ImmutableArray<string> CompetencyCodes, string Why, RequestOrigin Origin,
    DateTimeOffset At) : IRequestFact;
/// <summary>Asked again after a rejection, or for gaps that opened anew.</summary>
public record RequestRepeated(EstateId EstateId, string PositionCode, ImmutableArray<string> CompetencyCodes, string Why, RequestOrigin Origin, DateTimeOffset At) : IRequestFact;
public record RequestApproved(DateTimeOffset At) : IRequestFact;
public record RequestRejected(string Reason, DateTimeOffset At) : IRequestFact;
/// <summary>Not now; it stays to be judged.</summary>
public record RequestDeferred(string Reason, DateTimeOffset At) : IRequestFact;
/// <summary>Approved, and none of its gaps is open any more.</summary>
public record RequestEnded(DateTimeOffset At) : IRequestFact;

/// <summary>Somebody asks for training; the manager of the estate says yes, no or later.</summary>
public partial record TrainingRequest(
    Guid Id, Guid EmployeeId, Guid EstateId, string PositionCode, string Subject, ImmutableArray<string> CompetencyCodes, string Why, RequestOrigin Origin, RequestState State,
    string Because, DateTimeOffset SubmittedAt, DateTimeOffset JudgedAt)
{
    public bool IsOpen => State is RequestState.Submitted or RequestState.Deferred;

    public static Guid IdOf(string tenant, Guid employee, string subject) => DerivedId.Of("request", tenant, employee.ToString(), subject);

    public static TrainingRequest Create(RequestSubmitted e) => new(
        e.RequestId.Value, e.EmployeeId.Value, e.EstateId.Value, e.PositionCode, e.Subject, e.CompetencyCodes, e.Why, e.Origin, RequestState.Submitted, "", e.At, e.At);
    public TrainingRequest Apply(RequestRepeated e) => this with
    {
        EstateId = e.EstateId.Value, PositionCode = e.PositionCode, CompetencyCodes = e.CompetencyCodes, Why = e.Why, Origin = e.Origin, State = RequestState.Submitted, Because = "",
        SubmittedAt = e.At, JudgedAt = e.At,
    };
    public TrainingRequest Apply(RequestApproved e) => this with { State = RequestState.Approved, Because = "", JudgedAt = e.At };
    public TrainingRequest Apply(RequestRejected e) => this with { State = RequestState.Rejected, Because = e.Reason, JudgedAt = e.At };
    public TrainingRequest Apply(RequestDeferred e) => this with { State = RequestState.Deferred, Because = e.Reason, JudgedAt = e.At };
    public TrainingRequest Apply(RequestEnded _) => this with { State = RequestState.Ended };
}
