using System.Text.Json;
using Training.Benchmarks.PropertyGroup;
using Training.Scheduling.Planning;
using Training.Scheduling.Situations;
using Training.Scheduling.Tests.Planning;
using Training.Scheduling.Verifier;

namespace Training.Scheduling.Tests.Situations;

public class GeneratedGroupTests
{
    static readonly Size Tiny = new("tiny", 2, 2, 8);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_planted_schedule_is_safe_and_misses_nobody(int seed)
    {
        var group = GroupGenerator.Make(Tiny, seed);
        Assert.NotEmpty(group.Planted.Runs);
        Assert.Empty(VerifyTimetable.Judge(group.Situation, group.Planted).Select(violation => violation.Text));
        Assert.Equal((0, 0), (group.Answer.MissedMandatory, group.Answer.Unseated));
        Assert.Equal(0, Bounds.Missed(group.Situation));
    }

    static Size Tightened(params string[] options) => Tiny.As(new(["planner", .. options]));

    [Fact]
    public void A_group_without_any_slack_still_has_its_planted_schedule()
    {
        var group = GroupGenerator.Make(Tightened("--relief", "1", "--spare-seats", "0", "--spare-hours", "0", "--deadline-slack", "0"), 1);
        Assert.Empty(VerifyTimetable.Judge(group.Situation, group.Planted).Select(violation => violation.Text));
        Assert.Equal(0, group.Answer.MissedMandatory);
        var (planted, taught) = (group.Planted.Runs.ToDictionary(run => run.Run), group.Planted.Runs.SelectMany(run => run.Classes).ToLookup(at => at.Trainer));
        Assert.All(group.Situation.Runs, run => Assert.Equal(planted[run.Id].Learners.Length, run.Seats));
        Assert.All(group.Situation.Trainers, trainer => Assert.Equal(taught[trainer.Id].Sum(at => (decimal)(at.To - at.From).TotalHours), trainer.HoursLeft));
        Assert.All(group.Situation.Runs.SelectMany(run => run.Demands.Where(demand => demand.IsMandatory).Select(demand => (run, demand))),
            one => Assert.Equal(Day(planted[one.run.Id].Classes[^1].From), one.demand.Deadline));
    }

    static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    [Fact]
    public void Each_knob_loosens_what_it_says()
    {
        static Situation Of(params string[] options) => GroupGenerator.Make(Tightened(options), 1).Situation;
        static int Guards(Situation situation) => situation.Estates.SelectMany(estate => estate.Shifts).Where(shift => shift.Post == "SEC").Sum(shift => shift.Employees.Length)
            - situation.Estates.SelectMany(estate => estate.Posts).Where(post => post.Post == "SEC").Sum(post => post.Heads * 3 * 7 * (Tiny.Weeks + 2));
        Assert.True(Guards(Of("--relief", "0")) < Guards(Of("--relief", "2")));
        Assert.True(Of("--spare-seats", "0").Runs.Sum(run => run.Seats) < Of("--spare-seats", "0.5").Runs.Sum(run => run.Seats));
        Assert.True(Of("--spare-hours", "0").Trainers.Sum(trainer => trainer.HoursLeft) < Of("--spare-hours", "1").Trainers.Sum(trainer => trainer.HoursLeft));
        static int Latest(Situation situation) => situation.Runs.SelectMany(run => run.Demands).Where(demand => demand.IsMandatory).Max(demand => demand.Deadline.DayNumber);
        Assert.True(Latest(Of("--deadline-slack", "0")) < Latest(Of("--deadline-slack", "60")));
        Assert.Equal(Tiny, Tightened());
    }

    [Fact]
    public void The_known_answer_can_be_written_down_and_judged_again()
    {
        var group = GroupGenerator.Make(Tiny, 1);
        var known = JsonSerializer.Deserialize<KnownAnswer>(group.Known()) ?? throw new InvalidOperationException();
        var again = GroupGenerator.Make(known.Size, known.Seed).Situation;
        Assert.Empty(VerifyTimetable.Judge(again, known.Planted));
        Assert.Equal((group.Answer.Total, group.Answer.Total), (known.Answer.Total, Bill.Of(again, known.Planted).Total));
    }

    [Fact]
    public void The_same_seed_makes_the_same_group() =>
        Assert.Equal(GroupGenerator.Make(Tiny, 3).Situation.Runs.Select(run => run.Id), GroupGenerator.Make(Tiny, 3).Situation.Runs.Select(run => run.Id));

