using System.Collections.Immutable;
using CsCheck;
using Training.Scheduling.Proposals;
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
        var planned = Rounds.Of(situation, new(TimeSpan.MaxValue, 5_000), 1, rounds: 1, ct: Ct);
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

    /// <summary>Each of the three could go alone.</summary>
    [Fact]
    public void A_gate_that_cannot_spare_people_together_is_named_with_how_many_it_keeps()
    {
        var tight = Gate with { Posts = [Always("GATE", 2)], Shifts = [.. Enumerable.Range(0, 7).Select(day => Shift("GATE", day, 7, 20, 1, 2, 3))] };
        var reason = Assert.Single(Plan(With(Fire with { Demands = [Wants(1), Wants(2), Wants(3)] }) with { Estates = [tight] }).Explained.Runs);
        Assert.True(reason.InEveryPlan);
        Assert.Equal("At no time can more than 1 of its 3 learners come (best 2027-01-04 08:00), and K05 needs 2; the other 2: 2 because post GATE of EST-01 would have fewer than 2 people.", reason.Text.English);
    }

    /// <summary>One goes off duty at ten as the other comes on, so a class from nine takes no two from the gate at once.</summary>
    [Fact]
    public void Whom_a_gate_spares_one_after_the_other_can_come_together()
    {
        var handover = Gate with { Posts = [Always("GATE", 1)], Shifts = [.. Enumerable.Range(0, 7).SelectMany(day => new[] { Shift("GATE", day, 7, 10, 1, 3), Shift("GATE", day, 10, 20, 2, 4) })] };
        var situation = With(Fire with { Demands = [Wants(1), Wants(2)] }) with { Estates = [handover] };
        var timetable = new Timetable([], [new(FireRun, "")]);
        Assert.DoesNotContain(Explaining.Of(situation, timetable, Time, Ct).Runs, reason => reason.InEveryPlan);
        Assert.Single(Seating.FirstFit(situation, Ct).Runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_prerequisite_that_ends_too_late_keeps_its_learners(bool agreed)
    {
        var lift = Fire with { Id = Id("lift-run"), Line = Id("lift-line"), Course = Id("lift-course"), CourseCode = "K06" };
        Class friday = new(At(4, 16), At(4, 20), LiId, RoomId) { Locked = true };
        var situation = With(Fire with { Prerequisites = [lift.Course] }, agreed ? lift with { Published = [friday], Seated = [.. lift.Demands.Select(demand => demand.Employee)] } : lift);
        var timetable = new Timetable([new(lift.Id, [friday], [.. lift.Demands.Select(demand => demand.Employee)])], [new(FireRun, "")]);
        var reason = Assert.Single(Explaining.Of(situation, timetable, Time, Ct).Runs);
        Assert.Equal(agreed, reason.InEveryPlan);
        Assert.Equal($"{(agreed ? "At" : "In this plan, at")} no time can more than 0 of its 3 learners come (best 2027-01-04 08:00), and K05 needs 2; the other 3: 3 because a course that comes first hasn't ended then.", reason.Text.English);
    }

    /// <summary>Both cohorts stand at a gate that can spare four: together they are eight, but four of them would do.</summary>
    [Fact]
    public void Two_runs_need_their_minimum_of_a_post_and_no_more()
    {
        var wide = Gate with { Posts = [Always("GATE", 4)], Shifts = [.. Enumerable.Range(0, 7).Select(day => Shift("GATE", day, 7, 20, 11, 12, 13, 14, 15, 16, 17, 18))] };
        SituationRun Of(string name, int first) => Fire with { Id = Id(name), Line = Id($"{name}-line"), Seats = 4, Demands = [.. Enumerable.Range(first, 4).Select(person => Wants(person))] };
        var situation = With(Of("one", 11), Of("two", 15)) with
        {
            To = Monday, Hours = new(new(8, 0), new(9, 0), new(13, 0)), Estates = [wide], Trainers = [Li, Li with { Id = Id("wang") }], Venues = [Room, Room with { Id = Id("second-room") }],
        };
        Class first = new(At(0, 8), At(0, 12), LiId, RoomId);
        var timetable = new Timetable([new(Id("one"), [first], [.. Enumerable.Range(11, 4).Select(person => Person(person).Value)])], [new(Id("two"), "")]);
        var reason = Assert.Single(Explaining.Of(situation, timetable, Time, Ct).Runs);
        Assert.Equal((false, false), (reason.InEveryPlan, reason.HasPlace));
        Assert.Equal("In this plan, at no time can more than 0 of its 4 learners come (best 2027-01-04 08:00), and K05 needs 2; the other 4: 4 because post GATE of EST-01 would have fewer than 4 people.", reason.Text.English);
        Assert.Contains("Send 4 more to post GATE of EST-01 for the class at 2027-01-04 08:00.", reason.Remedies.Select(remedy => remedy.Text.English));
        // With two of each both can be held, so that it isn't so in every plan.
        var halves = new Timetable([.. timetable.Runs.Select(run => run with { Learners = run.Learners[..2] })], timetable.Unplaced);
        Assert.DoesNotContain(Explaining.Of(situation, halves, Time, Ct).Runs, reason => reason.InEveryPlan);
    }

    /// <summary>The gate spares two at a time, and classes are on two mornings: too few for three runs, each of which has a place by itself.</summary>
    [Fact]
    public void A_gate_that_spares_too_few_for_several_runs_before_a_day_is_named_with_both_numbers()
    {
        var gate = Gate with { Posts = [Always("GATE", 4)], Shifts = [.. Enumerable.Range(0, 7).Select(day => Shift("GATE", day, 7, 20, 11, 12, 13, 14, 15, 16))] };
        SituationRun Of(string name, int first) => Fire with { Id = Id(name), Line = Id($"{name}-line"), Seats = 2, Demands = [Wants(first), Wants(first + 1)] };
        var situation = With(Of("one", 11), Of("two", 13), Of("three", 15)) with
        {
            To = Monday.AddDays(1), Hours = new(new(8, 0), new(8, 0), new(12, 0)), Estates = [gate],
            Trainers = [Li, Li with { Id = Id("wang") }, Li with { Id = Id("chen") }], Venues = [Room, Room with { Id = Id("second-room") }, Room with { Id = Id("third-room") }],
        };
        var (timetable, explained) = Plan(situation);
        Assert.Equal(2, timetable.Runs.Length);
        var reason = Assert.Single(explained.Runs);
        Assert.Equal((true, false), (reason.InEveryPlan, reason.HasPlace));
        Assert.Equal("3 runs need somebody of post GATE of EST-01 6 times before 2027-01-06, and can have somebody 4 times at most.", reason.Text.English);
        Assert.Equal("2027-01-06 之前，3 个班至少要从EST-01 的 GATE 岗抽出 6 人次，而最多只能抽出 4 人次。", reason.Text.Chinese);
        Assert.Contains(reason.Remedies, remedy => remedy.Text.English.StartsWith("Send 2 more to post GATE of EST-01 for the class at 2027-01-0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_room_is_given_what_it_lacks_but_no_other_region()
    {
        var run = Fire with { Equipment = ["projector", "hose"] };
        IEnumerable<string> Remedies(SituationVenue venue) => Assert.Single(Plan(With(run) with { Venues = [venue] }).Explained.Runs).Remedies.Select(remedy => remedy.Text.English);
        Assert.Contains("Give Room 1 hose.", Remedies(Room));
        Assert.Equal("Find one more venue with region HZ and projector and hose and 3 seats, free at 2027-01-04 08:00.", Assert.Single(Remedies(Room with { Region = "SH", Equipment = ["projector", "hose"] })));
    }

    /// <summary>Two can come to either session, but nobody to both.</summary>
    [Fact]
    public void Sessions_that_different_learners_can_attend_are_no_place()
    {
        var halves = Gate with
        {
            Absences = [.. new[] { 1, 5 }.Select(person => new Absence(Person(person).Value, From(2, 0, 24))), .. new[] { 2, 6 }.Select(person => new Absence(Person(person).Value, From(0, 0, 24)))],
        };
        var room = Room with { Unavailable = [From(0, 12, 24), From(1, 0, 24), From(2, 0, 8), From(2, 12, 3 * 24)] };
        var run = Fire with { Sessions = 2, Seats = 4, Demands = [Wants(1), Wants(5), Wants(2), Wants(6)] };
        Assert.Empty(Explaining.Of(With(run) with { Estates = [halves], Venues = [room] }, new([], [new(FireRun, "")]), Time, Ct).Runs);
        Assert.True(Assert.Single(Explaining.Of(With(run) with { Estates = [halves with { Absences = [] }], Venues = [room] }, new([], [new(FireRun, "")]), Time, Ct).Runs).HasPlace);
    }

    [Fact]
    public void What_has_its_place_is_no_proved_reason()
    {
        var (situation, timetable) = (With(Fire), new Timetable([], [new(FireRun, "")]));
        var explained = Explaining.Of(situation, timetable, Time, Ct);
        Assert.Equal((true, false), Assert.Single(explained.Runs) is var reason ? (reason.HasPlace, reason.InEveryPlan) : default);
        var bill = Bill.Of(situation, timetable);
        var proposed = Assert.IsType<PlanProposed>(ProposePlanHandler.Decide(situation, new(timetable, bill, bill, [], 0, default, [], explained, []), Now));
        Assert.Equal((Proof.None, "It has a place; leaving it out was cheaper, or the search ended before it got there."), Assert.Single(proposed.Issues) is var issue ? (issue.Proof, issue.Reason) : default);
    }

    /// <summary>What has no place in this plan isn't placed into it by a careful clerk, and what has none in any plan, whatever others need, isn't placed alone.</summary>
    [Fact]
    public void What_is_said_to_have_no_place_is_not_placed_by_hand()
    {
        Dictionary<bool, int> proved = new() { [true] = 0, [false] = 0 };
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var situation = Towns.Random(seed);
            // Every other run is taken out again, so that reasons are asked for where there are places too.
            var held = Seating.FirstFit(situation, Ct).Runs.Where((_, index) => index % 2 == 0).ToImmutableArray();
            var timetable = new Timetable(held, [.. situation.Runs.Where(run => held.All(planned => planned.Run != run.Id)).Select(run => new Unplaced(run.Id, ""))]);
            foreach (var reason in Explaining.Of(situation, timetable, Time, Ct).Runs.Where(reason => !reason.HasPlace && !IsAboutSeveral(reason)))
            {
                var (run, office) = (situation.Runs.Single(run => run.Id == reason.Run), Office.Of(situation, timetable));
                var alone = situation with { Runs = [run with { Demands = [.. office.Waiting(run)] }] };
                Assert.False(reason.InEveryPlan ? Seating.FirstFit(alone, Ct).Runs.Length > 0 : office.Place(run) == "", $"seed {seed}: {reason.Text.English}");
                proved[reason.InEveryPlan]++;
            }
        }, iter: 60, threads: 1);
        Assert.All(proved.Values, count => Assert.True(count > 0));

        static bool IsAboutSeveral(RunReason reason) => new[] { " runs need ", " in order with " }.Any(words => reason.Text.English.Contains(words, StringComparison.Ordinal));
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
        Assert.Contains(reason.Remedies, remedy => remedy.Code == "OneMore" && remedy.Text.English.StartsWith("Find one more trainer with region HZ and the authorisation for K05, free at 2027-01-0", StringComparison.Ordinal));
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
