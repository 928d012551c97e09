using Training.Foundation;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Verifier;

/// <summary>
/// Judges a timetable before anybody sees it, from the situation alone: the rules for schedules, and those that only a plan can break. Shares no code with
/// the search, the seating or the bill. What was published and stays as it was is given and isn't blamed; what is against it is told apart.
/// </summary>
public static class VerifyTimetable
{
    public static IReadOnlyList<Violation> Judge(Situation situation, Timetable timetable)
    {
        var runs = situation.Runs.ToDictionary(run => run.Id);
        var blamed = Sessions(timetable).Where(one => !Stays(runs[one.Run], one.At)).Select(one => one.Id).ToHashSet();
        var lines = situation.Runs.GroupBy(run => run.Line).ToDictionary(line => line.Key, line => line.SelectMany(run => run.Demands).Select(demand => demand.Employee).ToHashSet());
        var all = WithPublished(situation, timetable);
        var before = Before(situation, timetable, runs);
        return
        [
            .. Schedule(situation, all, runs).Concat(Rooms(situation, all, runs, blamed)).Concat(Rostered(situation, all, runs, blamed))
                .Where(violation => violation.SessionIds.Any(id => blamed.Contains(id) && !before.Contains((id, violation.Kind)))),
            .. all.Runs.SelectMany(planned => Whole(situation, runs[planned.Run], planned, blamed, lines[runs[planned.Run].Line])),
            .. SeatedOnce(all, runs),
            .. SeatsKept(timetable, runs),
            .. InOrder(situation, all, runs, blamed),
            .. Trainers(situation, all, blamed),
            .. Locks(situation, timetable),
        ];
    }

    static IReadOnlyList<Violation> Schedule(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs) => Verify.Judge(EvidenceOf(situation, timetable, runs)).Violations;

    /// <summary>What was against fixed sessions already that have a stand-in or another room now: they keep their time, so that it isn't the plan's fault. Whoever and whatever is new is judged.</summary>
    static HashSet<(Guid Session, string Kind)> Before(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs)
    {
        var served = Sessions(timetable).Where(one => !Stays(runs[one.Run], one.At) && KeepsTime(runs[one.Run], one.At)).ToDictionary(one => one.Id, one => one.At);
        if (served.Count == 0) return [];
        var published = WithPublished(situation, new([], []));
        var (before, ids) = (Sessions(published).ToDictionary(one => one.Id, one => one.At), served.Keys.ToHashSet());
        return [.. from violation in Schedule(situation, published, runs).Concat(Rooms(situation, published, runs, ids)).Concat(Rostered(situation, published, runs, ids))
                   from id in violation.SessionIds.Where(ids.Contains)
                   where violation.Kind.StartsWith("trainer-", StringComparison.Ordinal) ? served[id].Trainer == before[id].Trainer
                       : violation.Kind is not ("venue-closed" or "venue-double-booked" or "too-few-seats" or "equipment-missing") || served[id].Venue == before[id].Venue
                   select (id, violation.Kind)];
    }

    /// <summary>What is against sessions to come that stay as they were published, by the rules that calendars keep: each with its run and its place in it, counted from 0. Of days outside of the horizon a situation knows too little.</summary>
    public static IReadOnlyList<(Guid Run, int Session, Violation Violation)> Standing(Situation situation, Timetable timetable)
    {
        var runs = situation.Runs.ToDictionary(run => run.Id);
        var kept = Sessions(timetable).Where(one => KeepsTime(runs[one.Run], one.At) && one.At.From > situation.AsOf
            && Verify.Day(one.At.From, situation.TimeZone) is var day && day >= situation.From && day <= situation.To).ToDictionary(one => one.Id);
        var ids = kept.Keys.ToHashSet();
        IEnumerable<Violation> violations =
        [
            .. Schedule(situation, WithPublished(situation, timetable), runs), .. Rooms(situation, timetable, runs, ids), .. Rostered(situation, timetable, runs, ids),
        ];
        return [.. violations.SelectMany(violation => violation.SessionIds.Where(ids.Contains).Select(id => (kept[id].Run, kept[id].Session, violation)))];
    }

