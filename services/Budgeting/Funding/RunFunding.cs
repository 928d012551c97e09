using Training.Budgeting.Lines;
using Training.Foundation;

namespace Training.Budgeting.Funding;

public interface IFundingFact : IFact;
public record RunFunded(RunId RunId, LineId LineId, Money Amount, DateTimeOffset At) : IFundingFact;
public record RunFundingDeclined(RunId RunId, string Code, string Reason, DateTimeOffset At) : IFundingFact;
/// <summary>The run gave up before it got an answer; it gets none any more.</summary>
public record RunFundingWithdrawn(RunId RunId, string Reason, DateTimeOffset At) : IFundingFact;

/// <summary>The answer a course run got, given once, and the line that pays for it.</summary>
public partial record RunFunding(Guid Id, RunId RunId, LineId LineId, Money Amount, string DeclinedBecause)
{
    public bool Granted => DeclinedBecause == "";

    /// <summary>Not the run's own id: that names a stream elsewhere.</summary>
    public static Guid IdOf(RunId run) => DerivedId.Of("funding", run.Value.ToString());

    public static RunFunding Create(RunFunded e) => new(IdOf(e.RunId), e.RunId, e.LineId, e.Amount, "");
    public static RunFunding Create(RunFundingDeclined e) => new(IdOf(e.RunId), e.RunId, default, default, e.Code);
    public static RunFunding Create(RunFundingWithdrawn e) => new(IdOf(e.RunId), e.RunId, default, default, e.Reason);
}
