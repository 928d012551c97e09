using System.Collections.Immutable;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Known;

namespace Training.Scheduling.Situations;

/// <summary>
/// A timetable being made on the boards that first fit uses: who is away, which trainer and room is taken, who has a seat. Exact to the half hour, whatever a
/// search assumed.
/// </summary>
sealed class Office
{
    readonly Situation situation;
    readonly Staff staff;
    readonly Dictionary<Guid, Teacher> teachers;
    readonly Dictionary<Guid, Room> rooms;
    readonly Dictionary<Guid, SituationVenue> venues;
    readonly ILookup<Guid, SituationRun> byCourse;
    readonly ILookup<(Guid Line, Guid OnSite), Demand> byLine;
    readonly ILookup<Guid, Guid> linesAfter, linesOf;
    readonly Dictionary<Guid, Held> held = [];
    readonly HashSet<Guid> reserved = [];
    readonly Dictionary<(Guid Line, Guid Employee), Held> seats = [];
    readonly Dictionary<Guid, (int Seated, int Wanted)> shares;

    internal sealed class Held(SituationRun run, ImmutableArray<Class> classes)
    {
        public SituationRun Run => run;
        public ImmutableArray<Class> Classes { get; set; } = classes;
        public List<Demand> Seated { get; } = [];
        public DateTimeOffset From => Classes[0].From;
        public DateTimeOffset To => Classes[^1].To;
    }

