using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Planning;

namespace Training.Scheduling.Situations;

/// <summary>A situation as a planning problem, with the cohort each run was planned with.</summary>
/// <param name="Problem">Without the runs that are fixed: what they take is not available.</param>
/// <param name="Cohorts">By run.</param>
/// <param name="Fixed">Published runs of which no session can be moved.</param>
public sealed record Translated(PlanningProblem Problem, IReadOnlyDictionary<Guid, ImmutableArray<Demand>> Cohorts, IReadOnlySet<Guid> Fixed);

/// <summary>
/// Turns a situation into a planning problem of half hours. Hard: manning of every post, double bookings, authorisation, availability, hours, the way between
/// two venues, seats, equipment, order, rest, locks. Everything else is a price in money.
/// </summary>
public sealed class Translation
{
    const string Venue = "venue", Trainer = "trainer", Learner = "learner";

    readonly Situation situation;
    readonly Staff staff;
    readonly IReadOnlyDictionary<Guid, ImmutableArray<Demand>> cohorts;
    readonly HashSet<Guid> fixedRuns;
    readonly ILookup<Guid, Class> fixedClasses;
    readonly Release release;

    /// <summary>One string for each venue and trainer, not one for each run they fit.</summary>
    readonly Dictionary<Guid, string> ids;

    Translation(Situation situation)
    {
        this.situation = situation;
        staff = new(situation);
        ids = situation.Venues.Select(venue => venue.Id).Concat(situation.Trainers.Select(trainer => trainer.Id)).ToDictionary(id => id, IdOf);
        var fixed_ = situation.Runs.Where(run => run.Published.Any(at => at.Locked) && (run.Published.All(at => at.Locked) || run.Published.Any(at => at.Locked && !CanBeServed(situation, run, at)))).ToList();
        fixedRuns = [.. fixed_.Select(run => run.Id)];
        fixedClasses = fixed_.SelectMany(run => run.Published).SelectMany(at => new[] { (Whose: at.Trainer, at), (Whose: at.Venue, at) }).ToLookup(one => one.Whose, one => one.at);
        foreach (var run in fixed_) Take(run);
        cohorts = Cohorts.Of(situation, staff);
        release = new(situation, staff, fixed_);
    }

    public static Translated Of(Situation situation) => WithStaff(situation).Translated;

    /// <summary>With the boards, on which who is on a run that is fixed is away.</summary>
    internal static (Translated Translated, Staff Staff) WithStaff(Situation situation)
    {
        var translation = new Translation(situation);
        return (new(translation.Problem(), translation.cohorts, translation.fixedRuns), translation.staff);
    }

    IEnumerable<SituationRun> Movable => situation.Runs.Where(run => !fixedRuns.Contains(run.Id));

    /// <summary>Whether a class has a room and a trainer that are fit for it, be they free or not.</summary>
    internal static bool CanBeServed(Situation situation, SituationRun run, Class at) =>
        situation.Venues.Any(venue => venue.Id == at.Venue && IsFit(venue, run) && (run.OnSite == Guid.Empty || venue.Estate == run.OnSite))
        && situation.Trainers.Any(trainer => trainer.Id == at.Trainer && trainer.MayTeach(run, at.From.DayIn(situation.TimeZone)));

    /// <summary>Takes everybody's time for a run that stays.</summary>
    void Take(SituationRun run)
    {
        foreach (var at in run.Published)
        {
            var here = situation.Venues.Where(venue => venue.Id == at.Venue).Select(venue => venue.Estate).FirstOrDefault();
            var people = run.Demands.Where(demand => run.Seated.Contains(demand.Employee)).Select(demand => (demand.Employee, demand.Estate))
                .Concat(situation.Trainers.Where(trainer => trainer.Id == at.Trainer && trainer.Employee != Guid.Empty).Select(trainer => (trainer.Employee, trainer.Estate)));
            foreach (var (employee, estate) in people) staff.Board.Take(staff.Find(employee, estate), staff.AwayOf(new Known.Span(at.From, at.To), travels: estate != here));
        }
    }

    public static string IdOf(Guid id) => id.ToString("N");

