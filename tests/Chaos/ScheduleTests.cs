using Training.Chaos.Faults;

namespace Training.Chaos;

public class ScheduleTests
{
    static IReadOnlyList<Planned> First(int seed, int count) => [.. Schedule.Of(seed, FaultList.All, shorter: false).Take(count)];

    [Fact]
    public void The_same_seed_gives_the_same_schedule() => Assert.Equal(First(7, 200), First(7, 200));

    [Fact]
    public void Another_seed_gives_another() => Assert.NotEqual(First(7, 50), First(8, 50));

    [Fact]
    public void Every_fault_comes_before_any_comes_again() =>
        Assert.Equal(FaultList.All.Select(fault => fault.Name).Order(), First(7, FaultList.All.Count).Select(planned => planned.Name).Order());

    [Fact]
    public void The_rows_that_are_promised_are_there()
    {
        int[] promised = [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 20, 23];
        Assert.Equal(promised, FaultList.All.Select(fault => fault.Row).Distinct().Order());
    }
}
