using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Budgeting.Lines;

public readonly record struct LineId(Guid Value) : IId<LineId> { public static LineId From(Guid value) => new(value); }
public readonly record struct RunId(Guid Value) : IId<RunId> { public static RunId From(Guid value) => new(value); }

/// <summary>What a line does when it would be overdrawn: let it pass with a warning (statutory training), or refuse.</summary>
public enum OnOverrun { Warn, Stop }

/// <summary>What a line pays for. Empty <c>Courses</c>: every course of the category. With an estate: what that estate spends by itself; course runs belong to regions.</summary>
public record LinePurpose(int Year, string Quarter, string Code, string LegalEntity, string FundCategory, ImmutableArray<string> Courses, bool FrontLine, Guid? EstateId = null);

public interface ILineFact : IFact;
/// <param name="LineId">The line.</param>
/// <param name="Purpose">What it pays for.</param>
/// <param name="Amount">What it is given.</param>
/// <param name="OnOverrun">What happens beyond that.</param>
/// <param name="WarnAt">Used share from which to warn, 0–1.</param>
/// <param name="At">When.</param>
public record LinePlanned(LineId LineId, LinePurpose Purpose, Money Amount, OnOverrun OnOverrun, decimal WarnAt, DateTimeOffset At) : ILineFact;
public record LineRevised(LinePurpose Purpose, Money Amount, OnOverrun OnOverrun, decimal WarnAt, DateTimeOffset At) : ILineFact;
public record FundsReserved(RunId RunId, Money Amount, DateTimeOffset At) : ILineFact;
public record FundsCommitted(RunId RunId, Money Amount, DateTimeOffset At) : ILineFact;
public record FundsReleased(RunId RunId, Money Amount, string Reason, DateTimeOffset At) : ILineFact;
public record RunActualPosted(RunId RunId, Guid SessionId, Money Amount, DateTimeOffset At) : ILineFact;
/// <summary>A session cost more than its reservation and the line could bear; someone has to decide.</summary>
public record RunOverspent(RunId RunId, Guid SessionId, Money Excess, DateTimeOffset At) : ILineFact;
public record OtherActualPosted(Guid PostingId, Money Amount, string DocumentNo, DateTimeOffset At) : ILineFact;
public record FundsTransferredOut(Guid TransferId, LineId To, Money Amount, string Reason, DateTimeOffset At) : ILineFact;
public record FundsTransferredIn(Guid TransferId, LineId From, Money Amount, string Reason, DateTimeOffset At) : ILineFact;
public record LineThresholdReached(decimal UsedShare, DateTimeOffset At) : ILineFact;

/// <summary>What a run still holds on the line.</summary>
public record Hold(Money Reserved, Money Committed)
{
    public Money Total => Reserved + Committed;
}

/// <summary>What was posted or moved under an id, which is never good for anything else. Lines only where money was moved between them.</summary>
public record Posting(Money Amount, string Text, LineId From = default, LineId To = default);

