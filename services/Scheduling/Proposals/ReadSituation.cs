using System.Collections.Immutable;
using Marten;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Proposals;

/// <summary>Writes down what Scheduling knows of some regions as a situation.</summary>
sealed class ReadSituation(IDocumentSession session, Bookings bookings, Origin origin, PlannerSettings settings)
{
    internal async Task<Situation> Of(PlanRequested request, DateTimeOffset now, CancellationToken ct)
    {
        var (plan, regions) = (request.PlanId, request.Regions.ToArray());
        var all = await session.Query<CourseRun>().Where(run => run.Offer.Region.IsOneOf(regions) && (run.Offer.PlanId == plan || run.State == RunState.Confirmed)).ToListAsync(ct);
        var published = all.Where(run => run.State == RunState.Confirmed && run.Sessions.Any(placed => Within(request, placed, run)) && run.Sessions.All(IsOnGrid)).ToList();
        var waiting = all.Where(run => run.State == RunState.Funded).ToList();
        if (waiting.Count == 0 && !published.Exists(run => run.Offer.PlanId == plan)) throw new RuleBroken("nothing-to-plan", "No funded run of these regions waits for a place.");
        var seated = all.Where(run => run.HasSeats).SelectMany(run => run.Learners.Select(learner => (run.Offer.LineId, learner.EmployeeId))).ToHashSet();

        var courses = await session.MustAll<KnownCourse>(waiting.Concat(published).Select(run => run.Offer.CourseId.Value), course => course.Id, ct);
        var unready = await Unready(plan, request.From, [.. waiting, .. published], ct);
        var deadlines = await Deadlines.Of(session, [.. waiting, .. published], settings.Licences, ct);
        var most = Math.Max(1, waiting.Select(run => run.Offer.Priority).DefaultIfEmpty(1).Max());
        ImmutableArray<SituationRun> runs =
        [
            .. waiting.OrderBy(run => run.Offer.Group).ThenBy(run => run.Id).Select(run => RunOf(run, courses[run.Offer.CourseId.Value]) with
            {
                Demands = [.. run.Learners.Where(learner => !seated.Contains((run.Offer.LineId, learner.EmployeeId)) && !unready.Contains((run.Offer.CourseId, learner.EmployeeId))).Select(learner => DemandOf(learner, run))],
            }),
            .. published.OrderBy(run => run.Id).Select(run => RunOf(run, courses[run.Offer.CourseId.Value]) with
            {
                Published = [.. run.Sessions.Select(placed => new Class(placed.From, placed.To, run.TrainerOf(placed).Value, run.VenueOf(placed).Value) { Locked = IsLocked(request, run, placed, now) })],
                Seated = [.. run.Learners.Select(learner => learner.EmployeeId.Value)],
            }),
        ];
        var own = published.SelectMany(run => run.Sessions).Select(placed => placed.SessionId).ToHashSet();
        var zone = ZoneOf([.. waiting, .. published]);
        var trainers = await Trainers(request, regions, zone, runs, own, ct);
        return new(request.From, request.To, zone)
        {
            AsOf = now,
            FrozenUntil = request.Reason == "" ? default : now.AddDays(request.FrozenDays),
            Runs = runs,
            Trainers = trainers,
            Venues = await Venues(request, regions, runs, own, ct),
            Estates = await Estates(request, runs.SelectMany(run => run.Demands).Select(demand => demand.Estate)
                .Concat(trainers.Select(trainer => trainer.Estate).Where(estate => estate != Guid.Empty)), own, ct),
            Prices = settings.Prices with { MovedSession = request.PriceOfMove ?? settings.Prices.MovedSession },
            TravelMinutes = (int)bookings.Travel.TotalMinutes,
        };

        SituationRun RunOf(CourseRun run, KnownCourse course) => new(run.Id, run.Offer.LineId.Value, course.Id, course.Code, run.Offer.Region)
        {
            Sessions = run.Offer.Sessions, Minutes = run.Offer.Minutes, MinLearners = run.Offer.MinLearners, Seats = run.Learners.Length, SeatPrice = (int)Math.Ceiling(run.Offer.PerLearner.Amount), Equipment = course.Equipment,
            Prerequisites = course.Prerequisites, OnSite = run.Offer.OnSite ? run.Learners.FirstOrDefault()?.EstateId.Value ?? Guid.Empty : Guid.Empty,
            Demands = [.. run.Learners.Select(learner => DemandOf(learner, run))],
        };

        Demand DemandOf(Learner learner, CourseRun run) =>
            new(learner.EmployeeId.Value, learner.EstateId.Value, settings.Worth + (int)(settings.Worth * Math.Clamp(run.Offer.Priority / most, 0, 1)))
            {
                Deadline = deadlines.Of(learner, run.Offer, request.From, request.To),
            };
    }

