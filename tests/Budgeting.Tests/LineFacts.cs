using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Tests;

/// <summary>Facts that many tests start from.</summary>
static class LineFacts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
    public static readonly RunId Run = new(Guid.CreateVersion7()), OtherRun = new(Guid.CreateVersion7());
    public static readonly LinePurpose Purpose = new(2027, "2027Q1", "BL-02", "YL-HZ", "FC2", [], FrontLine: true);

    public static Money Cny(decimal amount) => new(amount, "CNY");

    public static LinePlanned Planned(decimal amount = 1_000, OnOverrun onOverrun = OnOverrun.Stop, LinePurpose? purpose = null) =>
        new(new(Guid.CreateVersion7()), purpose ?? Purpose, Cny(amount), onOverrun, 0.85m, Now);
}