/// <summary>Planned money of one purpose, legal entity and quarter, and what has been promised and spent of it.</summary>
public partial record BudgetLine(
    Guid Id, LinePurpose Purpose, Money Allocated, OnOverrun OnOverrun, decimal WarnAt, Money Actual, bool Warned,
    ImmutableDictionary<RunId, Hold> Holds, ImmutableHashSet<Guid> Postings)
{
    // Added later: of postings made before only the ids are known, and of what was overspent nothing.
    public ImmutableDictionary<Guid, Posting> Contents { get; init; } = ImmutableDictionary<Guid, Posting>.Empty;
    public ImmutableDictionary<RunId, Money> Overspends { get; init; } = ImmutableDictionary<RunId, Money>.Empty;

    public Money None => Money.Zero(Allocated.Currency);
    public Money Held => Holds.Values.Aggregate(None, (sum, hold) => sum + hold.Total);

    /// <summary>F13, with reservations counted like commitments.</summary>
    public Money Available => Allocated - Held - Actual;

    /// <summary>What runs cost beyond what the line could bear; no part of its actual.</summary>
    public Money Overspent => Overspends.Values.Aggregate(None, (sum, excess) => sum + excess);
    public Hold HoldOf(RunId run) => Holds.GetValueOrDefault(run) ?? new(None, None);
    public bool CanBear(Money amount) => OnOverrun == OnOverrun.Warn || amount <= Available;
    public bool KnowsOther(Guid id, Posting posting) => Contents.GetValueOrDefault(id) is { } known && known != posting;
    public LinePlanned AsPlanned(DateTimeOffset at) => new(new(Id), Purpose, Allocated, OnOverrun, WarnAt, at);

    /// <summary>The warning to add when <paramref name="more"/> takes the line over its threshold, once until it is below it again.</summary>
    public ILineFact[] Warn(Money more, DateTimeOffset at)
    {
        if (Warned) return [];
        var used = UsedWith(more);
        return used >= WarnAt ? [new LineThresholdReached(decimal.Round(used, 4), at)] : [];
    }

    decimal UsedWith(Money more) => Allocated.Amount == 0 ? 0 : (Held + Actual + more).Amount / Allocated.Amount;

    public static BudgetLine Create(LinePlanned e) =>
        new(e.LineId.Value, e.Purpose, e.Amount, e.OnOverrun, e.WarnAt, Money.Zero(e.Amount.Currency), false, ImmutableDictionary<RunId, Hold>.Empty, []);
    public BudgetLine Apply(LineRevised e) => Calmed(this with { Purpose = e.Purpose, Allocated = e.Amount, OnOverrun = e.OnOverrun, WarnAt = e.WarnAt });
    public BudgetLine Apply(FundsReserved e) => With(e.RunId, HoldOf(e.RunId) with { Reserved = HoldOf(e.RunId).Reserved + e.Amount });
    public BudgetLine Apply(FundsCommitted e) => With(e.RunId, new(HoldOf(e.RunId).Reserved - e.Amount, HoldOf(e.RunId).Committed + e.Amount));
    public BudgetLine Apply(FundsReleased e) => Calmed(Consume(e.RunId, e.Amount));
    public BudgetLine Apply(RunActualPosted e) => Consume(e.RunId, e.Amount) with { Actual = Actual + e.Amount, Postings = Postings.Add(e.SessionId) };
    public BudgetLine Apply(RunOverspent e) => this with
    {
        Postings = Postings.Add(e.SessionId), Overspends = Overspends.SetItem(e.RunId, Overspends.GetValueOrDefault(e.RunId, None) + e.Excess),
    };
    public BudgetLine Apply(OtherActualPosted e) => Calmed(Keep(e.PostingId, new(e.Amount, e.DocumentNo)) with { Actual = Actual + e.Amount });
    public BudgetLine Apply(FundsTransferredOut e) => Keep(e.TransferId, new(e.Amount, e.Reason, new(Id), e.To)) with { Allocated = Allocated - e.Amount };
    public BudgetLine Apply(FundsTransferredIn e) => Calmed(Keep(e.TransferId, new(e.Amount, e.Reason, e.From, new(Id))) with { Allocated = Allocated + e.Amount });
    public BudgetLine Apply(LineThresholdReached _) => this with { Warned = true };

    /// <summary>Takes an amount out of a run's hold: committed money first, then reserved; what exceeds the hold comes from the line.</summary>
    BudgetLine Consume(RunId run, Money amount)
    {
        var hold = HoldOf(run);
        var committed = Least(amount, hold.Committed);
        var reserved = Least(amount - committed, hold.Reserved);
        return With(run, new(hold.Reserved - reserved, hold.Committed - committed));
    }

    static BudgetLine Calmed(BudgetLine line) => line with { Warned = line.Warned && line.UsedWith(line.None) >= line.WarnAt };

    BudgetLine Keep(Guid id, Posting posting) => this with { Postings = Postings.Add(id), Contents = Contents.SetItem(id, posting) };

    BudgetLine With(RunId run, Hold hold) => this with { Holds = hold.Total.Amount == 0 ? Holds.Remove(run) : Holds.SetItem(run, hold) };

    static Money Least(Money left, Money right) => left < right ? left : right;
}
