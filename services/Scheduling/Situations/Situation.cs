using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;

namespace Training.Scheduling.Situations;

/// <summary>
/// Everything a group's schedule is decided by, as plain data that can be stored and generated. Instants are UTC; days and local times are those of
/// <paramref name="TimeZone"/>; money is whole units of one currency; lengths are minutes unless a name says otherwise.
/// </summary>
/// <param name="From">First day on which classes may be.</param>
/// <param name="To">Last such day; 4 to 13 weeks from the first is what the planner is made for.</param>
/// <param name="TimeZone">IANA zone of the group's clocks.</param>
public sealed record Situation(DateOnly From, DateOnly To, string TimeZone)
{
    /// <summary>Runs that wait for a place, and those that have one already.</summary>
    public ImmutableArray<SituationRun> Runs { get; init; } = [];
    public ImmutableArray<SituationTrainer> Trainers { get; init; } = [];
    public ImmutableArray<SituationVenue> Venues { get; init; } = [];
    public ImmutableArray<SituationEstate> Estates { get; init; } = [];
    public ClassHours Hours { get; init; } = ClassHours.Usual;
    public PriceList Prices { get; init; } = new();

    /// <summary>Classes that began by then are as they are, and no other starts by then.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Where published classes may move: nothing new starts by then, so that nobody is told too late.</summary>
    public DateTimeOffset FrozenUntil { get; init; }

    /// <summary>Whatever is planned starts after that.</summary>
    internal DateTimeOffset StartsAfter => AsOf > FrozenUntil ? AsOf : FrozenUntil;

    /// <summary>The way from the own estate to a venue elsewhere, or between two venues, minutes.</summary>
    public int TravelMinutes { get; init; } = 30;
}

/// <summary>One course run.</summary>
/// <param name="Id">The run.</param>
/// <param name="Line">Runs of one line share their learners: who can't leave his post for one may leave it for another.</param>
/// <param name="Course">What is taught.</param>
/// <param name="CourseCode">The same for people.</param>
/// <param name="Region">Where venues and trainers come from.</param>
public sealed record SituationRun(Guid Id, Guid Line, Guid Course, string CourseCode, string Region)
{
    /// <summary>How many meetings.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Length of one meeting; a multiple of 30.</summary>
    public int Minutes { get; init; } = 240;
    public int MinLearners { get; init; } = 1;

    /// <summary>Seats that are paid for: the most who can attend.</summary>
    public int Seats { get; init; }

    /// <summary>What one more seat costs, for all sessions.</summary>
    public int SeatPrice { get; init; }

    /// <summary>What the venue must have.</summary>
    public ImmutableArray<string> Equipment { get; init; } = [];

    /// <summary>Courses a learner finishes first, where he is on a run of them in this situation.</summary>
    public ImmutableArray<Guid> Prerequisites { get; init; } = [];

    /// <summary>Learnt where the work is done: at a venue of this estate if one is fit for it; <see cref="Guid.Empty"/>: anywhere in the region.</summary>
    public Guid OnSite { get; init; }

    /// <summary>Who was planned for it. The planner may exchange learners between runs of a line.</summary>
    public ImmutableArray<Demand> Demands { get; init; } = [];

    /// <summary>Where it is already; empty: nowhere yet. As many as there are sessions, in their order. Locked ones may lie outside of the horizon.</summary>
    public ImmutableArray<Class> Published { get; init; } = [];

    /// <summary>Who has a seat in it already, of those listed in <see cref="Demands"/>; they keep it.</summary>
    public ImmutableArray<Guid> Seated { get; init; } = [];
}

/// <summary>One learner's need of a course.</summary>
/// <param name="Employee">Who.</param>
/// <param name="Estate">On whose roster.</param>
/// <param name="Worth">What it costs the group that he doesn't attend, money: the priority of the need.</param>
public sealed record Demand(Guid Employee, Guid Estate, int Worth)
{
    /// <summary>Last day on which the class counts, because a mandatory certificate expires; <see cref="DateOnly.MaxValue"/>: not mandatory.</summary>
    public DateOnly Deadline { get; init; } = DateOnly.MaxValue;

    public bool IsMandatory => Deadline != DateOnly.MaxValue;
}

/// <summary>One meeting of a run: when, with whom and where.</summary>
public sealed record Class(DateTimeOffset From, DateTimeOffset To, Guid Trainer, Guid Venue)
{
    /// <summary>Started, frozen or agreed: can't be moved.</summary>
    public bool Locked { get; init; }
}