    [Fact]
    public void Without_trainers_hours_the_bound_counts_who_must_be_missed()
    {
        var situation = GroupGenerator.Make(Tiny, 1).Situation;
        var mandatory = situation.Runs.SelectMany(run => run.Demands.Select(demand => (run.Line, demand))).Where(one => one.demand.IsMandatory).DistinctBy(one => (one.Line, one.demand.Employee)).Count();
        var bound = Bounds.Missed(situation with { Trainers = [.. situation.Trainers.Select(trainer => trainer with { HoursLeft = 0 })] });
        Assert.InRange(bound, 1, mandatory);
    }

    [Fact]
    public void Rounds_keep_every_rule_and_cost_no_more_than_one()
    {
        var situation = GroupGenerator.Make(Tiny, 1).Situation;
        var budget = new PlanBudget(TimeSpan.MaxValue, 20_000);
        var planned = Rounds.Of(situation, budget, 1, ct: TestContext.Current.CancellationToken);
        var once = Rounds.Of(situation, budget with { Moves = 10_000 }, 1, rounds: 1, ct: TestContext.Current.CancellationToken);
        Assert.Empty(VerifyTimetable.Judge(situation, planned.Timetable).Select(violation => violation.Text));
        Assert.True(planned.Bill.Total <= once.Bill.Total, $"{planned.Bill.Total} after {once.Bill.Total}");
        Assert.Equal(planned.Bill.Total, Rounds.Of(situation, budget, 1, ct: TestContext.Current.CancellationToken).Bill.Total);
    }

    [Fact]
    public void Rounds_of_so_many_moves_are_the_same_on_any_machine()
    {
        var situation = GroupGenerator.Make(Tiny, 1).Situation;
        Planned At(double seconds)
        {
            var now = TimeSpan.Zero;
            return Rounds.Of(situation, new PlanBudget(TimeSpan.FromMinutes(15), 20_000) { Clock = () => now += TimeSpan.FromSeconds(seconds) }, 1, ct: TestContext.Current.CancellationToken);
        }
        var (fast, slow) = (At(0.001), At(0.05));
        Assert.Equal((fast.Bill.Total, fast.Search.Moves), (slow.Bill.Total, slow.Search.Moves));
        Assert.Equal(fast.Timetable.Runs.Select(run => (run.Run, run.Classes[0])), slow.Timetable.Runs.Select(run => (run.Run, run.Classes[0])));
        // Time still ends them.
        Assert.InRange(At(5).Search.Moves, 0, fast.Search.Moves - 1);
    }

    [Fact]
    public void A_handful_of_moves_is_soon_over()
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var planned = Rounds.Of(GroupGenerator.Make(Tiny, 1).Situation, new PlanBudget(TimeSpan.MaxValue, 3), 1, ct: tooLong.Token);
        Assert.False(planned.Search.Cancelled || tooLong.IsCancellationRequested, "three moves took a minute");
        Assert.NotEmpty(planned.Timetable.Runs);
    }

    [Fact]
    public void Rounds_report_as_one_search()
    {
        var (situation, seconds, reports) = (GroupGenerator.Make(Tiny, 1).Situation, 0, new List<PlanProgress>());
        var budget = new PlanBudget(TimeSpan.MaxValue, 20_000) { Clock = () => TimeSpan.FromSeconds(seconds++) };
        var planned = Rounds.Of(situation, budget, 1, progress: new Told(reports.Add), ct: TestContext.Current.CancellationToken);
        Assert.Equal(reports.Select(report => report.Share).Order(), reports.Select(report => report.Share));
        Assert.Equal(reports.Select(report => report.Moves).Order(), reports.Select(report => report.Moves));
        Assert.InRange(reports[^1].Share, 0.9, 1);
        Assert.True(planned.Search.Moves >= reports[^1].Moves, $"{planned.Search.Moves} moves after {reports[^1].Moves}");
    }

    [Fact]
    public void No_plan_costs_less_than_the_linear_bound()
    {
        var problem = Translation.Of(GroupGenerator.Make(Tiny, 2).Situation).Problem;
        var bound = Bounds.Cost(problem, "GLOP", TimeSpan.FromSeconds(30));
        Assert.InRange(bound, 1, Planner.Solve(problem, new(TimeSpan.MaxValue, 50_000), 1, ct: TestContext.Current.CancellationToken).Cost.Soft);
    }
}
