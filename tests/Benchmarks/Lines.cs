using Training.Scheduling.Planning;

namespace Training.Benchmarks;

/// <summary>Progress as lines on the error stream.</summary>
sealed class Lines : IProgress<PlanProgress>
{
    public void Report(PlanProgress value) =>
        Console.Error.WriteLine($"{value.Share,6:P0} hard {value.Hard} cost {value.Soft} {value.Moves / 1e6:0.0}M moves {value.MovesPerSecond / 1e6:0.00}M/s");
}
