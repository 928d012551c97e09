using System.Collections.Immutable;
using Training.Foundation;

namespace Training.NeedsAssessment.Needs;

/// <summary>Why performance falls short. Training answers only skill.</summary>
public enum Cause { Skill, Tool, Process, Staffing, Motive }

public enum NeedState { Candidate, Approved, Planned, Rejected, HandedOver, Closed }

/// <summary>Whom a need is about: the people of one position in one region, and one competency.</summary>
public record NeedSubject(string CompetencyCode, string PositionCode, string Region);

/// <summary>How urgent a need is, and why (F6).</summary>
/// <param name="Heads">People below the required level.</param>
/// <param name="WeightedGap">F5 summed over them.</param>
/// <param name="NormalisedGap">Weighted gap as a share of the largest of all needs, 0–1.</param>
/// <param name="Exposure">1, raised when owners asked to concentrate here.</param>
/// <param name="Consequence">Criticality of the competency or severity (1–3) of the worst open finding, whichever is higher.</param>
/// <param name="Priority">The product of the last three.</param>
/// <param name="ConcentrateHere">Survey items that owners find important and badly done.</param>
/// <param name="FindingIds">Open inspection findings behind it.</param>
public record NeedFigures(
    int Heads, decimal WeightedGap, decimal NormalisedGap, decimal Exposure, decimal Consequence, decimal Priority,
    ImmutableArray<string> ConcentrateHere, ImmutableArray<Guid> FindingIds)
{
    /// <summary>Approved training requests of people below the required level. They are collected, and raise nothing: F6 knows gaps, owners and findings.</summary>
    public ImmutableArray<Guid> RequestIds { get; init; } = [];

    /// <summary>More people or levels, worse, wanted more or found again. Priority is no sign: it moves with the largest of all needs.</summary>
    public bool GrewSince(NeedFigures before) =>
        Heads > before.Heads || WeightedGap > before.WeightedGap || Exposure > before.Exposure || Consequence > before.Consequence || FindingIds.Except(before.FindingIds).Any();

    public bool SameAs(NeedFigures other) =>
        this with { ConcentrateHere = [], FindingIds = [], RequestIds = [] } == other with { ConcentrateHere = [], FindingIds = [], RequestIds = [] }
        && ConcentrateHere.SequenceEqual(other.ConcentrateHere) && FindingIds.SequenceEqual(other.FindingIds) && RequestIds.SequenceEqual(other.RequestIds);
}

public interface INeedFact : IFact;
public record NeedIdentified(NeedId NeedId, NeedSubject Subject, NeedFigures Figures, DateTimeOffset At) : INeedFact;
/// <summary>The figures changed; of a rejected need, that they grew.</summary>
public record NeedReassessed(NeedFigures Figures, DateTimeOffset At) : INeedFact;
public record NeedApproved(NeedId NeedId, NeedSubject Subject, ImmutableArray<Guid> FindingIds, DateTimeOffset At) : INeedFact;
/// <summary>More findings are answered by a need approved before; all of them are named.</summary>
public record NeedExtended(NeedId NeedId, NeedSubject Subject, ImmutableArray<Guid> FindingIds, DateTimeOffset At) : INeedFact;
public record NeedRejected(string Reason, DateTimeOffset At) : INeedFact;
/// <summary>Training is not the answer; someone else is.</summary>
public record NeedHandedOver(Cause Cause, string Owner, DateTimeOffset At) : INeedFact;
public record NeedPlanned(PlanId PlanId, DateTimeOffset At) : INeedFact;
/// <summary>Nobody is below the required level any more.</summary>
public record NeedClosed(DateTimeOffset At) : INeedFact;
/// <summary>A closed, handed-over or rejected need is a candidate again.</summary>
public record NeedReopened(DateTimeOffset At) : INeedFact;

/// <summary>A statement that training should close a gap, on its way from candidate to done.</summary>
public partial record TrainingNeed(
    Guid Id, NeedSubject Subject, NeedFigures Figures, NeedState State, Cause Cause, string Owner, string Reason, ImmutableArray<Guid> AnsweredFindings)
{
    /// <summary>Rejected, and more urgent now than it was then.</summary>
    public bool GrewSinceRejected { get; init; }

    /// <summary>Still to be dealt with by training.</summary>
    public bool InPipeline => State is NeedState.Candidate or NeedState.Approved or NeedState.Planned;

    public static Guid IdOf(string tenant, NeedSubject subject) => DerivedId.Of("need", tenant, subject.CompetencyCode, subject.PositionCode, subject.Region);

    public static TrainingNeed Create(NeedIdentified e) => new(e.NeedId.Value, e.Subject, e.Figures, NeedState.Candidate, Cause.Skill, "", "", []);
    public TrainingNeed Apply(NeedReassessed e) => this with { Figures = e.Figures, GrewSinceRejected = State == NeedState.Rejected };
    public TrainingNeed Apply(NeedApproved e) => this with { State = NeedState.Approved, AnsweredFindings = e.FindingIds };
    public TrainingNeed Apply(NeedExtended e) => this with { AnsweredFindings = e.FindingIds };
    public TrainingNeed Apply(NeedRejected e) => this with { State = NeedState.Rejected, Reason = e.Reason, GrewSinceRejected = false };
    public TrainingNeed Apply(NeedHandedOver e) => this with { State = NeedState.HandedOver, Cause = e.Cause, Owner = e.Owner, GrewSinceRejected = false };
    public TrainingNeed Apply(NeedPlanned _) => this with { State = NeedState.Planned };
    public TrainingNeed Apply(NeedClosed _) => this with { State = NeedState.Closed };
    public TrainingNeed Apply(NeedReopened _) => this with { State = NeedState.Candidate, Cause = Cause.Skill, Owner = "", Reason = "", GrewSinceRejected = false };
}
