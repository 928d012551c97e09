namespace Training.Scheduling.Verifier;

/// <summary>F21 minute by minute: heads come with their shift, go with it or with a session, and no half hour of a post may fall below its minimum.</summary>
static class Coverage
{
    const int Day = 24 * 60, Slot = 30;

    internal sealed record Result(int Checked, int Below, int ShortByRoster, IReadOnlyList<Violation> Violations);

    internal static Result Sweep(Evidence evidence)
    {
        var (all, below, shortByRoster) = (0, 0, 0);
        List<Violation> violations = [];
        var absences = evidence.Meetings.SelectMany(meeting => meeting.Away.Select(one => (one.Employee, one.From, one.To, meeting.Id))).ToLookup(one => one.Employee);
        foreach (var site in evidence.Sites)
        {
            var duties = site.Duties.SelectMany(duty => DaysOf(duty, site.TimeZone).Select(day => (duty, day))).ToLookup(one => (one.duty.Post, one.day), one => one.duty);
            foreach (var (post, day) in site.Posts.SelectMany(post => site.Rostered.Order().Select(day => (post, day))))
            {
                var midnight = MidnightOf(day, site.TimeZone);
                int[] rostered = new int[Day + 1], away = new int[Day + 1];
                List<(DateTimeOffset From, DateTimeOffset To, Guid Id)> sessions = [];
                foreach (var duty in duties[(post.Code, day)])
                {
                    if (post.Licence != "" && (!evidence.Licences.TryGetValue((duty.Employee, post.Licence), out var until) || until < day)) continue;
                    Mark(rostered, duty.From, duty.To, midnight);
                    foreach (var absence in absences[duty.Employee].Where(absence => absence.From < duty.To && absence.To > duty.From))
                    {
                        var (from, to) = (absence.From > duty.From ? absence.From : duty.From, absence.To < duty.To ? absence.To : duty.To);
                        Mark(away, from, to, midnight);
                        sessions.Add((from, to, absence.Id));
                    }
                }

                var (heads, gone) = (0, 0);
                for (var begin = 0; begin < Day; begin += Slot)
                {
                    var (least, leastOfRoster, released) = (int.MaxValue, int.MaxValue, false);
                    for (var minute = begin; minute < begin + Slot; minute++)
                    {
                        (heads, gone) = (heads + rostered[minute], gone + away[minute]);
                        (least, leastOfRoster, released) = (Math.Min(least, heads - gone), Math.Min(leastOfRoster, heads), released || gone > 0);
                    }
                    if (!Asked(post, begin)) continue;
                    all++;
                    if (least >= post.Heads) continue;
                    if (!released) shortByRoster++;
                    else
                    {
                        below++;
                        var (since, until) = (midnight.AddMinutes(begin), midnight.AddMinutes(begin + Slot));
                        violations.Add(new("post-below-minimum", [.. sessions.Where(one => one.From < until && one.To > since).Select(one => one.Id).Distinct().Order()],
                            $"Post {post.Code} of {site.Code} has {least} of {post.Heads} on {Verify.Text(day)} at {begin / 60:00}:{begin % 60:00}; {leastOfRoster} are on its roster.")
                        {
                            About = $"{site.Code} {post.Code} {Verify.Text(day)} {begin / 60:00}:{begin % 60:00} ({least}/{post.Heads})",
                        });
                    }
                }
            }
        }
        return new(all, below, shortByRoster, violations);
    }

    static IEnumerable<DateOnly> DaysOf(Duty duty, string zone)
    {
        for (var (day, last) = (Verify.Day(duty.From, zone), Verify.Day(duty.To, zone)); day <= last; day = day.AddDays(1)) yield return day;
    }

    static void Mark(int[] changes, DateTimeOffset from, DateTimeOffset to, DateTimeOffset midnight)
    {
        var (first, last) = (Math.Clamp((int)(from - midnight).TotalMinutes, 0, Day), Math.Clamp((int)(to - midnight).TotalMinutes, 0, Day));
        changes[first]++;
        changes[last]--;
    }

    static bool Asked(Post post, int minute)
    {
        var (from, to) = (post.From.Hour * 60 + post.From.Minute, post.To.Hour * 60 + post.To.Minute);
        if (from == to) return true;
        return from < to ? minute >= from && minute < to : minute < to || minute >= from;
    }

    static DateTimeOffset MidnightOf(DateOnly day, string zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local));
    }
}
