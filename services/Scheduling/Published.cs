using JasperFx.Events;
using Training.Scheduling.Runs;
using Training.Scheduling.Sessions;
using V1 = Training.Contracts.Scheduling.V1;

namespace Training.Scheduling;

/// <summary>The only place where stored facts become public contracts.</summary>
public static class Published
{
    public static object? Translate(IEvent stored) => stored.Data switch
    {
        FundingRequested e => new V1.FundingRequested
        {
            RunId = e.RunId.Value, CourseCode = e.CourseCode, FundCategory = e.FundCategory, LegalEntity = e.LegalEntity, Quarter = e.Quarter,
            FrontLine = e.FrontLine, Learners = e.Learners, Amount = e.Amount.Amount, Currency = e.Amount.Currency,
        },
        RunConfirmed e => new V1.CourseRunConfirmed { RunId = e.RunId.Value, Sessions = e.Sessions },
        RunParked e => new V1.CourseRunParked { RunId = e.RunId.Value, Code = e.Code, Reason = e.Reason },
        RunCancelled e => new V1.CourseRunCancelled { RunId = e.RunId.Value, Reason = e.Reason },
        SessionHeld e => new V1.SessionHeld
        {
            SessionId = e.SessionId.Value, RunId = e.RunId.Value, CourseId = e.CourseId.Value, TrainerId = e.TrainerId.Value, EndedAt = e.EndedAt,
            ActualAmount = e.Actual.Amount, Currency = e.Actual.Currency, LastOfRun = e.LastOfRun,
            Attendance = [.. e.Attendance.Select(one => new V1.RunAttendance
            {
                EmployeeId = one.EmployeeId.Value, EstateId = one.EstateId.Value, AttendedMinutes = one.AttendedMinutes, PlannedMinutes = one.PlannedMinutes,
            })],
        },
        _ => null,
    };
}
