using System.Globalization;

namespace Training.Scheduling.Verifier;

/// <summary>
/// Judges a schedule from its sessions and the rosters alone. It shares no code with the decisions and the planner, so that neither can hide a
/// mistake of the other: it sweeps sorted times instead of counting half hours.
/// </summary>
public static class Verify
{
    public static Report Judge(Evidence evidence)
    {
        var coverage = Coverage.Sweep(evidence);
        List<Violation> violations =
        [
            .. Twice(evidence.Meetings, "trainer-double-booked", meeting => [(meeting.Trainer, meeting.From, meeting.To)], trainer => $"Trainer {evidence.Trainers[trainer].Name}"),
            .. Twice(evidence.Meetings, "venue-double-booked", meeting => [(meeting.Venue, meeting.From, meeting.To)], venue => $"Venue {evidence.Venues[venue].Name}"),
            .. Twice(evidence.Meetings, "learner-double-booked", meeting => meeting.Away.Select(one => (one.Employee, one.From, one.To)), employee => $"Employee {employee}"),
            .. evidence.Meetings.SelectMany(meeting => Teachable(meeting, evidence)),
            .. Rested(evidence),
            .. evidence.Meetings.SelectMany(meeting => Unbooked(meeting, evidence)),
            .. coverage.Violations,
        ];
        return new(evidence.Meetings.Count, coverage.Checked, coverage.Below, coverage.ShortByRoster, violations);
    }

    static IEnumerable<Violation> Twice(
        IEnumerable<Meeting> meetings, string kind, Func<Meeting, IEnumerable<(Guid Who, DateTimeOffset From, DateTimeOffset To)>> uses, Func<Guid, string> name)
    {
        var byUse = meetings.SelectMany(meeting => uses(meeting).Select(use => (use.Who, use.From, use.To, meeting.Id))).GroupBy(use => use.Who);
        foreach (var uses_ in byUse)
        {
            var (last, lastId) = (DateTimeOffset.MinValue, Guid.Empty);
            foreach (var use in uses_.OrderBy(use => use.From).ThenBy(use => use.To))
            {
                if (use.From < last && use.Id != lastId)
                    yield return new(kind, [lastId, use.Id], $"{name(use.Who)} is in two sessions at {use.From:u}.");
                if (use.To > last) (last, lastId) = (use.To, use.Id);
            }
        }
    }

    static IEnumerable<Violation> Teachable(Meeting meeting, Evidence evidence)
    {
        var (trainer, venue, course) = (evidence.Trainers[meeting.Trainer], evidence.Venues[meeting.Venue], evidence.Courses[meeting.CourseId]);
        var day = Day(meeting.From, meeting.TimeZone);
        if (!trainer.AuthorisedTo.TryGetValue(meeting.CourseId, out var until) || until < day)
            yield return new("trainer-not-authorised", [meeting.Id], $"{trainer.Name} may not teach {meeting.Course} on {Text(day)}.");
        if (trainer.Absent.Any(absence => absence.To > meeting.From && absence.From < meeting.To))
            yield return new("trainer-unavailable", [meeting.Id], $"{trainer.Name} is not there on {Text(day)}.");
        if (venue.Closed.Any(closure => closure.To > meeting.From && closure.From < meeting.To))
            yield return new("venue-closed", [meeting.Id], $"{venue.Name} is closed on {Text(day)}.");
        if (meeting.Learners.Count > venue.Seats || meeting.Learners.Count > course.MaxLearners)
            yield return new("too-few-seats", [meeting.Id], $"{meeting.Learners.Count} learners, but {venue.Name} seats {venue.Seats} and {meeting.Course} takes {course.MaxLearners}.");
        foreach (var thing in course.Equipment.Where(thing => !venue.Equipment.Contains(thing)))
            yield return new("equipment-missing", [meeting.Id], $"{venue.Name} has no {thing} for {meeting.Course}.");
    }

    /// <summary>What no calendar holds could be given away a second time.</summary>
    static IEnumerable<Violation> Unbooked(Meeting meeting, Evidence evidence)
    {
        if (!evidence.Booked.Contains((meeting.Id, meeting.Trainer)))
            yield return new("not-booked", [meeting.Id], $"The calendar of trainer {evidence.Trainers[meeting.Trainer].Name} has no {meeting.Course} at {meeting.From:u}.");
        if (!evidence.Booked.Contains((meeting.Id, meeting.Venue)))
            yield return new("not-booked", [meeting.Id], $"The calendar of {evidence.Venues[meeting.Venue].Name} has no {meeting.Course} at {meeting.From:u}.");
        foreach (var attendee in meeting.Away.Where(attendee => !evidence.Booked.Contains((meeting.Id, attendee.Employee))))
            yield return new("not-booked", [meeting.Id], $"Employee {attendee.Employee} is not released for {meeting.Course} at {meeting.From:u}.");
    }

    /// <summary>Work of a person less than 11 h apart, classes too, is one stretch; one with a class in it lasts 13 h at most, unless the class lies inside a duty.</summary>
    static IEnumerable<Violation> Rested(Evidence evidence)
    {
        var duties = evidence.Sites.SelectMany(site => site.Duties).ToLookup(duty => duty.Employee, duty => (duty.From, duty.To));
        var classes = evidence.Meetings.SelectMany(meeting => meeting.Away).ToLookup(attendee => attendee.Employee, attendee => (attendee.From, attendee.To));
        foreach (var (meeting, attendee) in evidence.Meetings.SelectMany(meeting => meeting.Away.Select(attendee => (meeting, attendee))))
        {
            List<(DateTimeOffset From, DateTimeOffset To)> Near(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans) =>
                [.. spans.Where(span => span.To > attendee.From.AddDays(-2) && span.From < attendee.To.AddDays(2))];
            var near = Near(duties[attendee.Employee]);
            if (Stretches(near, TimeSpan.Zero).Any(duty => duty.From <= attendee.From && duty.To >= attendee.To)) continue;
            var stretch = Stretches([.. near, .. Near(classes[attendee.Employee])], TimeSpan.FromHours(11)).Single(one => one.From <= attendee.From && one.To >= attendee.To);
            if (stretch.To - stretch.From > TimeSpan.FromHours(13))
                yield return new("rest-too-short", [meeting.Id], $"Employee {attendee.Employee} works from {stretch.From:u} to {stretch.To:u} with this session.");
        }
    }

    /// <summary>Joins spans whose gap is shorter than this; touching spans join at a gap of zero.</summary>
    static List<(DateTimeOffset From, DateTimeOffset To)> Stretches(List<(DateTimeOffset From, DateTimeOffset To)> spans, TimeSpan gap)
    {
        List<(DateTimeOffset From, DateTimeOffset To)> joined = [];
        foreach (var span in spans.OrderBy(span => span.From))
            if (joined is [.., var last] && (span.From - last.To < gap || span.From <= last.To))
                joined[^1] = (last.From, span.To > last.To ? span.To : last.To);
            else
                joined.Add(span);
        return joined;
    }

    internal static DateOnly Day(DateTimeOffset at, string zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at, zone).DateTime);

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