    PlanningProblem Problem()
    {
        var activities = Movable.Select(ActivityOf).ToImmutableArray();
        var drawn = activities.SelectMany(activity => activity.Draws).Select(draw => draw.Profile).ToHashSet();
        return new(new Horizon(staff.Grid.Days, Grid.SlotsPerDay))
        {
            Activities = activities,
            Resources = [.. situation.Venues.Select(ResourceOf), .. situation.Trainers.Select(ResourceOf)],
            Groups = Groups(),
            Profiles = [.. release.Profiles.Where(profile => drawn.Contains(profile.Id))],
            Precedences = Precedences(),
            Locked = [.. Published(locked: true)],
            Published = [.. Published(locked: false)],
            Rules = Rules(),
        };
    }

    IEnumerable<Placement> Published(bool locked) => Movable.SelectMany(run => run.Published.Select((at, meeting) => (run, at, meeting))).Where(one => one.at.Locked == locked)
        .Select(one => new Placement(IdOf(one.run.Id), one.meeting, staff.Grid.Floor(one.at.From), [IdOf(one.at.Venue), IdOf(one.at.Trainer)]));

    ImmutableArray<Rule> Rules()
    {
        var prices = situation.Prices;
        return
        [
            new(RuleKind.LeftOut, Severity.Soft), new(RuleKind.Seats, Severity.Hard), new(RuleKind.SlotPrice, Severity.Soft), new(RuleKind.ResourcePrice, Severity.Soft),
            .. ((Rule[])
            [
                new(RuleKind.Spread, Severity.Soft, prices.SameDay), new(RuleKind.SameResource, Severity.Soft, prices.OtherTrainer, Scope: Trainer),
                new(RuleKind.SameResource, Severity.Soft, prices.OtherVenue, Scope: Venue), new(RuleKind.Gap, Severity.Soft, prices.WaitingHalfHour, Scope: Learner),
                new(RuleKind.LongRow, Severity.Soft, prices.LongDayHalfHour, Limit: 16, Scope: Learner), new(RuleKind.Moved, Severity.Soft, prices.MovedSession), new(RuleKind.Uneven, Severity.Soft, prices.Unfairness),
            ]).Where(rule => rule.Weight > 0),
        ];
    }

    Activity ActivityOf(SituationRun run)
    {
        var (cohort, starts) = (cohorts[run.Id], staff.Grid.Starts(run.Minutes));
        var members = cohort.Select(demand => (Demand: demand, Person: staff.Find(demand.Employee, demand.Estate))).ToArray();
        var onSite = run.OnSite != Guid.Empty && situation.Venues.Any(venue => venue.Estate == run.OnSite && IsFit(venue, run));
        var prices = release.PricesOf(run, members, starts, travels: !onSite);
        return new(IdOf(run.Id))
        {
            Meetings = run.Sessions,
            Duration = run.Minutes / 30,
            Attendance = run.MinLearners,
            MinDays = run.Sessions,
            Margin = onSite ? 0 : Staff.MarginOf(situation.TravelMinutes),
            Needs =
            [
                new(Venue)
                {
                    Features = [RegionOf(run.Region), .. run.Equipment.Select(thing => $"has:{thing}"), .. onSite ? [$"estate:{IdOf(run.OnSite)}"] : Array.Empty<string>()],
                    Prices = situation.Venues.Where(venue => IsFit(venue, run)).ToImmutableSortedDictionary(venue => ids[venue.Id], venue => PriceOf(venue, run, cohort), StringComparer.Ordinal),
                },
                new(Trainer)
                {
                    Features = [RegionOf(run.Region), CourseOf(run.Course)],
                    Prices = situation.Trainers.Where(trainer => trainer.Serves(run.Region) && trainer.Authorised.ContainsKey(run.Course))
                        .ToImmutableSortedDictionary(trainer => ids[trainer.Id], trainer => trainer.FeePerHour * run.Minutes / 60, StringComparer.Ordinal),
                },
            ],
            Starts = [.. prices.Keys.Order()],
            SlotPrices = [.. Enumerable.Range(0, staff.Grid.Slots).Select(slot => prices.GetValueOrDefault(slot))],
            Draws = [.. release.DrawsOf(members)],
            Shares = [.. cohort.GroupBy(demand => demand.Estate).OrderBy(all => all.Key).Select(all => new Share(IdOf(all.Key), all.Count()))],
            Priority = Math.Max(1, (cohort.Sum(release.ValueOf) + run.Sessions - 1) / run.Sessions),
        };
    }

    static string RegionOf(string region) => $"region:{region}";

    static string CourseOf(Guid course) => $"course:{IdOf(course)}";