    /// <summary>How many published sessions a timetable leaves against a rule, or without a place.</summary>
    public static int Unsafe(Situation situation, Timetable timetable)
    {
        var unplaced = timetable.Unplaced.Select(one => one.Run).ToHashSet();
        return Standing(situation, timetable).DistinctBy(one => (one.Run, one.Session)).Count() + situation.Runs.Where(run => unplaced.Contains(run.Id)).Sum(run => run.Published.Length);
    }

    /// <summary>A published run without a place in the timetable keeps its old one until somebody decides about it, and so do its learners.</summary>
    static Timetable WithPublished(Situation situation, Timetable timetable)
    {
        var planned = timetable.Runs.Select(run => run.Run).ToHashSet();
        return timetable with { Runs = [.. timetable.Runs, .. situation.Runs.Where(run => !run.Published.IsEmpty && !planned.Contains(run.Id)).Select(run => new PlannedRun(run.Id, run.Published, run.Seated))] };
    }

    static IEnumerable<(Guid Run, int Session, Guid Id, Class At)> Sessions(Timetable timetable) =>
        timetable.Runs.SelectMany(planned => planned.Classes.Select((at, index) => (planned.Run, index, IdOf(planned.Run, index), at)));

    static bool Stays(SituationRun run, Class at) => run.Published.Any(before => Same(before, at));

    /// <summary>Stays, or is fixed and has a stand-in or another room.</summary>
    static bool KeepsTime(SituationRun run, Class at) => run.Published.Any(before => Same(before, at) || (before.Locked && before.From == at.From && before.To == at.To));

    static Guid IdOf(Guid run, int index) => DerivedId.Of("session", run.ToString(), (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));

    static bool Same(Class one, Class other) => (one.From, one.To, one.Trainer, one.Venue) == (other.From, other.To, other.Trainer, other.Venue);

    static Evidence EvidenceOf(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs)
    {
        var travel = TimeSpan.FromMinutes(situation.TravelMinutes);
        var venues = situation.Venues.ToDictionary(venue => venue.Id);
        var trainers = situation.Trainers.ToDictionary(trainer => trainer.Id);
        var homes = situation.Runs.SelectMany(run => run.Demands).GroupBy(demand => demand.Employee).ToDictionary(all => all.Key, all => all.First().Estate);
        Attendee Away(Guid employee, Guid home, Class at) =>
            venues[at.Venue].Estate == home ? new(employee, at.From, at.To) : new(employee, at.From - travel, at.To + travel);
        var meetings = timetable.Runs.SelectMany(planned => planned.Classes.Select((at, index) => new Meeting(IdOf(planned.Run, index), runs[planned.Run].Course, runs[planned.Run].CourseCode, at.From, at.To,
            situation.TimeZone, at.Trainer, at.Venue, planned.Learners,
            [
                .. planned.Learners.Select(learner => Away(learner, homes[learner], at)),
                .. trainers[at.Trainer].Employee is var staff && staff != Guid.Empty ? [Away(staff, trainers[at.Trainer].Estate, at)] : Array.Empty<Attendee>(),
            ]))).ToList();

        // Somebody who is released for something else is in a meeting nobody here knows.
        var elsewhere = situation.Estates.SelectMany(estate => estate.Absences).Select((absence, index) =>
        {
            var id = DerivedId.Of("elsewhere", index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new Meeting(id, Guid.Empty, "elsewhere", absence.Away.From, absence.Away.To, situation.TimeZone, id, id, [], [new(absence.Employee, absence.Away.From, absence.Away.To)]);
        }).ToList();
        return new([.. meetings, .. elsewhere],
            trainers.Values.ToDictionary(trainer => trainer.Id, trainer => new Teaching(trainer.Name, trainer.Authorised, [.. trainer.Unavailable.Select(span => (span.From, span.To))]))
                .Concat(elsewhere.Select(one => KeyValuePair.Create(one.Id, new Teaching("", new Dictionary<Guid, DateOnly> { [Guid.Empty] = DateOnly.MaxValue }, [])))).ToDictionary(),
            venues.Values.ToDictionary(venue => venue.Id, venue => new Hall(venue.Name, venue.Seats, venue.Equipment, [])).Concat(elsewhere.Select(one => KeyValuePair.Create(one.Id, new Hall("", 1, [], [])))).ToDictionary(),
            situation.Runs.GroupBy(run => run.Course).ToDictionary(all => all.Key, all => new Course(all.Max(run => run.Seats), []))
                .Append(KeyValuePair.Create(Guid.Empty, new Course(1, []))).ToDictionary(),
            [.. situation.Estates.Select(estate => SiteOf(estate, situation.TimeZone))],
            situation.Estates.SelectMany(estate => estate.Licences).SelectMany(person => person.Value.Select(licence => (Key: (person.Key.Value, licence.Key), licence.Value)))
                .GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Max(licence => licence.Value)),
            meetings.Concat(elsewhere).SelectMany(meeting => meeting.Away.Select(one => (meeting.Id, one.Employee)).Append((meeting.Id, meeting.Trainer)).Append((meeting.Id, meeting.Venue))).ToHashSet());
    }

