using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.FirstFit;

/// <summary>Everything the clerk needs to know of a region, read once.</summary>
sealed class Region(
    Clerk clerk, Board board, IReadOnlyDictionary<Guid, KnownCourse> courses, IReadOnlyDictionary<Guid, KnownEstate> estates, HashSet<(LineId, EmployeeId)> seated)
{
    /// <summary>Places the runs of one line one after the other; who is left over waits.</summary>
    internal (List<Found> Found, List<(RunId Id, string Reason)> Parked, List<Candidate> Waiting) Place(IEnumerable<CourseRun> line)
    {
        var runs = line.OrderBy(run => run.Offer.Group).ThenBy(run => run.Id).ToList();
        List<Candidate> waiting = [.. runs.SelectMany(run => run.Learners
            .Where(learner => !seated.Contains((run.Offer.LineId, learner.EmployeeId))).Select(learner => new Candidate(learner, new(run.Id), MemberOf(learner))))];
        List<Found> found = [];
        List<(RunId, string)> parked = [];
        foreach (var run in runs)
        {
            var search = clerk.Place(new(new(run.Id), run.Offer, courses[run.Offer.CourseId.Value], run.Learners.Length, run.Waitlist), waiting);
            if (search.Found is { } place)
            {
                found.Add(place);
                waiting = [.. waiting.Except(place.Seated)];
            }
            else parked.Add((new(run.Id), search.Reason));
        }
        return (found, parked, waiting);
    }

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

        var placed = await ScheduleRegion.OfRegion(session, open[0].Offer.PlanId.Value, body.Region).Where(run => run.State == RunState.Confirmed).ToListAsync(ct);
        return new(new(board, teachers, rooms, body.From, body.To, now, bookings.Travel, ClassHours.Usual), board, courses, estates,
            [.. placed.SelectMany(run => run.Learners.Select(learner => (run.Offer.LineId, learner.EmployeeId)))]);
    }

    static IEnumerable<int> Years(ScheduleRegion.Body body) => Enumerable.Range(body.From.Year, body.To.Year - body.From.Year + 1);

    static IEnumerable<DateOnly> Quarters(ScheduleRegion.Body body)
    {
        for (var day = new DateOnly(body.From.Year, body.From.Month, 1); day <= body.To; day = day.AddMonths(1))
            if (day.Month % 3 == 1 || day.Month == body.From.Month) yield return day;
    }
}