    /// <summary>Where something stands, which it can't be given.</summary>
    internal static bool IsEstate(string feature) => feature.StartsWith("estate:", StringComparison.Ordinal);

    /// <summary>An authorisation or equipment can be given, a region or an estate can't.</summary>
    internal static bool CanBeGiven(string feature) => feature.StartsWith("course:", StringComparison.Ordinal) || feature.StartsWith("has:", StringComparison.Ordinal);

    internal static bool IsFit(SituationVenue venue, SituationRun run) =>
        venue.Region == run.Region && venue.Seats >= run.MinLearners && !run.Equipment.Except(venue.Equipment).Any();

    /// <summary>The room, everybody's way to it, and those of the cohort for whom it has no seat.</summary>
    int PriceOf(SituationVenue venue, SituationRun run, ImmutableArray<Demand> cohort) =>
        (venue.RatePerHour * run.Minutes / 60)
        + (situation.Prices.TravelPerHead * cohort.Count(demand => demand.Estate != venue.Estate))
        + (cohort.Select(release.ValueOf).Order().Take(Math.Max(0, cohort.Length - venue.Seats)).Sum() / run.Sessions);

    Resource ResourceOf(SituationVenue venue) => new(IdOf(venue.Id), Venue)
    {
        Seats = venue.Seats,
        Features = [RegionOf(venue.Region), .. venue.Equipment.Select(thing => $"has:{thing}"), .. venue.Estate == Guid.Empty ? Array.Empty<string>() : [$"estate:{IdOf(venue.Estate)}"]],
        Unavailable = [.. staff.Grid.Touched([.. venue.Unavailable, .. SpansOf(venue.Id)])],
    };

    Resource ResourceOf(SituationTrainer trainer)
    {
        var pause = Staff.MarginOf(situation.TravelMinutes);
        return new(IdOf(trainer.Id), Trainer)
        {
            Features = [.. situation.Runs.Select(run => run.Region).Distinct().Where(trainer.Serves).Select(RegionOf),
                .. trainer.Authorised.Where(course => course.Value >= situation.From).OrderBy(course => course.Key).Select(course => CourseOf(course.Key))],
            Until = trainer.Authorised.Where(course => course.Value >= situation.From && course.Value < situation.To).ToImmutableSortedDictionary(
                course => CourseOf(course.Key), course => (course.Value.DayNumber - situation.From.DayNumber + 1) * Grid.SlotsPerDay, StringComparer.Ordinal),
            Unavailable = [.. staff.Grid.Touched([.. trainer.Unavailable, .. SpansOf(trainer.Id)], pause).Concat(trainer.Employee == Guid.Empty ? [] : release.ClosedTo(trainer)).Distinct().Order()],
            Pause = pause,
            MostSlots = (int)Math.Floor(Math.Max(0, trainer.HoursLeft - SpansOf(trainer.Id).Sum(span => (decimal)span.Length.TotalHours)) * 2),
        };
    }

    IEnumerable<Known.Span> SpansOf(Guid trainerOrVenue) => fixedClasses[trainerOrVenue].Select(at => new Known.Span(at.From, at.To));

    /// <summary>Learners who are on several runs; those on the same ones share a group.</summary>
    ImmutableArray<Group> Groups() =>
    [
        .. cohorts.Where(cohort => !fixedRuns.Contains(cohort.Key)).SelectMany(cohort => cohort.Value.Select(demand => (demand.Employee, Run: cohort.Key)))
            .GroupBy(one => one.Employee, one => IdOf(one.Run)).Where(runs => runs.Count() > 1)
            .Select(runs => runs.Order(StringComparer.Ordinal).ToImmutableArray()).DistinctBy(runs => string.Join(' ', runs))
            .OrderBy(runs => string.Join(' ', runs), StringComparer.Ordinal).Select((runs, index) => new Group($"{Learner} {index + 1}", Learner, runs)),
    ];

    ImmutableArray<Precedence> Precedences()
    {
        var byCourse = Movable.ToLookup(run => run.Course);
        return
        [
            .. from run in Movable
               from course in run.Prerequisites
               from before in byCourse[course]
               where before.Id != run.Id && cohorts[before.Id].Select(demand => demand.Employee).Intersect(cohorts[run.Id].Select(demand => demand.Employee)).Any()
               select new Precedence(IdOf(before.Id), IdOf(run.Id)),
        ];
    }
}
