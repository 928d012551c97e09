using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>A funded run that waits for a place; heads is how many seats were paid for.</summary>
public sealed record OpenRun(RunId RunId, Offer Offer, KnownCourse Course, int Heads, ImmutableArray<Waiting> Waitlist);

/// <summary>Somebody who waits for a seat in one of the runs of a line, and when he has finished what the course builds on.</summary>
public sealed record Candidate(Learner Learner, RunId PlannedFor, Member Member, DateTimeOffset NotBefore = default);

/// <summary>A place for a run that bears everybody listed.</summary>
public sealed record Found(OpenRun Run, Teacher Teacher, Room Room, ImmutableArray<Span> Classes, ImmutableArray<Candidate> Seated);

/// <summary>Where a run finds its place, or the reason why it doesn't.</summary>
public sealed record Search(Found? Found, string Reason);

/// <summary>
/// First fit, as a careful clerk would do it: day after day and half hour after half hour, the first trainer and room that are free, and of the people
/// who wait, in their order, everyone whose post and rest bear it. Takes the first place where all seats fill; where none does, the fullest. Nothing starts
/// before an instant has passed.
/// </summary>
public sealed class Clerk(Board board, IReadOnlyList<Teacher> teachers, IReadOnlyList<Room> rooms, DateOnly from, DateOnly to, DateTimeOffset after, TimeSpan travel, ClassHours hours)
{
    /// <summary>Finds a place and takes it on the board.</summary>
    public Search Place(OpenRun run, IReadOnlyList<Candidate> waiting)
    {
        var able = Able(run);
        if (able.Count == 0) return new(null, $"No trainer with hours left is authorised to teach {run.Offer.CourseCode} in {run.Offer.Region}.");
        var suitable = Suitable(run, waiting);
        if (suitable.Count == 0)
            return new(null, $"No venue of {run.Offer.Region} seats {run.Offer.MinLearners} and has what {run.Offer.CourseCode} needs.");

        var (best, fullest) = (default(Found), 0);
        foreach (var classes in Times(run.Offer))
        {
            if (suitable.FirstOrDefault(room => classes.All(room.IsFree)) is not { } room) continue;
            if (able.FirstOrDefault(teacher => CanTeach(teacher, run, room, classes)) is not { } teacher) continue;
            var wanted = Math.Min(run.Heads, room.Venue.Seats);
            var seated = Seat(teacher, room, classes, waiting, wanted, Math.Max(run.Offer.MinLearners, fullest + 1));
            if (seated.Length <= fullest) continue;
            (best, fullest) = (new(run, teacher, room, classes, seated), seated.Length);
            if (fullest >= run.Heads) break;
        }
        if (best is null || fullest < run.Offer.MinLearners)
            return new(null, $"Between {from:yyyy-MM-dd} and {to:yyyy-MM-dd} there is no time when a trainer, a venue and {run.Offer.MinLearners} of {waiting.Count} learners are free "
                + "without bringing a post below its minimum.");
        Take(best);
        return new(best, "");
    }

    void Take(Found found)
    {
        foreach (var span in found.Classes)
        {
            found.Teacher.Take(span, inHorizon: true);
            found.Room.Take(span);
            foreach (var member in Members(found)) board.Take(member.Person, AwayOf(member, found.Room, span));
        }
    }

    static IEnumerable<Member> Members(Found found) =>
        found.Seated.Select(one => one.Member).Concat(found.Teacher.Member is { } member ? [member] : []);

    List<Teacher> Able(OpenRun run) =>
    [
        .. teachers.Where(one => one.Trainer.Serves(run.Offer.Region) && one.Trainer.MayTeach(run.Course.Id, from) && one.HasHours(run.Offer.Sessions * run.Offer.Minutes / 60m))
            .OrderBy(one => one.Load).ThenBy(one => one.Trainer.Id),
    ];

    /// <summary>On the own estate first where that is how the course is learnt, else the region's centres; small rooms before large ones.</summary>
    List<Room> Suitable(OpenRun run, IReadOnlyList<Candidate> waiting)
    {
        var home = run.Offer.OnSite ? waiting.Select(one => one.Member.EstateId.Value).FirstOrDefault() : default;
        return
        [
            .. rooms.Where(room => room.Venue.Region == run.Offer.Region && room.Venue.Seats >= run.Offer.MinLearners && !room.Venue.Lacks(run.Course.Equipment).Any())
                .OrderBy(room => run.Offer.OnSite ? room.Venue.EstateId != home : room.Venue.EstateId is not null)
                .ThenBy(room => room.Venue.Seats < run.Heads).ThenBy(room => room.Venue.Seats < run.Heads ? -room.Venue.Seats : room.Venue.Seats)
                .ThenBy(room => room.Venue.Id),
        ];
    }

    IEnumerable<ImmutableArray<Span>> Times(Offer offer)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (!day.IsWorkingDay()) continue;
            DateOnly[] days = [.. day.WorkingDays(offer.Sessions)];
            if (days[^1] > to) yield break;
            for (var start = hours.Opens; start <= hours.LastStart && start.AddMinutes(offer.Minutes) <= hours.Closes; start = start.AddMinutes(30))
            {
                var time = start;
                if (day.At(time, offer.TimeZone) <= after) continue;
                yield return [.. days.Select(one => one.At(time, offer.TimeZone)).Select(begin => new Span(begin, begin.AddMinutes(offer.Minutes)))];
            }
        }
    }

    bool CanTeach(Teacher teacher, OpenRun run, Room room, ImmutableArray<Span> classes)
    {
        foreach (var span in classes)
            if (!teacher.IsFree(span) || !teacher.Trainer.MayTeach(run.Course.Id, span.From.DayIn(run.Offer.TimeZone))) return false;
        return teacher.Member is not { } member || board.CanLeave(member.Person, [.. classes.Select(span => AwayOf(member, room, span))]);
    }

    /// <summary>Who of these can be away together, at most so many; gives up early when fewer than the least can be.</summary>
    ImmutableArray<Candidate> Seat(Teacher teacher, Room room, ImmutableArray<Span> classes, IReadOnlyList<Candidate> waiting, int most, int least)
    {
        List<Candidate> seated = [];
        List<(Member Member, Board.Window Away)> taken = [];
        if (teacher.Member is { } trainer) Leave(trainer);
        for (var at = 0; at < waiting.Count && seated.Count < most && seated.Count + waiting.Count - at >= least; at++)
            if (waiting[at].NotBefore <= classes[0].From && Leave(waiting[at].Member)) seated.Add(waiting[at]);
        foreach (var (member, away) in taken) board.GiveBack(member.Person, away);
        return seated.Count < least ? [] : [.. seated];

        bool Leave(Member member)
        {
            List<Board.Window> aways = [.. classes.Select(span => AwayOf(member, room, span))];
            if (!board.CanLeave(member.Person, aways)) return false;
            foreach (var away in aways)
            {
                board.Take(member.Person, away);
                taken.Add((member, away));
            }
            return true;
        }
    }

    Board.Window AwayOf(Member member, Room room, Span span) => board.WindowOf(room.Venue.EstateId == member.EstateId.Value ? span : span.Widened(travel));
}
