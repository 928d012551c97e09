using Training.Benchmarks.PropertyGroup;
using Training.Scheduling.FirstFit;
using Training.Scheduling.Situations;

namespace Training.Scheduling.Tests.Situations;

public class TimesTests
{
    /// <summary>Days off are taken as a whole, and absences and rest lie across midnight: the short way must say what the board says of each start.</summary>
    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 90)]
    public void Times_are_what_the_board_says_of_each_start(int seed, int travel)
    {
        var situation = GroupGenerator.Make(new("tiny", 2, 2, 8), seed).Situation with { TravelMinutes = travel };
        var (staff, random) = (new Staff(situation), new Random(seed));
        var people = situation.Runs.SelectMany(run => run.Demands).DistinctBy(demand => demand.Employee).Select(demand => staff.Find(demand.Employee, demand.Estate)).ToList();
        foreach (var person in people.Where(_ => random.Next(3) == 0))
        {
            var from = staff.ToBoard(random.Next(staff.Grid.Slots));
            staff.Board.Take(person, new(from, from + random.Next(1, 60)));
        }
        int off = 0, asked = 0, can = 0;
        foreach (var person in people)
            foreach (var (minutes, travels) in new[] { (90, false), (240, true), (480, true) })
            {
                var (times, starts) = (staff.TimesOf(person, minutes, travels), staff.Grid.Starts(minutes));
                for (var i = 0; i < starts.Length; i++)
                {
                    var away = staff.AwayOf(starts[i], minutes / 30, travels);
                    Assert.Equal(staff.Board.CanLeave(person, away), times.CanAttend(i));
                    Assert.Equal(times.CanAttend(i) && !Board.IsPosted(person, away), times.IsUnposted(i));
                    (asked, can) = (asked + 1, can + (times.CanAttend(i) ? 1 : 0));
                    if (staff.Board.IsOff(person, away, away.Length)) off++;
                }
            }
        Assert.InRange(can, 1, asked - 1);
        Assert.InRange(off, 1, can);
    }
}
