using Training.Scheduling.Known;
using Training.Scheduling.Sessions;

namespace Training.Scheduling.Verifier;

/// <summary>Who has a course and one that builds on it in one plan has the first before the second. What was held is over: what it builds on may have got its money, or become known, later.</summary>
static class Order
{
    internal static IEnumerable<Violation> Judge(IEnumerable<Session> sessions, IReadOnlyDictionary<Guid, KnownCourse> courses) =>
        from seats in sessions.SelectMany(session => session.Learners.Select(learner => (learner, session))).GroupBy(one => (one.session.PlanId, one.learner), one => one.session)
        let byCourse = seats.ToLookup(session => session.CourseId.Value)
        from course in byCourse
        from first in courses[course.Key].Prerequisites
        let begins = course.MinBy(session => session.StartsAt)
        where begins.State == SessionState.Scheduled && byCourse.Contains(first) && !byCourse[first].GroupBy(session => session.RunId).Any(run => run.Max(session => session.EndsAt) <= begins.StartsAt)
        select new Violation("out-of-order", [begins.Id, byCourse[first].MaxBy(session => session.EndsAt)!.Id],
            $"Employee {seats.Key.learner.Value} has {begins.CourseCode} at {begins.StartsAt:u}, before the end of {courses[first].Code}, on which it builds.");
}
