using Training.Scheduling.Known;

namespace Training.Scheduling.FirstFit;

/// <summary>Somebody of the group's own staff, and the estate whose posts he keeps.</summary>
public sealed record Member(Board.Person Person, EmployeeId EmployeeId, EstateId EstateId);

/// <summary>A trainer while planning. The allowance is his share of the year's hours for the horizon; the last session may exceed it. The pause lies between two classes.</summary>
public sealed class Teacher(KnownTrainer trainer, Member? member, decimal allowance, TimeSpan pause = default)
{
    readonly List<Span> busy = [];
    decimal hoursOfYear, hoursOfHorizon;

    public KnownTrainer Trainer => trainer;
    public Member? Member => member;
    public decimal Load => allowance == 0 ? decimal.MaxValue : hoursOfHorizon / allowance;

    public void Take(Span span, bool inHorizon)
    {
        var hours = (decimal)span.Length.TotalHours;
        busy.Add(span);
        hoursOfYear += hours;
        if (inHorizon) hoursOfHorizon += hours;
    }

    public void GiveBack(Span span, bool inHorizon)
    {
        busy.Remove(span);
        hoursOfYear -= (decimal)span.Length.TotalHours;
        if (inHorizon) hoursOfHorizon -= (decimal)span.Length.TotalHours;
    }

    public bool HasHours(decimal hours) => hoursOfHorizon < allowance && hoursOfYear + hours <= trainer.HoursPerYear;
    public bool IsFree(Span span) => !busy.Exists(span.Widened(pause).Overlaps) && !trainer.Unavailable.Any(span.Widened(pause).Overlaps);
}

/// <summary>A venue while planning.</summary>
public sealed class Room(KnownVenue venue)
{
    readonly List<Span> busy = [];

    public KnownVenue Venue => venue;
    public void Take(Span span) => busy.Add(span);
    public void GiveBack(Span span) => busy.Remove(span);
    public bool IsFree(Span span) => !busy.Exists(span.Overlaps) && !venue.Closed.Any(span.Overlaps);
}