/// <summary>Somebody who teaches.</summary>
/// <param name="Id">The trainer.</param>
/// <param name="Name">For people.</param>
/// <param name="Region">Region served; * for all.</param>
/// <param name="HoursLeft">Hours of all classes he may teach, published ones included.</param>
public sealed record SituationTrainer(Guid Id, string Name, string Region, decimal HoursLeft)
{
    /// <summary>Last day of authorisation by course.</summary>
    public ImmutableDictionary<Guid, DateOnly> Authorised { get; init; } = ImmutableDictionary<Guid, DateOnly>.Empty;

    /// <summary>Ill, on leave, or teaching something that isn't in this situation.</summary>
    public ImmutableArray<Span> Unavailable { get; init; } = [];

    /// <summary>Fee of one hour of class.</summary>
    public int FeePerHour { get; init; }

    /// <summary>The trainer as an employee on a roster; <see cref="Guid.Empty"/>: from outside.</summary>
    public Guid Employee { get; init; }
    public Guid Estate { get; init; }

    public bool Serves(string region) => Region == "*" || Region == region;

    public bool IsAuthorised(Guid course, DateOnly on) => Authorised.TryGetValue(course, out var last) && on <= last;

    public bool MayTeach(SituationRun run, DateOnly on) => Serves(run.Region) && IsAuthorised(run.Course, on);
}

/// <summary>A room.</summary>
public sealed record SituationVenue(Guid Id, string Name, string Region, int Seats)
{
    /// <summary>The estate it stands on; <see cref="Guid.Empty"/>: a centre or a hired room.</summary>
    public Guid Estate { get; init; }
    public ImmutableArray<string> Equipment { get; init; } = [];

    /// <summary>Closed, or taken by something that isn't in this situation.</summary>
    public ImmutableArray<Span> Unavailable { get; init; } = [];

    /// <summary>When it is closed: part of <see cref="Unavailable"/>.</summary>
    public ImmutableArray<Span> Closed { get; init; } = [];
    public int RatePerHour { get; init; }
}

/// <summary>An estate with its posts and rosters.</summary>
/// <param name="Id">The estate.</param>
/// <param name="Code">Unique in the situation.</param>
public sealed record SituationEstate(Guid Id, string Code)
{
    /// <summary>The least heads on duty, and the licence that makes them count.</summary>
    public ImmutableArray<PostRule> Posts { get; init; } = [];

    /// <summary>Mondays of the weeks that have a roster, with one week before and after the horizon. An estate with posts releases nobody in other weeks.</summary>
    public ImmutableArray<DateOnly> RosteredWeeks { get; init; } = [];

    /// <summary>Who is on duty where and when.</summary>
    public ImmutableArray<DutyShift> Shifts { get; init; } = [];

    /// <summary>Last day of each licence held.</summary>
    public ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>> Licences { get; init; } =
        ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>>.Empty;

    /// <summary>Who is released from duty for something that isn't in this situation, the way included.</summary>
    public ImmutableArray<Absence> Absences { get; init; } = [];
}

/// <summary>Somebody is away.</summary>
public sealed record Absence(Guid Employee, Span Away);

/// <summary>What is to be avoided costs: whole units of one currency.</summary>
public sealed record PriceList
{
    /// <summary>On top of his worth, a mandatory learner who doesn't attend by his deadline.</summary>
    public int MissedMandatory { get; init; } = 20_000;

    /// <summary>Replacing somebody who attends in his duty, an hour.</summary>
    public int BackfillPerHour { get; init; } = 40;

    /// <summary>One learner's way to a venue off his estate, each session.</summary>
    public int TravelPerHead { get; init; } = 30;

    /// <summary>Two sessions of a run on one day.</summary>
    public int SameDay { get; init; } = 400;

    /// <summary>Another trainer or another venue within a run.</summary>
    public int OtherTrainer { get; init; } = 600;
    public int OtherVenue { get; init; } = 200;

    /// <summary>A learner's half hour between two classes of a day, and his half hour in class beyond eight hours without a break.</summary>
    public int WaitingHalfHour { get; init; } = 15;
    public int LongDayHalfHour { get; init; } = 60;

    /// <summary>A learner without a seat where all learners of his estate go without; where a tenth do, a tenth of it.</summary>
    public int Unfairness { get; init; } = 500;

    /// <summary>A published session moved.</summary>
    public int MovedSession { get; init; } = 2_000;
}
