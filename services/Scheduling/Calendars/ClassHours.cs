namespace Training.Scheduling.Calendars;

/// <summary>When classes may be, on working days, local time.</summary>
/// <param name="Opens">Earliest start.</param>
/// <param name="LastStart">Latest start.</param>
/// <param name="Closes">Latest end.</param>
public sealed record ClassHours(TimeOnly Opens, TimeOnly LastStart, TimeOnly Closes)
{
    public static readonly ClassHours Usual = new(new(8, 0), new(17, 0), new(20, 0));
}
