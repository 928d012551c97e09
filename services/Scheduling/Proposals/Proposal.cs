using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Scheduling.Proposals;

public readonly record struct ProposalId(Guid Value) : IId<ProposalId> { public static ProposalId From(Guid value) => new(value); }

public enum ProposalState { Requested, Proposed, Failed, Cancelled, Accepted, Discarded }

/// <summary>How a timetable is to be searched for: at most so many seconds, or so many moves; where the moves end it, the same seed gives the same timetable.</summary>
public record Effort(int Seconds, long Moves, int Seed)
{
    /// <summary>No longer than so many seconds, whatever number of moves is allowed: others wait for the same search.</summary>
    public Effort Within(int seconds) => this with { Seconds = Seconds == 0 && Moves > 0 ? seconds : Math.Min(Seconds, seconds) };
}

public record ProposedSession(DateTimeOffset From, DateTimeOffset To, TrainerId TrainerId, VenueId VenueId);

/// <summary>A run with its sessions in order and everyone who gets a seat; published says that it has a place already and would be moved.</summary>
public record ProposedRun(RunId RunId, string CourseCode, bool Published, ImmutableArray<ProposedSession> Sessions, ImmutableArray<EmployeeId> Learners);

/// <summary>A run without a place, or a session of it that stays although it breaks a rule, and why.</summary>
public record RunIssue(RunId RunId, string CourseCode, string Reason)
{
    public string ReasonChinese { get; init; } = "";

    /// <summary>The run has no place at all and waits for one.</summary>
    public bool Waits { get; init; }

    /// <summary>What the reason holds for, where it is proved: every plan with these learners, or this plan only.</summary>
    public Proof Proof { get; init; }

    /// <summary>The cheapest changes that were proved to help, cheapest first.</summary>
    public ImmutableArray<ProposedRemedy> Remedies { get; init; } = [];
}

public enum Proof { None, EveryPlan, ThisPlan }

/// <summary>A change and what it costs, whole units of the currency.</summary>
public record ProposedRemedy(string Code, string Text, string TextChinese, int Price);

/// <summary>Somebody without a seat in any run of a line, and why.</summary>
public record LearnerIssue(
    EmployeeId EmployeeId, EstateId EstateId, LineId LineId, string CourseCode, bool Mandatory, string Reason, string ReasonChinese, ImmutableArray<ProposedRemedy> Remedies);

/// <summary>Part of a cost, whole units of the currency.</summary>
public record CostItem(string Component, long Amount);

/// <summary>What a timetable costs and how much of the demand it meets.</summary>
public record Quote(long Total, ImmutableArray<CostItem> Components, int Placed, int Seated, int Unseated, int MissedMandatory, int MovedSessions);

/// <summary>At this price of a moved session so many move, so many that are published stay against a rule or find no place, and the rest costs so much.</summary>
public record FrontierStep(int PriceOfMove, int MovedSessions, long Cost, int Unseated, int Unsafe);

public interface IProposalFact : IFact;
/// <summary>A reason says that published sessions may move; frozen are those that begin within so many days.</summary>
public record PlanRequested(
    ProposalId ProposalId, PlanId PlanId, ImmutableArray<string> Regions, DateOnly From, DateOnly To, Effort Effort, string Reason, int FrozenDays, string By, DateTimeOffset At) : IProposalFact
{
    /// <summary>What a moved session costs in this search, whole units of the currency; nothing said: what it costs everywhere.</summary>
    public int? PriceOfMove { get; init; }
}
/// <summary>First fit costs nothing and places nobody where it would leave more that isn't safe, so that the two can't be compared.</summary>
public record PlanProposed(
    ImmutableArray<ProposedRun> Runs, ImmutableArray<RunIssue> Issues, Quote Cost, Quote FirstFit, ImmutableArray<FrontierStep> Frontier, long Moves, double Seconds, DateTimeOffset At) : IProposalFact
{
    /// <summary>Dearest first.</summary>
    public ImmutableArray<LearnerIssue> Unseated { get; init; } = [];
}
public record PlanningFailed(string Code, string Reason, DateTimeOffset At) : IProposalFact;
public record PlanningCancelled(string Reason, DateTimeOffset At) : IProposalFact;
public record ProposedRunAccepted(RunId RunId, DateTimeOffset At) : IProposalFact;
/// <summary>What happened since the search forbids it; the run still waits for a place.</summary>
public record ProposedRunRefused(RunId RunId, string Code, string Reason, DateTimeOffset At) : IProposalFact;
public record ProposalDiscarded(string Reason, DateTimeOffset At) : IProposalFact;

/// <summary>A timetable somebody asked for, from the question to what became of each run.</summary>
public partial record Proposal(
    Guid Id, PlanRequested Request, ProposalState State, string Code, string Reason, ImmutableArray<ProposedRun> Runs, ImmutableArray<RunIssue> Issues, Quote Cost, Quote FirstFit,
    ImmutableArray<FrontierStep> Frontier, long Moves, double Seconds, ImmutableHashSet<RunId> Accepted, ImmutableArray<RunIssue> Refused)
{
    public ImmutableArray<LearnerIssue> Unseated { get; init; } = [];

    static readonly Quote Nothing = new(0, [], 0, 0, 0, 0, 0);

    public static Proposal Create(PlanRequested e) =>
        new(e.ProposalId.Value, e, ProposalState.Requested, "", "", [], [], Nothing, Nothing, [], 0, 0, [], []);
    public Proposal Apply(PlanProposed e) => this with
    {
        State = ProposalState.Proposed, Runs = e.Runs, Issues = e.Issues, Cost = e.Cost, FirstFit = e.FirstFit, Frontier = e.Frontier, Moves = e.Moves, Seconds = e.Seconds, Unseated = e.Unseated,
    };
    public Proposal Apply(PlanningFailed e) => this with { State = ProposalState.Failed, Code = e.Code, Reason = e.Reason };
    public Proposal Apply(PlanningCancelled e) => this with { State = ProposalState.Cancelled, Reason = e.Reason };
    public Proposal Apply(ProposedRunAccepted e) => this with
    {
        Accepted = Accepted.Add(e.RunId), Refused = Refused.RemoveAll(run => run.RunId == e.RunId),
        State = State == ProposalState.Proposed && Runs.All(run => run.RunId == e.RunId || Accepted.Contains(run.RunId)) ? ProposalState.Accepted : State,
    };
    public Proposal Apply(ProposedRunRefused e) => this with
    {
        Refused = Refused.RemoveAll(run => run.RunId == e.RunId).Add(new(e.RunId, Runs.FirstOrDefault(run => run.RunId == e.RunId)?.CourseCode ?? "", e.Reason)),
    };
    public Proposal Apply(ProposalDiscarded e) => this with { State = ProposalState.Discarded, Reason = e.Reason };
}
