using System.Collections.Immutable;
using Training.Scheduling.Situations;
using static Training.Scheduling.Tests.Situations.Village;
using static Training.Scheduling.Tests.World;

namespace Training.Scheduling.Tests.Situations;

public class ExplainingTests
{
    static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static (Timetable Timetable, Explained Explained) Plan(Situation situation)
    {
        var planned = Rounds.Of(situation, Translation.Of(situation), new(TimeSpan.MaxValue, 5_000), 1, rounds: 1, ct: Ct);
        return (planned.Timetable, Explaining.Of(situation, planned.Timetable, Time, Ct));
    }

    [Fact]
    public void Nobody_is_authorised()
    {
        var reason = Assert.Single(Plan(With(Fire) with { Trainers = [Li with { Authorised = ImmutableDictionary<Guid, DateOnly>.Empty }] }).Explained.Runs);
        Assert.Equal(FireRun, reason.Run);
        Assert.True(reason.InEveryPlan);
        Assert.Equal("None of the 1 trainers has region HZ and the authorisation for K05.", reason.Text.English);
        Assert.Equal("1 个讲师中没有一个同时具备HZ 区域的服务范围、K05 的授课资格。", reason.Text.Chinese);
        Assert.Equal("Give Li the authorisation for K05.", reason.Remedies[0].Text.English);
        Assert.Equal(reason.Remedies.Select(remedy => remedy.Price).Order(), reason.Remedies.Select(remedy => remedy.Price));
    }

    [Fact]
    public void Every_venue_is_too_small()
    {
        var reason = Assert.Single(Plan(With(Fire) with { Venues = [Room with { Seats = 1 }] }).Explained.Runs);
        Assert.Equal("At least 2 people attend, and the largest of the 1 venues that fit seats 1.", reason.Text.English);
    }

    [Fact]
    public void A_gate_that_can_spare_nobody_is_named_with_its_minimum()
    {
        var tight = Gate with { Posts = [Always("GATE", 3)], Shifts = [.. Enumerable.Range(0, 7).Select(day => Shift("GATE", day, 7, 20, 1, 2, 3))] };
        var reason = Assert.Single(Plan(With(Fire with { Demands = [Wants(1), Wants(2), Wants(3)] }) with { Estates = [tight] }).Explained.Runs);
        Assert.True(reason.InEveryPlan);
        Assert.StartsWith("At no time can more than 0 of its 3 learners come", reason.Text.English, StringComparison.Ordinal);
        Assert.Contains("K05 needs 2; the other 3: 3 because post GATE of EST-01 would have fewer than 3 people.", reason.Text.English, StringComparison.Ordinal);
        Assert.Contains("3 次因EST-01 的 GATE 岗会少于 3 人", reason.Text.Chinese, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_taken_by_another_run_is_so_in_this_plan_only()
    {
        // Four hours of class in five days of which he may teach four: one of the two runs goes without.
        var other = Fire with { Id = Id("other-run"), Line = Id("other-line"), Demands = [Wants(3, 5_000), Wants(4, 5_000), Wants(6, 5_000)] };
        var (timetable, explained) = Plan(With(Fire, other) with { Trainers = [Li with { HoursLeft = 4 }] });
        Assert.Equal(FireRun, Assert.Single(timetable.Unplaced).Run);
        var reason = Assert.Single(explained.Runs);
        Assert.Equal("The trainers that fit may teach 4 hours in all, and 2 runs need 8.", reason.Text.English);
        Assert.Contains(reason.Remedies, remedy => remedy.Code == "OneMore" && remedy.Text.English == "Find one more trainer for 2 people.");
        Assert.Equal(Enumerable.Repeat("No run of K05 is held in this plan.", 3), explained.Learners.Where(learner => learner.Line == Fire.Line).Select(learner => learner.Text.English));
    }

    [Fact]
    public void Another_run_that_could_be_later_is_named_with_its_times()
    {
        // Li comes on Monday morning only, and teaches then what Wang could teach on any day.
        var (first, lift) = (Li with { Unavailable = [From(0, 13, 24), From(1, 0, 4 * 24)] }, Id("lift-course"));
        var wang = Li with { Id = Id("wang"), Name = "Wang", Authorised = ImmutableDictionary<Guid, DateOnly>.Empty.Add(lift, Monday.AddDays(90)) };
        var other = Fire with { Id = Id("other-run"), Line = Id("other-line"), Course = lift, CourseCode = "K06", Demands = [Wants(5), Wants(6)] };
        var situation = With(Fire with { Demands = [Wants(1), Wants(2)] }, other) with { Trainers = [first with { Authorised = first.Authorised.Add(lift, Monday.AddDays(90)) }, wang] };
        var timetable = new Timetable([new(other.Id, [new(At(0, 9), At(0, 13), LiId, RoomId)], [Person(5).Value, Person(6).Value])], [new(FireRun, "")]);
        var reason = Assert.Single(Explaining.Of(situation, timetable, Time, Ct).Runs);
        Assert.False(reason.InEveryPlan);
        var move = Assert.Single(reason.Remedies, remedy => remedy.Code == "Move");
        Assert.StartsWith("Move K06 from 2027-01-04 09:00 to 2027-01-0", move.Text.English, StringComparison.Ordinal);
        Assert.StartsWith("把 2027-01-04 09:00 的 K06 改到 2027-01-0", move.Text.Chinese, StringComparison.Ordinal);
        Assert.Equal(0, move.Price);
    }

    [Theory]
    [InlineData(true, 90)]
    [InlineData(false, 90 + 30)]
    public void A_learner_is_told_that_the_runs_are_full_and_what_another_seat_costs_with_his_way(bool atHome, long price)
    {
        var situation = With(Fire with { Seats = 2, SeatPrice = 90, Demands = [Wants(1), Wants(2), Wants(5, 500)] }) with { Venues = [atHome ? Room : Room with { Estate = Guid.Empty }] };
        var (timetable, explained) = Plan(situation);
        Assert.Equal(2, Assert.Single(timetable.Runs).Learners.Length);
        var learner = Assert.Single(explained.Learners);
        Assert.StartsWith("None of the 1 runs of K05 is possible: 1 ", learner.Text.English, StringComparison.Ordinal);
        Assert.NotEmpty(learner.Text.Chinese);
        Assert.Equal(("OneMoreSeat", price), learner.Remedies.Select(remedy => (remedy.Code, (long)remedy.Price)).Single(remedy => remedy.Code == "OneMoreSeat"));
    }

    [Fact]
    public void Without_time_nothing_is_claimed()
    {
        var situation = With(Fire) with { Trainers = [Li with { Authorised = ImmutableDictionary<Guid, DateOnly>.Empty }] };
        Assert.Empty(Explaining.Of(situation, Seating.FirstFit(situation, Ct), TimeSpan.Zero, Ct).Runs);
    }
}
