using System.Collections.Immutable;
using Training.Evaluation.Checklists;
using Training.Foundation;

namespace Training.Evaluation.Findings;

/// <summary>Why an item failed. Only a lack of skill is answered by training.</summary>
public enum Cause { Skill, Tool, Process, Staffing, Motive }

public enum FindingState { Found, Actioned, Trained, Verified, Recurred }

public interface IFindingFact : IFact;
/// <summary>To be put right by the end of <c>DueOn</c>. <c>CompetencyCode</c> is empty when the item has none.</summary>
public record FindingRecorded(
    FindingId FindingId, InspectionId InspectionId, EstateId EstateId, string ItemCode, Severity Severity, Cause Cause, string CompetencyCode,
    DateOnly FoundOn, DateOnly DueOn) : IFindingFact;
/// <summary>A training need was approved that answers the finding.</summary>
public record FindingActioned(FindingId FindingId, NeedId NeedId, DateTimeOffset At) : IFindingFact;
/// <summary>After the need was approved, someone of the estate proved the competency in the test of this run.</summary>
public record FindingTrained(FindingId FindingId, RunId RunId, DateTimeOffset At) : IFindingFact;
/// <summary>A re-inspection found it put right.</summary>
public record FindingVerified(FindingId FindingId, DateOnly VerifiedOn) : IFindingFact;
/// <summary>A re-inspection found it again: it wants a new action.</summary>
public record FindingRecurred(FindingId FindingId, DateOnly On) : IFindingFact;

/// <summary>A second look at a finding.</summary>
public record Check(DateOnly On, bool Passed);

/// <summary>An inspection item that failed, on its way from found to verified.</summary>
public partial record Finding(
    Guid Id, EstateId EstateId, string ItemCode, Severity Severity, Cause Cause, string CompetencyCode, DateOnly FoundOn, DateOnly DueOn,
    FindingState State, ImmutableHashSet<NeedId> Needs, DateTimeOffset ActionedAt, bool Trained, ImmutableHashSet<Check> Checks)
{
    public bool Relevant => IsRelevant(Cause, CompetencyCode);
    public bool Actioned => !Needs.IsEmpty;

    /// <summary>What was learnt before the need was approved, or before the finding came back for the last time, is no answer to it.</summary>
    public bool IsAnsweredBy(DateTimeOffset proof) =>
        Actioned && proof >= ActionedAt && Checks.All(check => check.Passed || check.On < DateOnly.FromDateTime(proof.UtcDateTime));

    public static bool IsRelevant(Cause cause, string competencyCode) => cause == Cause.Skill && competencyCode != "";

    public static FindingId IdOf(InspectionId inspection, string itemCode) => new(DerivedId.Of("finding", inspection.Value.ToString(), itemCode));

    public static Finding Create(FindingRecorded e) => new(
        e.FindingId.Value, e.EstateId, e.ItemCode, e.Severity, e.Cause, e.CompetencyCode, e.FoundOn, e.DueOn, FindingState.Found, [], default, false, []);
    public Finding Apply(FindingActioned e) => this with
    {
        State = State is FindingState.Found or FindingState.Recurred ? FindingState.Actioned : State,
        Needs = Needs.Add(e.NeedId),
        ActionedAt = Actioned && ActionedAt < e.At ? ActionedAt : e.At,
    };
    public Finding Apply(FindingTrained _) => this with { State = FindingState.Trained, Trained = true };
    public Finding Apply(FindingVerified e) => this with { State = FindingState.Verified, Checks = Checks.Add(new(e.VerifiedOn, Passed: true)) };
    public Finding Apply(FindingRecurred e) => this with
    {
        State = FindingState.Recurred,
        Needs = [],
        ActionedAt = default,
        Trained = false,
        Checks = Checks.Add(new(e.On, Passed: false)),
    };
}