    /// <summary>Who can't take a course in this search, because he waits for a seat in what it builds on, or has that where the search doesn't see it: in another region, or later.</summary>
    async Task<HashSet<(CourseId, EmployeeId)>> Unready(PlanId plan, DateOnly begin, IReadOnlyList<CourseRun> seen, CancellationToken ct)
    {
        var courses = await bookings.Courses(ct);
        var pairs = seen.Select(run => run.Offer.CourseId).Distinct().SelectMany(course => courses[course.Value].Prerequisites.Where(courses.ContainsKey).Select(first => (Course: course, First: courses[first]))).ToList();
        string[] codes = [.. pairs.Select(pair => pair.First.Code).Distinct()];
        if (codes.Length == 0) return [];
        var stored = await session.Query<CourseRun>().Where(run => run.Offer.PlanId == plan && run.Offer.CourseCode.IsOneOf(codes)).ToListAsync(ct);
        var (runs, known) = (stored.Where(run => run.HasMoney).ToLookup(run => run.Offer.CourseId.Value), seen.Select(run => run.Id).ToHashSet());
        return
        [
            .. from pair in pairs
               let ordered = runs[pair.First.Id].Where(run => known.Contains(run.Id) || (run.HasSeats && run.Sessions.All(placed => placed.To.DayIn(run.Offer.TimeZone) < begin)))
                   .SelectMany(run => run.Learners).Select(learner => learner.EmployeeId).ToHashSet()
               from learner in runs[pair.First.Id].SelectMany(run => run.Wanted)
               where !ordered.Contains(learner.EmployeeId)
               select (pair.Course, learner.EmployeeId),
        ];
    }

    static bool Within(PlanRequested request, PlacedSession placed, CourseRun run) =>
        placed.From.DayIn(run.Offer.TimeZone) is var day && day >= request.From && day <= request.To;

    /// <summary>Sessions somebody placed by hand between two half hours are taken as they are, as something outside of the situation.</summary>
    static bool IsOnGrid(PlacedSession placed) => placed.From.UtcTicks % Manning.Slot.Ticks == 0 && placed.To.UtcTicks % Manning.Slot.Ticks == 0;

    /// <summary>Without a reason nothing that is published moves; with one, what began or begins soon stays, and runs of another plan or with sessions outside of the horizon.</summary>
    static bool IsLocked(PlanRequested request, CourseRun run, PlacedSession placed, DateTimeOffset now) =>
        request.Reason == "" || run.Offer.PlanId != request.PlanId || !run.Sessions.All(other => Within(request, other, run)) || run.Counted.Contains(placed.SessionId) || placed.From < now.AddDays(request.FrozenDays);

    static string ZoneOf(IReadOnlyList<CourseRun> runs) => runs.GroupBy(run => run.Offer.TimeZone).OrderByDescending(all => all.Count()).ThenBy(all => all.Key, StringComparer.Ordinal).First().Key;

