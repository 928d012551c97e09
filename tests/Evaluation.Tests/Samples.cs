using System.Collections.Immutable;
using Training.Evaluation.Checklists;
using Training.Evaluation.Evaluations;
using Training.Evaluation.Findings;

namespace Training.Evaluation.Tests;

/// <summary>Facts that many tests start from.</summary>
static class Samples
{
    public static readonly DateTimeOffset Now = new(2027, 1, 20, 8, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2027, 1, 20);
    public static readonly RunId Run = new(Guid.CreateVersion7());
    public static readonly CourseId Course = new(Guid.CreateVersion7());
    public static readonly EstateId Estate = new(Guid.CreateVersion7()), OtherEstate = new(Guid.CreateVersion7());
    public static readonly InspectionId Inspection = new(Guid.CreateVersion7());
    public static readonly NeedId Need = new(Guid.CreateVersion7()), OtherNeed = new(Guid.CreateVersion7());

    /// <summary>Ten people; the last one left early.</summary>
    public static readonly ImmutableArray<Attendee> People =
        [.. Enumerable.Range(1, 10).Select(number => new Attendee(new(Guid.CreateVersion7()), Estate, Completed: number < 10))];

    public static readonly EmployeeId First = People[0].EmployeeId, Second = People[1].EmployeeId, Early = People[9].EmployeeId, Stranger = new(Guid.CreateVersion7());

    public static readonly ImmutableArray<CourseStep> Steps = [new("C01", 2, 4)];

    public static EvaluationOpened Opened(int validityMonths = 24, ImmutableArray<Attendee>? people = null) =>
        new(Run, Course, "S02", Steps, validityMonths, people ?? People, Now);

    public static readonly ImmutableArray<ChecklistSection> Sections =
    [
        new("Service", [new("A1", "greets", 30, Severity.Minor, "C19"), new("A8", "keeps data private", 10, Severity.Critical, "C05")]),
        new("Security", [new("B1", "checks visitors", 35, Severity.Major, "C13"), new("B2", "has torches", 25, Severity.Minor, "")]),
    ];

    public static readonly ChecklistPublished ListPublished = new("v3", Sections, Now);
    public static readonly Checklist Checklist = Given<Checklist>.That(ListPublished).State;

    public static readonly FindingId TheFinding = Finding.IdOf(Inspection, "A1");

    public static FindingRecorded Found(Cause cause = Cause.Skill, string competency = "C19") =>
        new(TheFinding, Inspection, Estate, "A1", Severity.Minor, cause, competency, Today, Today.AddDays(7));

    public static readonly FindingActioned Actioned = new(TheFinding, Need, Now);
    public static readonly FindingTrained Trained = new(TheFinding, Run, Now.AddDays(3));
    public static readonly FindingVerified Verified = new(TheFinding, Today.AddDays(10));
    public static readonly FindingRecurred Recurred = new(TheFinding, Today.AddDays(10));
}
