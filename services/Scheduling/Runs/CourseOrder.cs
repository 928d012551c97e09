using System.Collections.Immutable;
using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Runs;

/// <summary>
/// Courses that build on others, for people who have both in a plan. A timetable keeps this order as a whole; taken in part or changed by hand it must too.
/// Runs that wait for money, are parked or cancelled aren't waited for.
/// </summary>
static class CourseOrder
{
    /// <summary>How many courses come one after the other before each; what goes round in a circle counts as the deepest.</summary>
    internal static Dictionary<Guid, int> Depths(IEnumerable<(Guid Course, ImmutableArray<Guid> Prerequisites)> courses)
    {
        var all = courses.DistinctBy(one => one.Course).ToList();
        var depths = all.ToDictionary(one => one.Course, _ => 0);
        for (var round = 0; round < all.Count; round++)
            foreach (var (course, prerequisites) in all)
                depths[course] = Math.Min(all.Count, Math.Max(depths[course], prerequisites.Where(depths.ContainsKey).Select(before => depths[before] + 1).DefaultIfEmpty().Max()));
        return depths;
    }

    /// <summary>Whether somebody who isn't in a run yet could sit in it.</summary>
    internal static async Task<bool> IsInOrder(this Bookings bookings, CourseRun run, Learner learner, CancellationToken ct)
    {
        try { await bookings.MustBeInOrder(run with { Learners = [learner] }, ct); }
        catch (RuleBroken) { return false; }
        return true;
    }

    /// <summary>Refuses a run, as it would be placed, whose learners sit in it before the end of what it builds on, or wait for that, or have what builds on it before its end.</summary>
    internal static async Task MustBeInOrder(this Bookings bookings, CourseRun run, CancellationToken ct)
    {
        await bookings.MustBeAfter(run, one => one.Wanted, ct);
        await bookings.MustBeBefore(run, ct);
    }

    /// <summary>The same of a run that moves: who has begun to wait for what it builds on since then is no reason to keep everybody where he is.</summary>
    internal static async Task MustStayInOrder(this Bookings bookings, RunId id, CancellationToken ct)
    {
        var run = await bookings.Desk.Must<CourseRun>(id.Value, ct);
        await bookings.MustBeAfter(run, one => one.Learners, ct);
        await bookings.MustBeBefore(run, ct);
    }

    static async Task MustBeAfter(this Bookings bookings, CourseRun run, Func<CourseRun, IEnumerable<Learner>> wanted, CancellationToken ct)
    {
        if (run.Sessions.IsEmpty) return;
        var courses = await bookings.Courses(ct);
        foreach (var first in courses[run.Offer.CourseId.Value].Prerequisites.Where(courses.ContainsKey)) MustBeAfter(run, await bookings.RunsOf(courses[first], run.Offer.PlanId, ct), wanted);
    }

    internal static async Task MustBeBefore(this Bookings bookings, CourseRun run, CancellationToken ct)
    {
        if (run.Sessions.IsEmpty) return;
        foreach (var next in (await bookings.Courses(ct)).Values.Where(course => course.Prerequisites.Contains(run.Offer.CourseId.Value)))
            MustBeBefore(run, await bookings.RunsOf(next, run.Offer.PlanId, ct));
    }

    static async Task<IReadOnlyList<CourseRun>> RunsOf(this Bookings bookings, KnownCourse course, PlanId plan, CancellationToken ct)
    {
        var code = course.Code;
        return [.. (await bookings.Query.Query<CourseRun>().Where(other => other.Offer.PlanId == plan && other.Offer.CourseCode == code).ToListAsync(ct)).Select(other => bookings.Desk.Seen<CourseRun>(other.Id) ?? other)];
    }

    internal static void MustBeAfter(CourseRun run, IReadOnlyList<CourseRun> runs, Func<CourseRun, IEnumerable<Learner>> wanted)
    {
        var (begin, funded) = (run.Sessions.Min(session => session.From), runs.Where(one => one.HasMoney).ToList());
        var first = funded.SelectMany(wanted).Select(learner => learner.EmployeeId).ToHashSet();
        var done = funded.Where(one => one.HasSeats && one.Sessions.All(session => session.To <= begin)).SelectMany(one => one.Learners).Select(learner => learner.EmployeeId).ToHashSet();
        if (run.Learners.Count(learner => first.Contains(learner.EmployeeId) && !done.Contains(learner.EmployeeId)) is > 0 and var many)
            throw new RuleBroken("out-of-order", $"{run.Offer.CourseCode} builds on {funded[0].Offer.CourseCode}, and {many} of its learners have no session of that before.");
    }

    internal static void MustBeBefore(CourseRun run, IReadOnlyList<CourseRun> runs)
    {
        var (end, own) = (run.Sessions.Max(session => session.To), run.Learners.Select(learner => learner.EmployeeId).ToHashSet());
        if (runs.FirstOrDefault(one => one.State == RunState.Confirmed && one.Sessions.Any(session => session.From < end) && one.Learners.Any(learner => own.Contains(learner.EmployeeId))) is { } next)
            throw new RuleBroken("out-of-order", $"{next.Offer.CourseCode} builds on {run.Offer.CourseCode}, and some of its learners have a session of it before the end of this one.");
    }
}
