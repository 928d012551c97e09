using System.Collections.Immutable;
using CsCheck;
using Training.Scheduling.Calendars;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Known;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.FirstFit;

public class ClerkTests
{
    static readonly EstateRules Gate = Rules(Always("GATE", 1));

    static DutyWeek Week(params DutyShift[] shifts) => Given<DutyWeek>.That(Rostered(shifts)).State;

    static (Clerk Clerk, Board Board) Clerk(DutyWeek week, KnownTrainer? trainer = null, int days = 5, KnownVenue? venue = null, DateTimeOffset after = default)
    {
        var board = new Board(At(-7, 0), 28 * 48);
        board.Add(Gate, [(Monday, week)]);
        return (new(board, [new(trainer ?? Trainer, null, 48)], [new(venue ?? Venue)], Monday, Monday.AddDays(days - 1), after, TimeSpan.FromMinutes(30), ClassHours.Usual), board);
    }

    static OpenRun Open(int heads = 3, int sessions = 1) => new(Run, Offer(sessions), Course, heads, []);

    static Candidate[] Waiting(Board board, params int[] people) =>
        [.. people.Select(person => new Candidate(Of(person), Run, new(board.Find(Person(person), "EST-01"), Person(person), Estate)))];

    [Fact]
    public void The_first_time_that_bears_everyone_is_taken()
    {
        // Two of three guards on Monday, all three off duty on Tuesday.
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 6, 20, 1, 2, 3), Shift("GATE", 1, 8, 16, 8)));
        var found = clerk.Place(Open(), Waiting(board, 1, 2, 3)).Found;
        Assert.Equal([From(1, 8, 12)], found?.Classes ?? []);
        Assert.Equal(3, found?.Seated.Length);
    }

    [Fact]
    public void Who_holds_the_post_stays_behind_when_no_other_time_is_left()
    {
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 6, 20, 1, 2, 3)), days: 1);
        var found = clerk.Place(Open(), Waiting(board, 1, 2, 3)).Found;
        Assert.Equal([Person(1), Person(2)], found?.Seated.Select(one => one.Learner.EmployeeId) ?? []);
    }

    [Fact]
    public void What_is_over_is_no_time()
    {
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 6, 20, 1, 2, 3), Shift("GATE", 1, 8, 16, 8)), after: At(1, 9));
        Assert.Equal([From(1, 9.5, 13.5)], clerk.Place(Open(), Waiting(board, 1, 2, 3)).Found?.Classes ?? []);
    }

    [Fact]
    public void A_closed_room_is_waited_for()
    {
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 8, 16, 9)), days: 1, venue: Venue with { Closed = [From(-3, 0, 3 * 24 + 15)] });
        Assert.Equal([From(0, 15, 19)], clerk.Place(Open(2), Waiting(board, 1, 2)).Found?.Classes ?? []);
    }

    [Fact]
    public void What_is_taken_is_not_given_twice()
    {
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 8, 16, 9)), days: 1);
        Assert.Equal([From(0, 8, 12)], clerk.Place(Open(2), Waiting(board, 1, 2)).Found?.Classes ?? []);
        Assert.Equal([From(0, 12, 16)], clerk.Place(Open(2), Waiting(board, 3, 4)).Found?.Classes ?? []);
        Assert.Equal([From(0, 16, 20)], clerk.Place(Open(2), Waiting(board, 5, 6)).Found?.Classes ?? []);
        Assert.Contains("no time", clerk.Place(Open(2), Waiting(board, 1, 2)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_courses_keep_trainer_room_and_time_over_several_days()
    {
        var (clerk, board) = Clerk(Week(Shift("GATE", 0, 8, 16, 9)));
        Assert.Equal([From(0, 8, 12), From(1, 8, 12)], clerk.Place(Open(2, sessions: 2), Waiting(board, 1, 2)).Found?.Classes ?? []);
    }

    [Fact]
    public void A_run_without_trainer_or_room_says_so()
    {
        var (noTrainer, board) = Clerk(Week(), Trainer with { Authorisations = ImmutableDictionary<Guid, DateOnly>.Empty });
        Assert.Equal("No trainer with hours left is authorised to teach K05 in HZ.", noTrainer.Place(Open(), Waiting(board, 1, 2)).Reason);
        var (noRoom, other) = Clerk(Week(), venue: Venue with { Seats = 1 });
        Assert.Equal("No venue of HZ seats 2 and has what K05 needs.", noRoom.Place(Open(), Waiting(other, 1, 2)).Reason);
    }

    [Fact]
    public void Of_later_than_the_board_reaches_nothing_is_known()
    {
        var (_, board) = Clerk(Week(Shift("GATE", 0, 8, 16, 9)));
        var (person, later) = (board.Find(Person(1), "EST-01"), board.WindowOf(From(400, 9, 13)));
        Assert.False(board.CanLeave(person, later));
        Assert.Equal(ObstacleKind.NoRoster, board.ObstacleTo(person, later).Kind);
    }

    /// <summary>The board rounds against itself, so the calendars never refuse what it allows; on the grid both say the same.</summary>
    [Fact]
    public void The_board_and_the_calendar_agree()
    {
        var week = Gen.Select(Gen.Int[0, 32], Gen.Int[8, 20], Gen.Int[1, 4].Array[1, 3]).Array[1, 5]
            .Select(days => days.Select((shift, day) => Shift("GATE", day, shift.Item1 / 2d, Math.Min(24, (shift.Item1 + shift.Item2) / 2d), [.. shift.Item3.Distinct()])).ToArray());
        var elsewhere = Gen.Select(Gen.Int[0, 4], Gen.Int[16, 40], Gen.Int[2, 8], (day, start, length) => From(day, start / 2d, (start + length) / 2d));
        Gen.Select(week, Gen.Int[0, 4], Gen.Int[16, 34], Gen.Int[2, 10], Gen.Int[1, 4], elsewhere).Sample((shifts, day, start, length, who, other) =>
        {
            var (state, away) = (Week(shifts), From(day, start / 2d, (start + length) / 2d));
            var board = new Board(At(-7, 0), 28 * 48);
            board.Add(Gate, [(Monday, state)]);
            board.Take(board.Find(Person(who), "EST-01"), board.WindowOf(other));
            var refused = Given<DutyWeek>.That(Rostered(shifts), new StaffBooked(new(Id("other")), [Person(who)], other.From, other.To)).When(before => BookStaffHandler.Decide(before, new BookStaff(new(Id("s")), [Person(who)], away, Gate, []))).Broken;
            Assert.Equal(refused is null, board.CanLeave(board.Find(Person(who), "EST-01"), board.WindowOf(away)));
        }, iter: 3_000);
    }
}
