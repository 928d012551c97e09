using Training.Scheduling.Planning;

namespace Training.Scheduling.Tests.Planning;

/// <summary>Hears of progress on the thread that reports it, in order.</summary>
sealed class Told(Action<PlanProgress> tell) : IProgress<PlanProgress>
{
    public void Report(PlanProgress value) => tell(value);
}
