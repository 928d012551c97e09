using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>Everything the clerk needs to know of a region, read once; of the plan's other regions what their learners have.</summary>
sealed class Region(
    Clerk clerk, Board board, IReadOnlyDictionary<Guid, KnownCourse> courses, IReadOnlyDictionary<Guid, KnownEstate> estates, IReadOnlyList<CourseRun> open, IReadOnlyList<CourseRun> funded)
{
    readonly HashSet<(LineId, EmployeeId)> seated = [.. funded.Where(run => run.HasSeats).SelectMany(run => run.Learners.Select(learner => (run.Offer.LineId, learner.EmployeeId)))];

    /// <summary>Who is to take which course, when those who have a seat have finished it, and who takes it in sessions to come.</summary>
    readonly HashSet<(Guid Course, EmployeeId)> wanted = [.. funded.SelectMany(run => run.Wanted.Select(learner => (run.Offer.CourseId.Value, learner.EmployeeId)))];
    readonly HashSet<(Guid Course, EmployeeId)> taken = [.. funded.Where(run => run.State == RunState.Confirmed).SelectMany(run => run.Learners.Select(learner => (run.Offer.CourseId.Value, learner.EmployeeId)))];
    readonly Dictionary<(Guid Course, EmployeeId), DateTimeOffset> finished = funded.Where(run => run.HasSeats)
        .SelectMany(run => run.Learners.Select(learner => (Key: (run.Offer.CourseId.Value, learner.EmployeeId), End: run.Sessions.Max(placed => placed.To))))
        .GroupBy(one => one.Key, one => one.End).ToDictionary(one => one.Key, one => one.Min());

    readonly Dictionary<Guid, int> depths = CourseOrder.Depths(courses.Values.Select(course => (course.Id, course.Prerequisites)));
    readonly ILookup<Guid, Guid> nexts = courses.Values.SelectMany(course => course.Prerequisites.Select(first => (first, course.Id))).ToLookup(one => one.first, one => one.Id);

    /// <summary>The runs that wait for a place, by line: what comes first before what builds on it, then the most urgent. On site a line is one for each estate.</summary>
    internal IEnumerable<IReadOnlyList<CourseRun>> Lines() => open
        .GroupBy(run => (run.Offer.LineId, Home: run.Offer.OnSite ? run.Learners.FirstOrDefault()?.EstateId ?? default : default))
        .OrderBy(line => depths[line.First().Offer.CourseId.Value]).ThenByDescending(line => line.Max(run => run.Offer.Priority)).ThenBy(line => line.Key.LineId.Value).ThenBy(line => line.Key.Home.Value)
        .Select(line => line.OrderBy(run => run.Offer.Group).ThenBy(run => run.Id).ToList());

    /// <summary>Places the runs of one line one after the other; who is left over waits.</summary>
    internal (List<Found> Found, List<(RunId Id, string Reason)> Parked, List<Candidate> Waiting) Place(IReadOnlyList<CourseRun> line)
    {
        List<Candidate> waiting = [.. line.SelectMany(run => run.Learners
            .Where(learner => !seated.Contains((run.Offer.LineId, learner.EmployeeId))).Select(learner => new Candidate(learner, new(run.Id), MemberOf(learner))))];
        List<Found> found = [];
        List<(RunId, string)> parked = [];
        foreach (var run in line)
        {
            var course = courses[run.Offer.CourseId.Value];
            List<Candidate> ready = [.. waiting.Where(one => IsReady(course, one.Learner.EmployeeId)).Select(one => one with { NotBefore = course.Prerequisites.Select(first => finished.GetValueOrDefault((first, one.Learner.EmployeeId))).DefaultIfEmpty().Max() })];
            var search = ready.Count < run.Offer.MinLearners && ready.Count < waiting.Count
                ? new(null, $"{course.Code} needs {run.Offer.MinLearners} learners, and only {ready.Count} of {waiting.Count} can take it in order with the courses it builds on or that build on it.")
                : clerk.Place(new(new(run.Id), run.Offer, course, run.Learners.Length, run.Waitlist), ready);
            if (search.Found is { } place)
            {
                found.Add(place);
                waiting = [.. waiting.ExceptBy(place.Seated.Select(one => one.Learner.EmployeeId), one => one.Learner.EmployeeId)];
            }
            else parked.Add((new(run.Id), search.Reason));
        }
        return (found, parked, waiting);
    }

    /// <summary>Whether somebody has, or doesn't need, what a course builds on, and doesn't take already what builds on it.</summary>
    bool IsReady(KnownCourse course, EmployeeId employee) =>
        course.Prerequisites.All(first => !wanted.Contains((first, employee)) || finished.ContainsKey((first, employee))) && !nexts[course.Id].Any(next => taken.Contains((next, employee)));

    /// <summary>A run has its place.</summary>
    internal void Confirmed(Found found)
    {
        foreach (var one in found.Seated)
        {
            var key = (found.Run.Course.Id, one.Learner.EmployeeId);
            taken.Add(key);
            finished[key] = found.Classes[^1].To;
        }
    }

    /// <summary>What is parked isn't waited for; who found a seat in another run of its line, or waits there for one, is.</summary>
    internal void GivenUp(IReadOnlyList<CourseRun> line, IReadOnlyCollection<RunId> parked)
    {
        var left = line.Where(run => !parked.Contains(new(run.Id))).SelectMany(run => run.Wanted).Select(learner => learner.EmployeeId).ToHashSet();
        wanted.ExceptWith(line.Where(run => parked.Contains(new(run.Id))).SelectMany(run => run.Wanted.Where(learner => !left.Contains(learner.EmployeeId)).Select(learner => (run.Offer.CourseId.Value, learner.EmployeeId)))
            .Where(key => !taken.Contains(key)).ToList());
    }

    Member MemberOf(Learner learner) => new(board.Find(learner.EmployeeId, estates[learner.EstateId.Value].Code), learner.EmployeeId, learner.EstateId);

    internal static async Task<Region> Load(
        IReadOnlyList<CourseRun> open, IReadOnlyList<CourseRun> funded, ScheduleRegion.Body body, Bookings bookings, Origin origin, IDocumentSession session, DateTimeOffset now, CancellationToken ct)
    {
        var (courses, taught) = (await bookings.Courses(ct), open.Select(run => run.Offer.CourseId.Value).ToHashSet());
        var trainers = (await session.Query<KnownTrainer>().ToListAsync(ct))
            .Where(trainer => trainer.Serves(body.Region) && taught.Any(course => trainer.MayTeach(course, body.From))).ToList();
        var staff = (await session.LoadManyAsync<KnownEmployee>(ct, [.. trainers.Select(trainer => trainer.EmployeeId).OfType<Guid>()])).ToDictionary(employee => employee.Id);
        var estates = await session.MustAll<KnownEstate>(
            open.SelectMany(run => run.Learners).Select(learner => learner.EstateId.Value).Concat(staff.Values.Select(employee => employee.EstateId)), estate => estate.Id, ct);

        var first = body.From.Monday().AddDays(-7);
        var zone = estates.Values.First().TimeZone;
        var board = new Board(first.At(TimeOnly.MinValue, zone), (body.To.Monday().AddDays(14).DayNumber - first.DayNumber) * 48);
        foreach (var estate in estates.Values.OrderBy(estate => estate.Code, StringComparer.Ordinal))
        {
            List<(DateOnly, DutyWeek)> weeks = [];
            for (var monday = first; monday <= body.To.AddDays(7); monday = monday.AddDays(7))
                if (await bookings.Week(new(estate.Id), monday, ct) is { } week) weeks.Add((monday, week));
            board.Add(await session.RulesOf(estate, weeks.SelectMany(week => week.Item2.Shifts), ct), weeks);
        }

        List<Teacher> teachers = [];
        var share = (decimal)(body.To.DayNumber - body.From.DayNumber + 1) / 365;
        var calendars = (await session.LoadManyAsync<TrainerCalendar>(ct, [.. trainers.SelectMany(trainer => Years(body).Select(year => TrainerCalendar.IdOf(origin.Tenant, new(trainer.Id), year)))]))
            .ToLookup(calendar => calendar.TrainerId.Value);
        foreach (var trainer in trainers)
        {
            var member = trainer.EmployeeId is { } id && staff.TryGetValue(id, out var employee) && estates.TryGetValue(employee.EstateId, out var home)
                ? new Member(board.Find(new(id), home.Code), new(id), new(home.Id)) : null;
            var teacher = new Teacher(trainer, member, trainer.HoursPerYear * share);
            foreach (var span in calendars[trainer.Id].SelectMany(calendar => calendar.Bookings.Values))
                teacher.Take(span, inHorizon: span.From.DayIn(zone) is var day && day >= body.From && day <= body.To);
            teachers.Add(teacher);
        }

        var rooms = (await session.Query<KnownVenue>().Where(venue => venue.Region == body.Region).ToListAsync(ct)).Select(venue => new Room(venue)).ToList();
        var used = await session.LoadManyAsync<VenueCalendar>(ct, [.. rooms.SelectMany(room => Quarters(body).Select(day => VenueCalendar.IdOf(origin.Tenant, new(room.Venue.Id), day)))]);
        foreach (var booking in used.SelectMany(calendar => calendar.Bookings.Values.Select(span => (calendar.VenueId, span))))
            rooms.First(room => room.Venue.Id == booking.VenueId.Value).Take(booking.span);

        return new(new(board, teachers, rooms, body.From, body.To, now, bookings.Travel, ClassHours.Usual), board, courses, estates, open, funded);
    }

    static IEnumerable<int> Years(ScheduleRegion.Body body) => Enumerable.Range(body.From.Year, body.To.Year - body.From.Year + 1);

    static IEnumerable<DateOnly> Quarters(ScheduleRegion.Body body)
    {
        for (var day = new DateOnly(body.From.Year, body.From.Month, 1); day <= body.To; day = day.AddMonths(1))
            if (day.Month % 3 == 1 || day.Month == body.From.Month) yield return day;
    }
}
