using System.Collections.Immutable;
using Training.Scheduling.Known;

namespace Training.Scheduling.Calendars;

/// <summary>What an estate asks of its posts, and who holds licences until when.</summary>
public record EstateRules(
    string EstateCode, string TimeZone, ImmutableArray<PostRule> Posts, ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>> Licences)
{
    public bool Counts(PostRule rule, EmployeeId employee, DateOnly on) =>
        rule.Licence == "" || (Licences.GetValueOrDefault(employee)?.TryGetValue(rule.Licence, out var expires) == true && on <= expires);
}

/// <summary>One post in one half hour: heads that count, those of them in class, and the least there must be.</summary>
public record PostSlot(PostRule Rule, DateTimeOffset At, ImmutableHashSet<EmployeeId> OnDuty, ImmutableHashSet<EmployeeId> Released)
{
    public int Minimum => Rule.Heads;
    public bool BelowMinimum => OnDuty.Count - Released.Count < Minimum;
}

/// <summary>
/// F21: on duty − released ≥ minimum, for every post and half hour. Somebody counts as on duty only in half hours his shift covers entirely, and
/// as released in every half hour that touches his absence.
/// </summary>
public static class Manning
{
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(30);

    public static IEnumerable<PostSlot> Count(DutyWeek week, EstateRules rules, Span window)
    {
        var shifts = week.Shifts.Where(shift => shift.From < window.To && window.From < shift.To).ToList();
        var bookings = week.Bookings.Values.Where(booking => booking.Away.Overlaps(window)).ToList();
        for (var at = Floor(window.From); at < window.To; at += Slot)
        {
            var local = at.In(rules.TimeZone);
            var (time, day, slot) = (TimeOnly.FromDateTime(local.DateTime), DateOnly.FromDateTime(local.DateTime), new Span(at, at + Slot));
            foreach (var rule in rules.Posts.Where(rule => rule.AppliesAt(time)))
            {
                var onDuty = shifts.Where(shift => shift.Post == rule.Post && shift.From <= slot.From && slot.To <= shift.To)
                    .SelectMany(shift => shift.Employees).Where(employee => rules.Counts(rule, employee, day)).ToImmutableHashSet();
                var released = onDuty.Intersect(bookings.Where(booking => booking.Away.Overlaps(slot)).SelectMany(booking => booking.Employees));
                yield return new(rule, at, onDuty, released);
            }
        }
    }

    static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % Slot.Ticks, TimeSpan.Zero);
}
