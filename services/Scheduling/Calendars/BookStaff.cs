using System.Collections.Immutable;
using Training.Foundation;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <param name="SessionId">The session they attend or teach.</param>
/// <param name="Employees">People of one estate.</param>
/// <param name="Away">From leaving the post to being back.</param>
/// <param name="Rules">The minimum manning of the estate.</param>
/// <param name="Nearby">The weeks before and after where they are near, for the rest rule.</param>
public record BookStaff(SessionId SessionId, ImmutableArray<EmployeeId> Employees, Span Away, EstateRules Rules, ImmutableArray<DutyWeek> Nearby);
public record ReleaseStaff(SessionId SessionId, ImmutableArray<EmployeeId> Employees);

public static class BookStaffHandler
{
    public static IDutyWeekFact[] Decide(DutyWeek? existing, BookStaff command)
    {
        var week = existing ?? new DutyWeek();
        ImmutableArray<EmployeeId> fresh = [.. command.Employees.Where(employee =>
            week.Bookings.GetValueOrDefault(command.SessionId)?.Employees.Contains(employee) != true)];
        if (fresh.IsEmpty) return [];

        var zone = command.Rules.TimeZone;
        foreach (var (session, booking) in week.Bookings.Where(booking => booking.Key != command.SessionId && booking.Value.Away.Overlaps(command.Away)))
            if (fresh.Where(booking.Employees.Contains) is var twice && twice.Any())
                throw new RuleBroken("overlapping-session",
                    $"Employee {twice.First().Value} is already in session {session.Value} from {booking.Away.From.In(zone):yyyy-MM-dd HH:mm} to {booking.Away.To.In(zone):HH:mm}.");

        if (week.Rosters.IsEmpty && !command.Rules.Posts.IsEmpty)
            throw new RuleBroken("no-roster", $"{command.Rules.EstateCode} has no roster for {command.Away.From.In(zone):yyyy-MM-dd}, so nobody can say whether its posts stay manned.");

        var (weeks, days) = (command.Nearby.Add(week), command.Away.Widened(TimeSpan.FromDays(2)));
        var shifts = weeks.SelectMany(one => one.Shifts).Where(shift => days.Overlaps(new(shift.From, shift.To))).ToList();
        var classes = weeks.SelectMany(one => one.Bookings).Where(booking => booking.Key != command.SessionId && days.Overlaps(booking.Value.Away)).Select(booking => booking.Value).ToList();
        foreach (var employee in fresh)
            if (!Rest.Remains([.. shifts.Where(shift => shift.Employees.Contains(employee)).Select(shift => new Span(shift.From, shift.To))],
                classes.Where(booking => booking.Employees.Contains(employee)).Select(booking => booking.Away), command.Away))
                throw new RuleBroken("rest-too-short",
                    $"Employee {employee.Value} would not keep 11 hours of rest around {command.Away.From.In(zone):yyyy-MM-dd HH:mm}–{command.Away.To.In(zone):HH:mm}.");

        var booked = new StaffBooked(command.SessionId, fresh, command.Away.From, command.Away.To);
        return Manning.Count(week.Apply(booked), command.Rules, command.Away).FirstOrDefault(slot => slot.BelowMinimum && slot.Released.Overlaps(fresh)) is { } shortage
            ? throw new RuleBroken("post-below-minimum", Words(shortage, command.Rules))
            : [booked];
    }

    public static IDutyWeekFact[] Decide(DutyWeek? week, ReleaseStaff command)
    {
        var booked = week?.Bookings.GetValueOrDefault(command.SessionId)?.Employees ?? [];
        ImmutableArray<EmployeeId> released = [.. command.Employees.Where(booked.Contains)];
        return released.IsEmpty ? [] : [new StaffReleased(command.SessionId, released)];
    }

    internal static string Words(PostSlot slot, EstateRules rules) =>
        $"Post {slot.Rule.Post} of {rules.EstateCode} needs {slot.Minimum} from {slot.At.In(rules.TimeZone):yyyy-MM-dd HH:mm} on; "
        + $"{slot.OnDuty.Count} are on duty and {slot.Released.Count} of them would be in class.";
}
