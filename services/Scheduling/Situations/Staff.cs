using System.Collections.Immutable;
using Training.Scheduling.Calendars;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Known;

namespace Training.Scheduling.Situations;

/// <summary>Half hours of the horizon, numbered from the first midnight on.</summary>
sealed class Grid
{
    public const int SlotsPerDay = 48;

    readonly Situation situation;
    readonly Dictionary<int, ImmutableArray<int>> starts = [];

    public Grid(Situation situation)
    {
        this.situation = situation;
        Begin = situation.From.At(TimeOnly.MinValue, situation.TimeZone);
        Days = situation.To.DayNumber - situation.From.DayNumber + 1;
    }

    public DateTimeOffset Begin { get; }
    public int Days { get; }
    public int Slots => Days * SlotsPerDay;

    public DateTimeOffset At(int slot) => Begin + slot * Manning.Slot;
    public DateOnly DayOf(int slot) => situation.From.AddDays(slot / SlotsPerDay);
    public int Floor(DateTimeOffset at) => Math.Clamp((int)Math.Floor((at - Begin) / Manning.Slot), 0, Slots);
    public int Ceiling(DateTimeOffset at) => Math.Clamp((int)Math.Ceiling((at - Begin) / Manning.Slot), 0, Slots);

    /// <summary>Slots that the spans touch, a little later by <paramref name="after"/> slots.</summary>
    public IEnumerable<int> Touched(IEnumerable<Span> spans, int after = 0) =>
        spans.SelectMany(span => Enumerable.Range(Floor(span.From), Math.Max(0, Math.Min(Slots, Ceiling(span.To) + after) - Floor(span.From)))).Distinct().Order();

    /// <summary>Slots in which a class of this length may start; none that is over or frozen.</summary>
    public ImmutableArray<int> Starts(int minutes) => starts.TryGetValue(minutes, out var known) ? known : starts[minutes] =
    [
        .. Enumerable.Range(0, Days).Select(situation.From.AddDays).Where(day => day.IsWorkingDay()).SelectMany(day => StartsOf(day, minutes)).Where(slot => At(slot) > situation.StartsAfter),
    ];

    IEnumerable<int> StartsOf(DateOnly day, int minutes)
    {
        var (hours, zone) = (situation.Hours, situation.TimeZone);
        var (last, closes) = (day.At(hours.LastStart, zone), day.At(hours.Closes, zone));
        for (var slot = Ceiling(day.At(hours.Opens, zone)); At(slot) <= last && At(slot).AddMinutes(minutes) <= closes; slot++) yield return slot;
    }
}

/// <summary>The situation's people on a board, and who of them can attend when.</summary>
sealed class Staff
{
    readonly Situation situation;
    readonly Dictionary<Guid, string> codes;
    readonly TimeSpan travel;
    readonly int offset;
    readonly Dictionary<(Board.Person, int Minutes, bool Travels), Times> times = [];

    public Staff(Situation situation)
    {
        this.situation = situation;
        Grid = new(situation);
        travel = TimeSpan.FromMinutes(situation.TravelMinutes);
        codes = situation.Estates.ToDictionary(estate => estate.Id, estate => estate.Code);
        var first = situation.From.Monday().AddDays(-7);
        Board = new(first.At(TimeOnly.MinValue, situation.TimeZone), (situation.To.Monday().AddDays(14).DayNumber - first.DayNumber) * Grid.SlotsPerDay);
        offset = (int)((Grid.Begin - Board.Begin) / Manning.Slot);
        foreach (var estate in situation.Estates)
        {
            Board.Add(new(estate.Code, situation.TimeZone, estate.Posts, estate.Licences), Weeks(estate, first, situation));
            foreach (var absence in estate.Absences) Board.Take(Find(absence.Employee, estate.Id), Board.WindowOf(absence.Away));
        }
    }

    public Board Board { get; }
    public Grid Grid { get; }

    static IEnumerable<(DateOnly, DutyWeek)> Weeks(SituationEstate estate, DateOnly first, Situation situation)
    {
        var byWeek = estate.Shifts.ToLookup(shift => shift.From.DayIn(situation.TimeZone).Monday());
        return estate.RosteredWeeks.Where(monday => monday >= first && monday <= situation.To.AddDays(7)).Select(monday =>
            (monday, new DutyWeek().Apply(new WeekRostered(new(estate.Id), monday, Guid.Empty, 1, [.. byWeek[monday]]))));
    }

    public Board.Person Find(Guid employee, Guid estate) =>
        Board.Find(new(employee), codes.TryGetValue(estate, out var code) ? code : throw new ArgumentException($"Estate {estate} of employee {employee} isn't in the situation."));

    /// <summary>When somebody can attend classes of this length, by start; of the board as it is when first asked.</summary>
    public Times TimesOf(Board.Person person, int minutes, bool travels) =>
        times.TryGetValue((person, minutes, travels), out var known) ? known : times[(person, minutes, travels)] = Times.Of(person, minutes / 30, travels, this);

    public Board.Window AwayOf(Span span, bool travels) => Board.WindowOf(travels ? span.Widened(travel) : span);

    /// <summary>The absence for a class in these slots of the grid, as a window of the board.</summary>
    public Board.Window AwayOf(int slot, int duration, bool travels)
    {
        var way = travels ? MarginOf(situation.TravelMinutes) : 0;
        return new(offset + slot - way, offset + slot + duration + way);
    }

    /// <summary>What it costs that somebody attends a class: the way off his estate, and who replaces him on duty.</summary>
    public (int Travel, int Backfill) CostOf(Guid employee, Guid home, SituationVenue venue, Class at, int minutes)
    {
        var travels = venue.Estate != home;
        var posted = Board.IsPosted(Find(employee, home), AwayOf(new Span(at.From, at.To), travels));
        return (travels ? situation.Prices.TravelPerHead : 0, posted ? situation.Prices.BackfillPerHour * minutes / 60 : 0);
    }

    /// <summary>A slot of the board as one of the grid, and the other way.</summary>
    public int ToGrid(int boardSlot) => boardSlot - offset;
    public int ToBoard(int slot) => slot + offset;

    public static int MarginOf(int minutes) => (minutes + 29) / 30;
}