    async Task<ImmutableArray<SituationTrainer>> Trainers(
        PlanRequested request, string[] regions, string zone, ImmutableArray<SituationRun> runs, HashSet<SessionId> own, CancellationToken ct)
    {
        var courses = runs.Select(run => run.Course).ToHashSet();
        var teaching = runs.SelectMany(run => run.Published).ToLookup(at => at.Trainer, at => new Known.Span(at.From, at.To));
        var known = (await session.Query<KnownTrainer>().ToListAsync(ct)).Where(trainer => teaching.Contains(trainer.Id)
            || (regions.Any(trainer.Serves) && trainer.Authorisations.Any(course => courses.Contains(course.Key) && course.Value >= request.From))).OrderBy(trainer => trainer.Id).ToList();
        var staff = (await session.LoadManyAsync<KnownEmployee>(ct, [.. known.Select(trainer => trainer.EmployeeId).OfType<Guid>()])).ToDictionary(employee => employee.Id);
        int[] years = [.. Enumerable.Range(request.From.Year, request.To.Year - request.From.Year + 1)];
        var taught = (await session.LoadManyAsync<TrainerCalendar>(ct, [.. known.SelectMany(trainer => years.Select(year => TrainerCalendar.IdOf(origin.Tenant, new(trainer.Id), year)))]))
            .ToLookup(calendar => calendar.TrainerId.Value);
        return [.. known.Select(trainer =>
        {
            var others = taught[trainer.Id].SelectMany(calendar => calendar.Bookings).Where(booking => !own.Contains(booking.Key)).Select(booking => booking.Value).ToList();
            var longest = runs.Where(run => trainer.Serves(run.Region) && trainer.Authorisations.ContainsKey(run.Course)).Select(run => run.Minutes * run.Sessions / 60m).DefaultIfEmpty().Max();
            var home = trainer.EmployeeId is { } id && staff.TryGetValue(id, out var employee) && employee.EstateId != Guid.Empty ? employee : null;
            return new SituationTrainer(trainer.Id, trainer.Name, trainer.Region, TrainerHours.Left(trainer.HoursPerYear, request, zone, others, [.. teaching[trainer.Id]], longest))
            {
                Authorised = trainer.Authorisations,
                Unavailable = [.. trainer.Unavailable, .. others],
                FeePerHour = settings.Fees.GetValueOrDefault(trainer.Grade),
                Employee = home?.Id ?? Guid.Empty,
                Estate = home?.EstateId ?? Guid.Empty,
            };
        })];
    }

    async Task<ImmutableArray<SituationVenue>> Venues(PlanRequested request, string[] regions, ImmutableArray<SituationRun> runs, HashSet<SessionId> own, CancellationToken ct)
    {
        // Somebody may have placed a run by hand in another region.
        Guid[] held = [.. runs.SelectMany(run => run.Published).Select(at => at.Venue).Distinct()];
        var known = await session.Query<KnownVenue>().Where(venue => venue.Region.IsOneOf(regions) || venue.Id.IsOneOf(held)).ToListAsync(ct);
        DateOnly[] quarters = [.. Enumerable.Range(0, request.To.DayNumber - request.From.DayNumber + 1).Select(request.From.AddDays).DistinctBy(day => (day.Year, (day.Month - 1) / 3))];
        var used = (await session.LoadManyAsync<VenueCalendar>(ct, [.. known.SelectMany(venue => quarters.Select(day => VenueCalendar.IdOf(origin.Tenant, new(venue.Id), day)))]))
            .ToLookup(calendar => calendar.VenueId.Value);
        return [.. known.OrderBy(venue => venue.Id).Select(venue => new SituationVenue(venue.Id, venue.Name, venue.Region, venue.Seats)
        {
            Estate = venue.EstateId ?? Guid.Empty,
            Equipment = venue.Equipment,
            Closed = venue.Closed,
            Unavailable = [.. venue.Closed, .. used[venue.Id].SelectMany(calendar => calendar.Bookings).Where(booking => !own.Contains(booking.Key)).Select(booking => booking.Value)],
            RatePerHour = venue.EstateId is null ? settings.RoomPerHour : 0,
        })];
    }

    async Task<ImmutableArray<SituationEstate>> Estates(PlanRequested request, IEnumerable<Guid> ids, HashSet<SessionId> own, CancellationToken ct)
    {
        var known = await session.MustAll<KnownEstate>(ids, estate => estate.Id, ct);
        List<SituationEstate> estates = [];
        foreach (var estate in known.Values.OrderBy(estate => estate.Code, StringComparer.Ordinal))
        {
            List<(DateOnly Monday, DutyWeek Week)> weeks = [];
            for (var monday = request.From.Monday().AddDays(-7); monday <= request.To.AddDays(7); monday = monday.AddDays(7))
                if (await bookings.Week(new(estate.Id), monday, ct) is { } week) weeks.Add((monday, week));
            var rules = await session.RulesOf(estate, weeks.SelectMany(one => one.Week.Shifts), ct);
            estates.Add(new(estate.Id, estate.Code)
            {
                Posts = estate.Posts,
                RosteredWeeks = [.. weeks.Where(one => !one.Week.Rosters.IsEmpty).Select(one => one.Monday)],
                Shifts = [.. weeks.SelectMany(one => one.Week.Shifts)],
                Licences = rules.Licences,
                Absences = [.. weeks.SelectMany(one => one.Week.Bookings).Where(booking => !own.Contains(booking.Key))
                    .SelectMany(booking => booking.Value.Employees.Select(employee => new Absence(employee.Value, booking.Value.Away)))],
            });
        }
        return [.. estates];
    }
}
