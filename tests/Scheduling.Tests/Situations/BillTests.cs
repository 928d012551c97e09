using Training.Scheduling.Situations;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

/// <summary>What a timetable costs, and what it is made to cost in the search: each price once.</summary>
public class BillTests
{
    static readonly PriceList Prices = new() { SameDay = 1, OtherTrainer = 20, OtherVenue = 300, WaitingHalfHour = 4_000, LongDayHalfHour = 50_000, Unfairness = 600_000, MissedMandatory = 7_000_000, MovedSession = 80_000_000 };
    static readonly SituationTrainer Wang = Li with { Id = Id("wang"), FeePerHour = 100 };
    static readonly SituationVenue Hall = Room with { Id = Id("hall"), Name = "Hall", RatePerHour = 30 };

    /// <summary>Two sessions of four hours.</summary>
    static readonly SituationRun Twice = Fire with { Sessions = 2, Demands = [Wants(5), Wants(6)] };

    static Situation Town(params SituationRun[] runs) => With(runs) with { Prices = Prices, Trainers = [Li, Wang], Venues = [Room, Hall] };

    static Class On(int day, double from, Guid? trainer = null, Guid? venue = null) => new(At(day, from), At(day, from + 4), trainer ?? LiId, venue ?? RoomId);

    static Dictionary<string, long> Bill(Situation situation, params (SituationRun Run, Class[] Classes, int[] People)[] held) =>
        Scheduling.Situations.Bill.Of(situation, new([.. held.Select(one => new PlannedRun(one.Run.Id, [.. one.Classes], [.. one.People.Select(person => Person(person).Value)]))], []))
            .Components.Where(cost => cost.Key is not ("trainers" or "venues" or "travel" or "backfill")).ToDictionary();

    [Fact]
    public void Sessions_on_two_days_with_one_trainer_in_one_room_cost_nothing_more() => Assert.Empty(Bill(Town(Twice), (Twice, [On(0, 9), On(1, 9)], [5, 6])));

    [Fact]
    public void Sessions_on_one_day() => Assert.Equal(new() { ["same-day"] = 1 }, Bill(Town(Twice), (Twice, [On(0, 8), On(0, 12)], [5, 6])));

    [Fact]
    public void Another_trainer() => Assert.Equal(new() { ["other-trainer"] = 20 }, Bill(Town(Twice), (Twice, [On(0, 9), On(1, 9, Wang.Id)], [5, 6])));

    [Fact]
    public void Another_room() => Assert.Equal(new() { ["other-venue"] = 300 }, Bill(Town(Twice), (Twice, [On(0, 9), On(1, 9, venue: Hall.Id)], [5, 6])));

    [Fact]
    public void An_hour_of_waiting_between_two_courses_for_each_of_two_learners()
    {
        var next = Fire with { Id = Id("next"), Line = Id("next-line"), Demands = [Wants(5), Wants(6)] };
        var first = Fire with { Demands = [Wants(5), Wants(6)] };
        Assert.Equal(new() { ["waiting"] = 2 * 2 * 4_000 }, Bill(Town(first, next), (first, [On(0, 8)], [5, 6]), (next, [On(0, 13)], [5, 6])));
    }

    [Fact]
    public void An_hour_beyond_eight_without_a_break()
    {
        var (first, next) = (Fire with { Demands = [Wants(5), Wants(6)] }, Fire with { Id = Id("next"), Line = Id("next-line"), Minutes = 300, Demands = [Wants(5), Wants(6)] });
        Assert.Equal(new() { ["long-days"] = 2 * 2 * 50_000 }, Bill(Town(first, next), (first, [On(0, 8)], [5, 6]), (next, [new(At(0, 12), At(0, 17), LiId, RoomId)], [5, 6])));
    }

    [Fact]
    public void Who_goes_without_and_that_he_is_mandatory_and_of_an_estate_that_goes_without_more_than_others()
    {
        // Two of three of the estate: 2 × 2 / 3, whole.
        var run = Fire with { Demands = [Wants(1, 500), Wants(5, 700), Wants(6) with { Deadline = Monday.AddDays(1) }] };
        Assert.Equal(new() { ["unmet"] = 1_200, ["unfairness"] = 600_000, ["missed-mandatory"] = 7_000_000 }, Bill(Town(run), (run, [On(2, 9)], [6])));
        Assert.Equal(new() { ["unmet"] = 1_200, ["unfairness"] = 600_000 }, Bill(Town(run), (run, [On(1, 9)], [6])));
    }

    [Fact]
    public void A_published_session_at_another_time()
    {
        var published = Fire with { Demands = [Wants(5), Wants(6)], Published = [On(0, 9)], Seated = [Person(5).Value, Person(6).Value] };
        Assert.Equal(new() { ["moved"] = 80_000_000 }, Bill(Town(published), (published, [On(1, 9)], [5, 6])));
        Assert.Empty(Bill(Town(published), (published, [On(0, 9)], [5, 6])));
    }
}
