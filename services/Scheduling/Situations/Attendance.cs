using System.Collections.Immutable;
using Training.Scheduling.FirstFit;

namespace Training.Scheduling.Situations;

/// <summary>A run where it is held, with who has a seat in it.</summary>
sealed record Given(SituationRun Run, ImmutableArray<Class> Classes, ImmutableArray<Guid> Learners);

/// <summary>Who comes to a class: of so many learners, of whom so many are needed, all but those whom something keeps.</summary>
sealed record Coming(DateTimeOffset At, int Learners, int Least, ImmutableArray<Obstacle> Obstacles);

/// <summary>
/// How many of a run's learners can come when, beside what is given: never fewer than in truth, so that it may be said where too few can. Nobody travels whose
/// own estate has a room that would do.
/// </summary>
/// <param name="situation">Venues and hours.</param>
/// <param name="staff">The boards, with everybody away who is on a run that is given.</param>
/// <param name="cohorts">Learners by run.</param>
/// <param name="given">What stays as it is.</param>
/// <param name="unseated">Courses in which somebody who waits for them has no seat, and who: what builds on them isn't for him.</param>
sealed class Attendance(
    Situation situation, Staff staff, IReadOnlyDictionary<Guid, ImmutableArray<Demand>> cohorts, IReadOnlyList<Given> given, IReadOnlySet<(Guid Course, Guid Employee)> unseated)
{
    readonly Dictionary<(Guid Course, Guid Employee), DateTimeOffset> ends = given.SelectMany(one => one.Learners.Select(employee => (Key: (one.Run.Course, employee), one.Classes[^1].To)))
        .GroupBy(one => one.Key, one => one.To).ToDictionary(one => one.Key, one => one.Min());

    internal sealed record Member(Demand Demand, Board.Person Person, bool Travels);

    public Staff Staff => staff;

    public IReadOnlyList<Given> Given => given;

    public IReadOnlyList<Member> MembersOf(SituationRun run)
    {
        var near = situation.Venues.Where(venue => Translation.IsFit(venue, run)).Select(venue => venue.Estate).ToHashSet();
        return [.. cohorts[run.Id].Select(demand => new Member(demand, staff.Find(demand.Employee, demand.Estate), !near.Contains(demand.Estate)))];
    }

    /// <summary>Who has a seat in a published run keeps it; another needs its minimum.</summary>
    public int LeastOf(SituationRun run) => run.Published.IsEmpty ? run.MinLearners : cohorts[run.Id].Length;

    /// <summary>The usual starts at which enough can come; looked at one by one, which is soon done, or also together.</summary>
    public ImmutableArray<int> StartsOf(SituationRun run, bool together)
    {
        var (members, least) = (MembersOf(run), LeastOf(run));
        var times = members.Select(member => staff.TimesOf(member.Person, run.Minutes, member.Travels)).ToArray();
        return [.. staff.Grid.Starts(run.Minutes).Where((start, index) =>
        {
            var (able, unposted) = (0, 0);
            for (var at = 0; at < times.Length; at++)
                if (times[at].CanAttend(index) && !IsTooEarly(run, members[at], start))
                {
                    able++;
                    if (times[at].IsUnposted(index)) unposted++;
                }
            // Who leaves no post doesn't matter to the others, and one who does can.
            if (able < least || unposted + 1 >= least || !together) return able >= least;
            var posted = members.Where((member, at) => times[at].CanAttend(index) && !times[at].IsUnposted(index) && !IsTooEarly(run, member, start));
            return able - NotSpared(run, posted, start).Sum(post => post.People) >= least;
        })];
    }

    /// <summary>The start at which the most can come; null where no class of that length can start at all.</summary>
    public Coming? BestOf(SituationRun run)
    {
        var members = MembersOf(run);
        return staff.Grid.Starts(run.Minutes).Select(start => new Coming(staff.Grid.At(start), members.Count, LeastOf(run), ObstaclesAt(run, members, start))).MinBy(one => one.Obstacles.Length);
    }

    ImmutableArray<Obstacle> ObstaclesAt(SituationRun run, IReadOnlyList<Member> members, int start)
    {
        var each = members.Select(member => (Member: member, Obstacle: IsTooEarly(run, member, start) ? new(ObstacleKind.Order)
            : staff.Board.ObstacleTo(member.Person, AwayOf(run, member, start)))).ToList();
        var able = each.Where(one => one.Obstacle.Kind == ObstacleKind.None).Select(one => one.Member).ToList();
        return
        [
            .. each.Select(one => one.Obstacle).Where(obstacle => obstacle.Kind != ObstacleKind.None),
            .. from kept in NotSpared(run, able, start)
               from post in staff.Board.Posts
               where post.Spare == kept.Spare
               from obstacle in Enumerable.Repeat(new Obstacle(ObstacleKind.Post, post.Estate, post.Rule), kept.People)
               select obstacle,
        ];
    }

    bool IsTooEarly(SituationRun run, Member member, int start) => run.Prerequisites.Any(course =>
        unseated.Contains((course, member.Demand.Employee)) || (ends.TryGetValue((course, member.Demand.Employee), out var end) && end > staff.Grid.At(start)));

    Board.Window AwayOf(SituationRun run, Member member, int start) => staff.AwayOf(start, run.Minutes / 30, member.Travels);

    /// <summary>
    /// How many of those who can come by themselves a post keeps all the same, because it can't spare them together: at the half hour where it is shortest. No
    /// two posts, or half hours, keep the same people, so that nobody is counted twice.
    /// </summary>
    List<(int[] Spare, int People)> NotSpared(SituationRun run, IEnumerable<Member> able, int start)
    {
        Dictionary<(int[] Spare, int Slot), HashSet<Member>> leaving = [];
        foreach (var member in able)
            foreach (var (posts, time) in Board.Drawn(member.Person, AwayOf(run, member, start)))
                foreach (var spare in posts)
                    for (var slot = time.From; slot < time.To; slot++)
                        if (leaving.TryGetValue((spare, slot), out var others)) others.Add(member);
                        else leaving[(spare, slot)] = [member];
        List<(int[], int)> kept = [];
        HashSet<Member> counted = [];
        foreach (var ((spare, _), members, people) in leaving.Select(one => (one.Key, one.Value, People: one.Value.Count - one.Key.Spare[one.Key.Slot]))
            .Where(one => one.People > 0).OrderByDescending(one => one.People))
        {
            if (counted.Overlaps(members)) continue;
            counted.UnionWith(members);
            kept.Add((spare, people));
        }
        return kept;
    }
}