    static Site SiteOf(SituationEstate estate, string zone) => new(estate.Code, zone,
        [.. estate.Posts.Select(post => new Post(post.Post, post.From, post.To, post.Heads, post.Licence))],
        [.. estate.Shifts.SelectMany(shift => shift.Employees.Select(employee => new Duty(shift.Post, employee.Value, shift.From, shift.To)))],
        estate.RosteredWeeks.SelectMany(monday => Enumerable.Range(0, 7).Select(monday.AddDays)).ToHashSet());

    static IEnumerable<Violation> Whole(Situation situation, SituationRun run, PlannedRun planned, HashSet<Guid> blamed, HashSet<Guid> line)
    {
        Guid[] ids = [.. planned.Classes.Select((_, index) => IdOf(run.Id, index))];
        Violation Broken(string kind, string text) => new(kind, ids, $"{run.CourseCode} ({run.Id}): {text}");

        if (planned.Classes.Length != run.Sessions) yield return Broken("wrong-sessions", $"{planned.Classes.Length} of {run.Sessions} sessions are planned.");
        if (planned.Learners.Length > run.Seats) yield return Broken("too-few-seats", $"{planned.Learners.Length} learners for {run.Seats} seats that are paid for.");
        if (run.Published.IsEmpty && planned.Learners.Length < run.MinLearners) yield return Broken("below-minimum", $"{planned.Learners.Length} learners; the course needs {run.MinLearners}.");
        var zone = situation.TimeZone;
        if (planned.Learners.FirstOrDefault(learner => !line.Contains(learner)) is var stranger && stranger != Guid.Empty) yield return Broken("stranger", $"Employee {stranger} doesn't wait for this course.");
        foreach (var (at, index) in planned.Classes.Select((at, index) => (at, index)).Where(one => blamed.Contains(IdOf(run.Id, one.index))))
        {
            var (from, to) = (TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at.From, zone), TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at.To, zone));
            var (venue, trainer) = (situation.Venues.Single(one => one.Id == at.Venue), situation.Trainers.Single(one => one.Id == at.Trainer));
            if ((at.To - at.From).TotalMinutes != run.Minutes) yield return Broken("wrong-length", $"session {index + 1} lasts {(at.To - at.From).TotalMinutes} minutes instead of {run.Minutes}.");
            if (from.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || DateOnly.FromDateTime(from.DateTime) < situation.From || DateOnly.FromDateTime(from.DateTime) > situation.To
                || from.TimeOfDay < situation.Hours.Opens.ToTimeSpan() || from.TimeOfDay > situation.Hours.LastStart.ToTimeSpan() || to.Date != from.Date || to.TimeOfDay > situation.Hours.Closes.ToTimeSpan())
                yield return Broken("outside-hours", $"session {index + 1} is at {from:yyyy-MM-dd HH:mm}.");
            var before = run.Published.FirstOrDefault(known => known.From == at.From && known.To == at.To);
            if (at.From <= situation.AsOf) yield return Broken("in-the-past", $"session {index + 1} would begin at {from:yyyy-MM-dd HH:mm}, which is over.");
            else if (at.From <= situation.FrozenUntil && before is null)
                yield return Broken("in-frozen-days", $"session {index + 1} would begin at {from:yyyy-MM-dd HH:mm}, sooner than anything new may.");
            // Who or what serves it already was chosen by hand.
            if ((venue.Region != run.Region && venue.Id != before?.Venue) || (trainer.Region != "*" && trainer.Region != run.Region && trainer.Id != before?.Trainer))
                yield return Broken("other-region", $"{trainer.Name} or {venue.Name} don't serve {run.Region}.");
        }
    }

    static IEnumerable<Violation> Rooms(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs, HashSet<Guid> judged)
    {
        foreach (var (id, _, session, at) in Sessions(timetable).Where(one => judged.Contains(one.Id)))
        {
            var (run, venue) = (runs[id], situation.Venues.Single(one => one.Id == at.Venue));
            foreach (var thing in run.Equipment.Where(thing => !venue.Equipment.Contains(thing)))
                yield return new("equipment-missing", [session], $"{venue.Name} has no {thing} for {run.CourseCode}.");
            var local = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(at.From, situation.TimeZone);
            if (venue.Closed.Any(span => span.From < at.To && at.From < span.To)) yield return new("venue-closed", [session], $"{venue.Name} is closed at {local:yyyy-MM-dd HH:mm}.");
            else if (venue.Unavailable.Any(span => span.From < at.To && at.From < span.To))
                yield return new("venue-double-booked", [session], $"{venue.Name} is taken at {local:yyyy-MM-dd HH:mm}.");
        }
    }

    static IEnumerable<Violation> SeatedOnce(Timetable timetable, Dictionary<Guid, SituationRun> runs) =>
        from seat in timetable.Runs.SelectMany(planned => planned.Learners.Select(learner => (planned.Run, runs[planned.Run].Line, learner)))
        group seat by (seat.Line, seat.learner) into all
        where all.Count() > 1
        select new Violation("seated-twice", [.. all.Select(seat => IdOf(seat.Run, 0))], $"Employee {all.Key.learner} has more than one seat of one course.");

    static IEnumerable<Violation> SeatsKept(Timetable timetable, Dictionary<Guid, SituationRun> runs) =>
        from planned in timetable.Runs
        where !runs[planned.Run].Published.IsEmpty
        from learner in runs[planned.Run].Seated.Except(planned.Learners)
        select new Violation("seat-lost", [IdOf(planned.Run, 0)], $"Employee {learner} would lose a seat of {runs[planned.Run].CourseCode} that was promised.");

    /// <summary>Who needs another course first has a seat in it, and it ends before. To blame is whichever of the two is new or moved.</summary>
    static IEnumerable<Violation> InOrder(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs, HashSet<Guid> blamed)
    {
        var wanted = situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Course, demand.Employee))).ToHashSet();
        var seats = timetable.Runs.SelectMany(planned => planned.Learners.Select(learner => (Key: (runs[planned.Run].Course, learner), planned))).ToLookup(one => one.Key, one => one.planned);
        return
            from planned in timetable.Runs
            from course in runs[planned.Run].Prerequisites
            from learner in planned.Learners
            let earlier = seats[(course, learner)]
            where wanted.Contains((course, learner)) && !earlier.Any(first => first.Classes[^1].To <= planned.Classes[0].From) && earlier.Append(planned).Any(IsBlamed)
            select new Violation("out-of-order", [IdOf(planned.Run, 0)], $"Employee {learner} would take {runs[planned.Run].CourseCode} before what it builds on.");

        bool IsBlamed(PlannedRun planned) => planned.Classes.Select((_, index) => IdOf(planned.Run, index)).Any(blamed.Contains);
    }

    static IEnumerable<Violation> Trainers(Situation situation, Timetable timetable, HashSet<Guid> blamed)
    {
        foreach (var taught in timetable.Runs.SelectMany(planned => planned.Classes.Select((at, index) => (at, Id: IdOf(planned.Run, index)))).GroupBy(one => one.at.Trainer))
        {
            var trainer = situation.Trainers.Single(one => one.Id == taught.Key);
            var hours = taught.Sum(one => (decimal)(one.at.To - one.at.From).TotalHours);
            if (hours > trainer.HoursLeft && taught.Any(one => blamed.Contains(one.Id)))
                yield return new("trainer-over-hours", [.. taught.Select(one => one.Id)], $"{trainer.Name} would teach {hours} of {trainer.HoursLeft} hours.");
            // Where he comes from or goes to then nobody says.
            foreach (var (at, id) in taught.Where(one => blamed.Contains(one.Id)))
                if (trainer.Unavailable.Any(span => (span.To <= at.From && (at.From - span.To).TotalMinutes < situation.TravelMinutes) || (at.To <= span.From && (span.From - at.To).TotalMinutes < situation.TravelMinutes)))
                    yield return new("trainer-on-the-way", [id], $"{trainer.Name} has something else less than {situation.TravelMinutes} minutes before or after.");
            var inOrder = taught.OrderBy(one => one.at.From).ToList();
            foreach (var (one, next) in inOrder.Zip(inOrder.Skip(1)).Where(pair => pair.First.at.Venue != pair.Second.at.Venue && (blamed.Contains(pair.First.Id) || blamed.Contains(pair.Second.Id))))
                if ((next.at.From - one.at.To).TotalMinutes < situation.TravelMinutes)
                    yield return new("trainer-on-the-way", [one.Id, next.Id], $"{trainer.Name} has {(next.at.From - one.at.To).TotalMinutes} minutes for the way between two venues.");
        }
    }

    static IEnumerable<Violation> Rostered(Situation situation, Timetable timetable, Dictionary<Guid, SituationRun> runs, HashSet<Guid> blamed)
    {
        var rostered = situation.Estates.Where(estate => estate.Posts.Length > 0)
            .ToDictionary(estate => estate.Id, estate => estate.RosteredWeeks.SelectMany(monday => Enumerable.Range(0, 7).Select(monday.AddDays)).ToHashSet());
        var homes = situation.Runs.SelectMany(run => run.Demands).GroupBy(demand => demand.Employee).ToDictionary(all => all.Key, all => all.First().Estate);
        var staff = situation.Trainers.Where(trainer => trainer.Employee != Guid.Empty).ToDictionary(trainer => trainer.Id, trainer => trainer.Estate);
        return
            from planned in timetable.Runs
            from session in planned.Classes.Select((at, index) => (at.From, at.Trainer, Id: IdOf(planned.Run, index)))
            where blamed.Contains(session.Id)
            from estate in planned.Learners.Select(learner => homes[learner]).Append(staff.GetValueOrDefault(session.Trainer)).Distinct()
            where rostered.TryGetValue(estate, out var days) && !days.Contains(Verify.Day(session.From, situation.TimeZone))
            select new Violation("no-roster", [session.Id], $"{runs[planned.Run].CourseCode}: estate {estate} has no roster at {session.From:u}.");
    }

    /// <summary>Whether a class is the fixed one, but for a trainer who can't teach it and a venue that is closed then.</summary>
    static bool Keeps(Situation situation, SituationRun run, Class at, Class locked)
    {
        var (trainer, venue) = (situation.Trainers.Single(one => one.Id == locked.Trainer), situation.Venues.Single(one => one.Id == locked.Venue));
        var taught = at.Trainer == locked.Trainer || trainer.Unavailable.Any(span => span.From < at.To && at.From < span.To)
            || !trainer.Authorised.TryGetValue(run.Course, out var last) || Verify.Day(at.From, situation.TimeZone) > last;
        var housed = at.Venue == locked.Venue || venue.Unavailable.Any(span => span.From < at.To && at.From < span.To);
        return at.From == locked.From && at.To == locked.To && taught && housed;
    }

    static IEnumerable<Violation> Locks(Situation situation, Timetable timetable) =>
        from run in situation.Runs
        from locked in run.Published.Select((at, index) => (at, index))
        where locked.at.Locked && timetable.Runs.FirstOrDefault(planned => planned.Run == run.Id)?.Classes.Any(at => Keeps(situation, run, at, locked.at)) != true
        select new Violation("lock-broken", [IdOf(run.Id, locked.index)], $"{run.CourseCode} ({run.Id}): session {locked.index + 1} was fixed and has been moved.");
}
