using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>Everything the clerk needs to know of a region, read once.</summary>
sealed class Region(
    Clerk clerk, Board board, IReadOnlyDictionary<Guid, KnownCourse> courses, IReadOnlyDictionary<Guid, KnownEstate> estates, DateOnly from, IReadOnlyList<CourseRun> runs)
{
    readonly HashSet<(LineId, EmployeeId)> seated = [.. Placed(runs).SelectMany(run => run.Learners.Select(learner => (run.Offer.LineId, learner.EmployeeId)))];

    /// <summary>Who is to take which course in this plan, and the last day of it for those who have their seat.</summary>
    readonly HashSet<(CourseId, EmployeeId)> wanted = [.. runs.SelectMany(run => run.Wanted.Select(learner => (run.Offer.CourseId, learner.EmployeeId)))];
    readonly Dictionary<(CourseId Course, EmployeeId), DateOnly> finished = Placed(runs).SelectMany(run => run.Learners.Select(learner => (Key: (run.Offer.CourseId, learner.EmployeeId), Day: run.Sessions.Max(placed => placed.To).DayIn(run.Offer.TimeZone))))
        .GroupBy(one => one.Key, one => one.Day).ToDictionary(one => one.Key, one => one.Min());

    readonly Dictionary<Guid, int> depths = CourseOrder.Depths(courses.Values.Select(course => (course.Id, course.Prerequisites)));

    static IEnumerable<CourseRun> Placed(IEnumerable<CourseRun> runs) => runs.Where(run => run.State is RunState.Confirmed or RunState.Held);

    /// <summary>The runs that wait for a place, by line: what comes first before what builds on it, then the most urgent. On site a line is one for each estate.</summary>
    internal IEnumerable<IReadOnlyList<CourseRun>> Lines() => runs.Where(run => run.State == RunState.Funded)
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
            var ready = waiting.Where(one => course.Prerequisites.All(first => !wanted.Contains((new(first), one.Learner.EmployeeId)) || finished.ContainsKey((new(first), one.Learner.EmployeeId)))).ToList();
            var search = ready.Count < run.Offer.MinLearners && ready.Count < waiting.Count
                ? new(null, $"{course.Code} needs {run.Offer.MinLearners} learners, and only {ready.Count} of {waiting.Count} have a session of what it builds on.")
                : clerk.Place(new(new(run.Id), run.Offer, course, run.Learners.Length, run.Waitlist), ready, DayAfter(course, ready));
            if (search.Found is { } place)
            {
                found.Add(place);
                waiting = [.. waiting.Except(place.Seated)];
                foreach (var one in place.Seated) finished[(run.Offer.CourseId, one.Learner.EmployeeId)] = place.Classes[^1].To.DayIn(run.Offer.TimeZone);
            }
            else parked.Add((new(run.Id), search.Reason));
        }
        return (found, parked, waiting);
    }

    /// <summary>The first day on which all of them have what a course builds on.</summary>
    DateOnly DayAfter(KnownCourse course, IEnumerable<Candidate> ready) => ready.SelectMany(one => course.Prerequisites.Select(first => (new CourseId(first), one.Learner.EmployeeId)))
        .Where(finished.ContainsKey).Select(one => finished[one].AddDays(1)).Append(from).Max();

    Member MemberOf(Learner learner) => new(board.Find(learner.EmployeeId, estates[learner.EstateId.Value].Code), learner.EmployeeId, learner.EstateId);

    internal static async Task<Region> Load(
        IReadOnlyList<CourseRun> open, ScheduleRegion.Body body, Bookings bookings, Origin origin, IDocumentSession session, DateTimeOffset now, CancellationToken ct)
    {
        var courses = await session.MustAll<KnownCourse>(open.Select(run => run.Offer.CourseId.Value), course => course.Id, ct);
        var trainers = (await session.Query<KnownTrainer>().ToListAsync(ct))
            .Where(trainer => trainer.Serves(body.Region) && courses.Keys.Any(course => trainer.MayTeach(course, body.From))).ToList();
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
        var taught = (await session.LoadManyAsync<TrainerCalendar>(ct, [.. trainers.SelectMany(trainer => Years(body).Select(year => TrainerCalendar.IdOf(origin.Tenant, new(trainer.Id), year)))]))
            .ToLookup(calendar => calendar.TrainerId.Value);
        foreach (var trainer in trainers)
        {
            var member = trainer.EmployeeId is { } id && staff.TryGetValue(id, out var employee) && estates.TryGetValue(employee.EstateId, out var home)
                ? new Member(board.Find(new(id), home.Code), new(id), new(home.Id)) : null;
            var teacher = new Teacher(trainer, member, trainer.HoursPerYear * share);
            foreach (var span in taught[trainer.Id].SelectMany(calendar => calendar.Bookings.Values))
                teacher.Take(span, inHorizon: span.From.DayIn(zone) is var day && day >= body.From && day <= body.To);
            teachers.Add(teacher);
        }

        var rooms = (await session.Query<KnownVenue>().Where(venue => venue.Region == body.Region).ToListAsync(ct)).Select(venue => new Room(venue)).ToList();
        var used = await session.LoadManyAsync<VenueCalendar>(ct, [.. rooms.SelectMany(room => Quarters(body).Select(day => VenueCalendar.IdOf(origin.Tenant, new(room.Venue.Id), day)))]);
        foreach (var booking in used.SelectMany(calendar => calendar.Bookings.Values.Select(span => (calendar.VenueId, span))))
            rooms.First(room => room.Venue.Id == booking.VenueId.Value).Take(booking.span);

        return new(new(board, teachers, rooms, body.To, now, bookings.Travel, ClassHours.Usual), board, courses, estates, body.From,
            [.. (await ScheduleRegion.OfRegion(session, open[0].Offer.PlanId.Value, body.Region).ToListAsync(ct)).Where(run => run.HasMoney)]);
    }

    static IEnumerable<int> Years(ScheduleRegion.Body body) => Enumerable.Range(body.From.Year, body.To.Year - body.From.Year + 1);

    static IEnumerable<DateOnly> Quarters(ScheduleRegion.Body body)
    {
        for (var day = new DateOnly(body.From.Year, body.From.Month, 1); day <= body.To; day = day.AddMonths(1))
            if (day.Month % 3 == 1 || day.Month == body.From.Month) yield return day;
    }
}
