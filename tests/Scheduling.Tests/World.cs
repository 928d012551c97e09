using System.Collections.Immutable;
using Training.Foundation;
using Training.Scheduling.Calendars;
using Training.Scheduling.Known;
using Training.Scheduling.Runs;

namespace Training.Scheduling.Tests;

/// <summary>Things and facts that many tests start from. Monday 4 January 2027, clock of Shanghai.</summary>
static class World
{
    public const string Zone = "Asia/Shanghai";
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Monday = new(2027, 1, 4);
    public static readonly RunId Run = new(Id("run"));
    public static readonly EstateId Estate = new(Id("estate")), OtherEstate = new(Id("other-estate"));
    public static readonly Guid Roster = Id("roster");
    public static readonly ImmutableArray<Learner> Three = [Of(1), Of(2), Of(3)];

    public static readonly KnownCourse Course = new(Id("course"), "K05", "ILT", 240, 2, 3, "I2", ["projector"], "FC2", Cny(900), Cny(10), false);
    public static readonly KnownTrainer Trainer = new(Id("trainer"), "I2-HZ-01", "I2", "HZ", null, 48,
        ImmutableDictionary<Guid, DateOnly>.Empty.Add(Course.Id, new(2027, 12, 31)), []);
    public static readonly KnownVenue Venue = new(Id("venue"), "Room 1", "HZ", Estate.Value, 20, ["projector"]);

    public static Guid Id(string name) => DerivedId.Of("test", name);
    public static Money Cny(decimal amount) => new(amount, "CNY");
    public static EmployeeId Person(int number) => new(Id($"employee-{number}"));
    public static Learner Of(int number) => new(Person(number), Estate, new(Id("need")));

    public static Offer Offer(int sessions = 1, decimal perRun = 900, bool onSite = false) => new(
        new(Id("plan")), new(Id("line")), new(Course.Id), "K05", "HZ", "2027Q1", 1, 2, 3, sessions, 240, Cny(perRun), Cny(perRun == 0 ? 0 : 10), "FC2", "YL-HZ", true, Zone, onSite, 1);

    public static RunPlanned Planned(int sessions = 1, decimal perRun = 900, params int[] learners) =>
        new(Run, Offer(sessions, perRun), learners.Length == 0 ? Three : [.. learners.Select(Of)], Now);

    /// <summary>Local time, day 0 being Monday 4 January 2027.</summary>
    public static DateTimeOffset At(int day, double hour) => new DateTimeOffset(2027, 1, 4, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(day).AddHours(hour).ToUniversalTime();

    public static Span From(int day, double from, double to) => new(At(day, from), At(day, to));

    public static DutyShift Shift(string post, int day, double from, double to, params int[] people) => new(post, At(day, from), At(day, to), [.. people.Select(Person)]);

    public static WeekRostered Rostered(params DutyShift[] shifts) => new(Estate, Monday, Roster, 1, [.. shifts]);

    public static EstateRules Rules(params PostRule[] posts) => new("EST-01", Zone, [.. posts], ImmutableDictionary<EmployeeId, ImmutableDictionary<string, DateOnly>>.Empty);

    public static PostRule Always(string post, int heads, string licence = "") => new(post, TimeOnly.MinValue, TimeOnly.MinValue, heads, licence);
}