    public Office(Situation situation)
    {
        this.situation = situation;
        staff = new(situation);
        venues = situation.Venues.ToDictionary(venue => venue.Id);
        byCourse = situation.Runs.ToLookup(run => run.Course);
        linesAfter = situation.Runs.SelectMany(run => run.Prerequisites.Select(course => (course, run.Line))).Distinct().ToLookup(one => one.course, one => one.Line);
        linesOf = situation.Runs.SelectMany(run => run.Demands.Select(demand => (demand.Employee, run.Line))).Distinct().ToLookup(one => one.Employee, one => one.Line);
        byLine = situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Line, run.OnSite, Demand: demand))).DistinctBy(one => (one.Line, one.OnSite, one.Demand.Employee))
            .ToLookup(one => (one.Line, one.OnSite), one => one.Demand);
        rooms = situation.Venues.ToDictionary(venue => venue.Id, RoomOf);
        teachers = situation.Trainers.ToDictionary(trainer => trainer.Id, TeacherOf);
        shares = situation.Runs.SelectMany(run => run.Demands).GroupBy(demand => demand.Estate).ToDictionary(all => all.Key, all => (0, all.Count()));
    }

    /// <summary>A finished timetable, whatever it breaks.</summary>
    public static Office Of(Situation situation, Timetable timetable)
    {
        var (office, runs) = (new Office(situation), situation.Runs.ToDictionary(run => run.Id));
        foreach (var planned in timetable.Runs)
        {
            var run = runs[planned.Run];
            office.Hold(run, planned.Classes, out var one, anyway: true);
            var known = office.byLine[(run.Line, run.OnSite)].ToDictionary(demand => demand.Employee);
            foreach (var learner in planned.Learners) office.Seat(one, known[learner]);
        }
        return office;
    }

    /// <summary>Those that are held; reserved places are not among them.</summary>
    public IReadOnlyCollection<Held> All => [.. held.Values.Where(one => !reserved.Contains(one.Run.Id))];

    /// <summary>The boards, on which everybody with a seat and every trainer is away.</summary>
    public Staff Staff => staff;

    public IEnumerable<Demand> Waiting(SituationRun run) => InOrder(byLine[(run.Line, run.OnSite)].Where(demand => !seats.ContainsKey((run.Line, demand.Employee))));

    /// <summary>Who must comes first, then whose need is most urgent, then who comes from an estate that has got the least so far.</summary>
    public IEnumerable<Demand> InOrder(IEnumerable<Demand> demands) => demands.OrderBy(demand => demand.Deadline).ThenByDescending(demand => demand.Worth)
        .ThenBy(demand => shares[demand.Estate] is var (seated, wanted) ? (double)seated / wanted : 0).ThenBy(demand => demand.Employee).ToList();

    /// <summary>Takes trainers and rooms of a run; false where one is taken already, or a trainer has no hours left or is staff and can't leave his own post.</summary>
    public bool Hold(SituationRun run, ImmutableArray<Class> classes, out Held one, bool anyway = false)
    {
        one = new(run, classes);
        if (!anyway && classes.Any(at => !teachers[at.Trainer].IsFree(SpanOf(at)) || !rooms[at.Venue].IsFree(SpanOf(at)))) return false;
        if (!anyway && classes.GroupBy(at => at.Trainer).Any(taught => !teachers[taught.Key].HasHours(taught.Sum(at => (decimal)SpanOf(at).Length.TotalHours)))) return false;
        if (!anyway && classes.GroupBy(at => at.Trainer).Any(taught => teachers[taught.Key].Member is { } member && !CanLeave(member.Person, member.EstateId.Value, [.. taught]))) return false;
        foreach (var at in classes)
        {
            Engage(at);
            rooms[at.Venue].Take(SpanOf(at));
        }
        held[run.Id] = one;
        return true;
    }

    /// <summary>Somebody else teaches one class of a run; false where he is taken, has no hours left or can't leave his own post.</summary>
    public bool StandIn(Guid run, int session, Guid trainer)
    {
        var (one, teacher) = (held[run], teachers[trainer]);
        var (before, after) = (one.Classes[session], one.Classes[session] with { Trainer = trainer });
        if (!teacher.IsFree(SpanOf(after)) || !teacher.HasHours((decimal)SpanOf(after).Length.TotalHours)) return false;
        if (teacher.Member is { } member && !CanLeave(member.Person, member.EstateId.Value, [after])) return false;
        Disengage(before);
        Engage(after);
        one.Classes = one.Classes.SetItem(session, after);
        return true;
    }

    /// <summary>One class of a run is held elsewhere; false where that is taken, too far for the trainer's other classes, or the way takes somebody from his post.</summary>
    public bool Relocate(Guid run, int session, Guid venue)
    {
        var one = held[run];
        var (before, after) = (one.Classes[session], one.Classes[session] with { Venue = venue });
        if (!rooms[venue].IsFree(SpanOf(after))) return false;
        Leave(one, before);
        if (!Attend(one, after))
        {
            Attend(one, before, anyway: true);
            return false;
        }
        rooms[before.Venue].GiveBack(SpanOf(before));
        rooms[venue].Take(SpanOf(after));
        one.Classes = one.Classes.SetItem(session, after);
        return true;
    }

    void Leave(Held one, Class at)
    {
        Disengage(at);
        foreach (var demand in one.Seated) staff.Board.GiveBack(PersonOf(demand), AwayOf(demand, at));
    }

    /// <summary>The trainer and everybody with a seat, one after the other, because two may be missed at the same post; all or none.</summary>
    bool Attend(Held one, Class at, bool anyway = false)
    {
        var teacher = teachers[at.Trainer];
        if (!anyway && (!teacher.IsFree(SpanOf(at)) || (teacher.Member is { } member && !CanLeave(member.Person, member.EstateId.Value, [at])))) return false;
        Engage(at);
        List<(Board.Person Person, Board.Window Away)> gone = [];
        foreach (var demand in one.Seated)
        {
            var (person, away) = (PersonOf(demand), AwayOf(demand, at));
            if (!anyway && !staff.Board.CanLeave(person, away))
            {
                Disengage(at);
                foreach (var each in gone) staff.Board.GiveBack(each.Person, each.Away);
                return false;
            }
            staff.Board.Take(person, away);
            gone.Add((person, away));
        }
        return true;
    }

    void Engage(Class at)
    {
        teachers[at.Trainer].Take(SpanOf(at), inHorizon: true);
        if (teachers[at.Trainer].Member is { } member) staff.Board.Take(member.Person, AwayOf(member.EstateId.Value, at.Venue, SpanOf(at)));
    }

    void Disengage(Class at)
    {
        teachers[at.Trainer].GiveBack(SpanOf(at), inHorizon: true);
        if (teachers[at.Trainer].Member is { } member) staff.Board.GiveBack(member.Person, AwayOf(member.EstateId.Value, at.Venue, SpanOf(at)));
    }

    /// <summary>Gives up a run that can't be held after all.</summary>
    public void Drop(Held one)
    {
        foreach (var demand in one.Seated.ToList()) UnseatFromAll(one, demand);
        foreach (var at in one.Classes)
        {
            Disengage(at);
            rooms[at.Venue].GiveBack(SpanOf(at));
        }
        held.Remove(one.Run.Id);
    }

    /// <summary>A published run that can't be held where it is: what it takes stays taken, but it isn't a part of the timetable.</summary>
    public void Reserve(Held one) => reserved.Add(one.Run.Id);

    public int FreeSeats(Held one) => Math.Min(one.Run.Seats, one.Classes.Min(at => venues[at.Venue].Seats)) - one.Seated.Count;

    /// <summary>Whether the rooms have more seats than are paid for.</summary>
    public bool HasChairs(Held one) => one.Classes.Min(at => venues[at.Venue].Seats) > one.Seated.Count;

    /// <summary>What it costs that somebody attends.</summary>
    public int CostOf(Held one, Demand demand) =>
        one.Classes.Select(at => staff.CostOf(demand.Employee, demand.Estate, venues[at.Venue], at, one.Run.Minutes)).Sum(cost => cost.Travel + cost.Backfill);

    public bool IsLate(Held one, Demand demand) => one.Classes[^1].From.DayIn(situation.TimeZone) > demand.Deadline;

    /// <summary>What a seat in a run saves.</summary>
    public long GainOf(Held one, Demand demand) => demand.Worth + (demand.IsMandatory && !IsLate(one, demand) ? situation.Prices.MissedMandatory : 0L);

    public bool TrySeat(Held one, Demand demand)
    {
        if (FreeSeats(one) < 1 || seats.ContainsKey((one.Run.Line, demand.Employee)) || !CanAttend(one, demand)) return false;
        Seat(one, demand);
        return true;
    }

    public void Seat(Held one, Demand demand)
    {
        foreach (var at in one.Classes) staff.Board.Take(PersonOf(demand), AwayOf(demand, at));
        Enter(one, demand);
    }

    public void Unseat(Held one, Demand demand)
    {
        foreach (var at in one.Classes) staff.Board.GiveBack(PersonOf(demand), AwayOf(demand, at));
        one.Seated.Remove(demand);
        seats.Remove((one.Run.Line, demand.Employee));
        shares[demand.Estate] = shares[demand.Estate] with { Seated = shares[demand.Estate].Seated - 1 };
    }

    /// <summary>Who loses a seat can't keep those that build on it, unless they are published.</summary>
    void UnseatFromAll(Held one, Demand demand)
    {
        foreach (var next in After(one, demand).Where(next => next.Run.Published.IsEmpty).ToList())
            UnseatFromAll(next, next.Seated.First(other => other.Employee == demand.Employee));
        Unseat(one, demand);
    }

    /// <summary>Places a run as a careful clerk would, and takes the place; else says why there is none.</summary>
    public string Place(SituationRun run)
    {
        // Who has a prerequisite still to come can only be seated once that is, and who goes on from this course already takes it no more.
        return Place(run, [.. Waiting(run).Where(demand => Unfinished(run, demand).All(before => before is not null) && !After(run, demand).Any())], run.MinLearners, situation.To);
    }

    /// <summary>Another place for a published run, with all who have a seat in it, between what it builds on and what builds on it.</summary>
    public bool PlaceAnew(SituationRun run)
    {
        List<Demand> seated = [.. run.Demands.Where(demand => run.Seated.Contains(demand.Employee))];
        if (seated.Count == 0 || seated.Any(demand => Unfinished(run, demand).Any(before => before is null))) return false;
        var to = seated.SelectMany(demand => After(run, demand)).Select(next => next.From.DayIn(situation.TimeZone).AddDays(-1)).Append(situation.To).Min();
        return Place(run, seated, seated.Count, to) == "";
    }

    string Place(SituationRun run, IReadOnlyList<Demand> ready, int least, DateOnly to)
    {
        var clerk = new Clerk(staff.Board, [.. teachers.Values], [.. rooms.Values], situation.From, to, situation.StartsAfter, TimeSpan.FromMinutes(situation.TravelMinutes), situation.Hours);
        var search = clerk.Place(OpenOf(run with { MinLearners = least }), [.. ready.Select(demand => CandidateOf(run, demand))]);
        if (search.Found is not { } found) return search.Reason;
        var one = held[run.Id] = new(run, [.. found.Classes.Select(span => new Class(span.From, span.To, found.Teacher.Trainer.Id, found.Room.Venue.Id))]);
        var byEmployee = ready.ToDictionary(demand => demand.Employee);
        foreach (var seated in found.Seated) Enter(one, byEmployee[seated.Learner.EmployeeId.Value]);
        return "";
    }

    public Timetable ToTimetable(IReadOnlyDictionary<Guid, string> reasons) => new(
        [.. All.OrderBy(one => one.From).ThenBy(one => one.Run.Id).Select(one => new PlannedRun(one.Run.Id, one.Classes, [.. one.Seated.Select(demand => demand.Employee)]))],
        [.. situation.Runs.Where(run => !held.ContainsKey(run.Id) || reserved.Contains(run.Id)).Select(run => new Unplaced(run.Id, reasons.GetValueOrDefault(run.Id, "")))]);

    void Enter(Held one, Demand demand)
    {
        one.Seated.Add(demand);
        seats[(one.Run.Line, demand.Employee)] = one;
        shares[demand.Estate] = shares[demand.Estate] with { Seated = shares[demand.Estate].Seated + 1 };
    }

    bool CanAttend(Held one, Demand demand)
    {
        return IsInOrder(one, demand) && CanLeave(PersonOf(demand), demand.Estate, one.Classes);
    }

    public bool IsInOrder(Held one, Demand demand) =>
        !Unfinished(one.Run, demand).Any(before => before is null || before.To > one.From) && !After(one, demand).Any(next => next.From < one.To);

    /// <summary>Runs of the same line that are held, in order of time.</summary>
    public IReadOnlyList<Held> LineOf(Held one) => [.. All.Where(other => (other.Run.Line, other.Run.OnSite) == (one.Run.Line, one.Run.OnSite)).OrderBy(other => other.From).ThenBy(other => other.Run.Id)];

    /// <summary>Seats of the same learner at the same time as a run, or on the wrong side of it; not those that others build on.</summary>
    public IReadOnlyList<(Held Held, Demand Seat)> InTheWay(Held one, Demand demand)
    {
        var way = TimeSpan.FromMinutes(2 * situation.TravelMinutes);
        bool Overlaps(Held other) => other.Classes.Any(at => one.Classes.Any(mine => at.From < mine.To + way && mine.From < at.To + way));
        return
        [
            .. linesOf[demand.Employee].Where(line => line != one.Run.Line).Select(line => seats.GetValueOrDefault((line, demand.Employee))).OfType<Held>().Distinct()
                .Where(other => Overlaps(other) || (one.Run.Prerequisites.Contains(other.Run.Course) && other.To > one.From) || (other.Run.Prerequisites.Contains(one.Run.Course) && other.From < one.To))
                .Select(other => (other, other.Seated.First(seated => seated.Employee == demand.Employee))).Where(seat => !After(seat.other, seat.Item2).Any(next => next != one)),
        ];
    }

    /// <summary>The first thing that keeps somebody from the classes of a run.</summary>
    public Obstacle ObstacleTo(Held one, Demand demand)
    {
        var (person, aways) = (PersonOf(demand), one.Classes.Select(at => AwayOf(demand, at)).ToList());
        var first = aways.Select(away => staff.Board.ObstacleTo(person, away)).FirstOrDefault(obstacle => obstacle.Kind != ObstacleKind.None, new(ObstacleKind.None));
        if (first.Kind != ObstacleKind.None || staff.Board.CanLeave(person, aways)) return first;
        // Each class alone would do: together they overlap by the way, or leave no rest.
        return new(aways.Zip(aways.Skip(1)).Any(pair => pair.First.To > pair.Second.From) ? ObstacleKind.Elsewhere : ObstacleKind.Rest);
    }

    /// <summary>Whether somebody could attend if one more were on each of his posts meanwhile.</summary>
    public bool CouldAttendRelieved(Held one, Demand demand)
    {
        var person = PersonOf(demand);
        var away = one.Classes.Select(at => AwayOf(demand, at)).ToList();
        foreach (var window in away) Board.Relieve(person, window, +1);
        var could = CanAttend(one, demand);
        foreach (var window in away) Board.Relieve(person, window, -1);
        return could;
    }

    /// <summary>For all classes of a run; between two of them there must be time for the way home and back.</summary>
    bool CanLeave(Board.Person person, Guid home, ImmutableArray<Class> classes) =>
        staff.Board.CanLeave(person, [.. classes.Select(at => AwayOf(home, at.Venue, SpanOf(at)))]);

    /// <summary>The runs in which a learner takes the prerequisites that are in this situation; null for one he has no seat in yet.</summary>
    IEnumerable<Held?> Unfinished(SituationRun run, Demand demand) =>
        from course in run.Prerequisites
        let runs = byCourse[course].Where(before => before.Id != run.Id && before.Demands.Any(one => one.Employee == demand.Employee)).ToList()
        where runs.Count > 0
        select runs.Select(before => seats.GetValueOrDefault((before.Line, demand.Employee))).FirstOrDefault(before => before is not null);

    /// <summary>Runs that build on this one in which a learner has a seat already.</summary>
    public IEnumerable<Held> After(Held one, Demand demand) => After(one.Run, demand);

    IEnumerable<Held> After(SituationRun run, Demand demand) => linesAfter[run.Course].Select(line => seats.GetValueOrDefault((line, demand.Employee))).OfType<Held>();

    static Span SpanOf(Class at) => new(at.From, at.To);

    Board.Person PersonOf(Demand demand) => staff.Find(demand.Employee, demand.Estate);

    Board.Window AwayOf(Demand demand, Class at) => AwayOf(demand.Estate, at.Venue, SpanOf(at));

    Board.Window AwayOf(Guid home, Guid venue, Span span) => staff.AwayOf(span, travels: venues[venue].Estate != home);

    static Room RoomOf(SituationVenue venue)
    {
        var room = new Room(new(venue.Id, venue.Name, venue.Region, venue.Estate == Guid.Empty ? null : venue.Estate, venue.Seats, venue.Equipment));
        foreach (var span in venue.Unavailable) room.Take(span);
        return room;
    }

    Teacher TeacherOf(SituationTrainer trainer) => new(
        new(trainer.Id, trainer.Name, "", trainer.Region, trainer.Employee == Guid.Empty ? null : trainer.Employee, trainer.HoursLeft, trainer.Authorised, trainer.Unavailable),
        trainer.Employee == Guid.Empty ? null : new(staff.Find(trainer.Employee, trainer.Estate), new(trainer.Employee), new(trainer.Estate)),
        trainer.HoursLeft, TimeSpan.FromMinutes(situation.TravelMinutes));

    OpenRun OpenOf(SituationRun run) => new(new(run.Id),
        new(default, new(run.Line), new(run.Course), run.CourseCode, run.Region, "", 0, run.MinLearners, run.Seats, run.Sessions, run.Minutes, Money.Zero(""), Money.Zero(""), "", "", false,
            situation.TimeZone, run.OnSite != Guid.Empty, 0),
        new(run.Course, run.CourseCode, "", run.Minutes * run.Sessions, run.MinLearners, run.Seats, "", run.Equipment, "", Money.Zero(""), Money.Zero(""), false), run.Seats, []);

    Candidate CandidateOf(SituationRun run, Demand demand) => new(new(new(demand.Employee), new(demand.Estate), default), new(run.Id),
        new(staff.Find(demand.Employee, demand.Estate), new(demand.Employee), new(demand.Estate)), Unfinished(run, demand).OfType<Held>().Select(before => before.To).DefaultIfEmpty().Max());
}
