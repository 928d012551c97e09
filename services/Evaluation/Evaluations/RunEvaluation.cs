using System.Collections.Immutable;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>Someone who was there. Completed: present for at least 80 % of the planned minutes.</summary>
public record Attendee(EmployeeId EmployeeId, EstateId EstateId, bool Completed);
/// <summary>Lifts a competency from one level to another.</summary>
public record CourseStep(string CompetencyCode, int FromLevel, int ToLevel);
/// <summary>A score of 1–5 for one question.</summary>
public record Rating(string Question, int Score);
/// <summary>One answered form; whose, is recorded nowhere.</summary>
public record Reaction(ImmutableArray<Rating> Ratings);
/// <param name="EmployeeId">The learner.</param>
/// <param name="Pre">Score before the course, 0–100; null where nobody was tested before.</param>
/// <param name="Post">Score after it, 0–100.</param>
/// <param name="TakenAt">When; tells a retake from a repeated message.</param>
/// <param name="Passed">Whether it reached the pass mark of its day.</param>
public record TestResult(EmployeeId EmployeeId, decimal? Pre, decimal Post, DateTimeOffset TakenAt, bool Passed);
/// <summary>The options chosen for a question of the bank, both counted from 0, ascending.</summary>
public record SheetAnswer(int Question, ImmutableArray<int> Chosen);
/// <summary>A learner who passed, with the score, 0–100.</summary>
public record Learner(EmployeeId EmployeeId, decimal Score)
{
    /// <summary>Last day on which the pass counts; facts of before don't say it.</summary>
    public DateOnly? ValidTo { get; init; }
}
/// <summary>Valid from the first to the last day, both inclusive; the last day is 9999-12-31 when it never ends.</summary>
public record IssuedCertificate(EmployeeId EmployeeId, CourseId CourseId, string CourseCode, RunId RunId, DateOnly ValidFrom, DateOnly ValidTo);

public interface IEvaluationFact : IFact;
/// <summary>The run is over; what it taught is fixed here, whatever later versions of the course teach.</summary>
public record EvaluationOpened(
    RunId RunId, CourseId CourseId, string CourseCode, ImmutableArray<CourseStep> Steps, int ValidityMonths, ImmutableArray<Attendee> Attendees,
    DateTimeOffset At) : IEvaluationFact;
/// <summary>The run was cancelled before it ended, so there is nothing to evaluate.</summary>
public record EvaluationCalledOff(RunId RunId, string Reason, DateTimeOffset At) : IEvaluationFact;
/// <summary>Kirkpatrick level 1 (F7), without the persons and in no order of arrival.</summary>
public record ReactionsRecorded(ImmutableArray<Reaction> Reactions, DateTimeOffset At) : IEvaluationFact;
/// <summary>Kirkpatrick level 2 (F7).</summary>
public record TestResultsRecorded(ImmutableArray<TestResult> Results, DateTimeOffset At) : IEvaluationFact;
/// <summary>A learner answered the questions of the course himself; the result itself is recorded like any other. Right: how many he knew; score 0–100; on: the day where he works.</summary>
public record TestAnswered(
    EmployeeId EmployeeId, int Attempt, int BankVersion, ImmutableArray<SheetAnswer> Answers, int Right, decimal Score, DateOnly On, DateTimeOffset At) : IEvaluationFact;
/// <summary>Learners who had not passed before now have.</summary>
public record LearningProven(RunId RunId, CourseId CourseId, ImmutableArray<CourseStep> Steps, ImmutableArray<Learner> Learners, DateTimeOffset ProvenAt) : IEvaluationFact;
public record CertificatesIssued(ImmutableArray<IssuedCertificate> Certificates, DateTimeOffset At) : IEvaluationFact;

/// <summary>All scores given to one question.</summary>
public record RatingTotal(int Sum, int Count);

/// <summary>What is known of the worth of one course run: who was there, how they liked it, what they learnt.</summary>
public partial record RunEvaluation(
    Guid Id, RunId RunId, CourseId CourseId, string CourseCode, ImmutableArray<CourseStep> Steps, int ValidityMonths, ImmutableDictionary<EmployeeId, Attendee> Attendees,
    int Answers, ImmutableDictionary<string, RatingTotal> Ratings, ImmutableArray<TestResult> Results, ImmutableHashSet<EmployeeId> Passed,
    string CalledOffBecause, DateTimeOffset OpenedAt)
{
    /// <summary>Tests that learners took by themselves, as they came in.</summary>
    public ImmutableArray<TestAnswered> Attempts { get; init; } = [];

    public int PassedCount => Passed.Count;
    public int TestedCount => Results.Select(result => result.EmployeeId).Distinct().Count();

    public TestAnswered[] AttemptsOf(EmployeeId employee) => [.. Attempts.Where(attempt => attempt.EmployeeId == employee)];

    /// <summary>0–100; −1 without a test.</summary>
    public decimal LastScoreOf(EmployeeId employee) => Results.Where(result => result.EmployeeId == employee).OrderBy(result => result.TakenAt).LastOrDefault()?.Post ?? -1;

    /// <summary>Not the run's own id: that names a stream elsewhere.</summary>
    public static Guid IdOf(RunId run) => DerivedId.Of("evaluation", run.Value.ToString());

    public static RunEvaluation Create(EvaluationOpened e) => new(
        IdOf(e.RunId), e.RunId, e.CourseId, e.CourseCode, e.Steps, e.ValidityMonths, e.Attendees.ToImmutableDictionary(attendee => attendee.EmployeeId),
        0, ImmutableDictionary<string, RatingTotal>.Empty, [], [], "", e.At);
    public static RunEvaluation Create(EvaluationCalledOff e) => new(
        IdOf(e.RunId), e.RunId, default, "", [], 0, ImmutableDictionary<EmployeeId, Attendee>.Empty,
        0, ImmutableDictionary<string, RatingTotal>.Empty, [], [], e.Reason, e.At);
    public RunEvaluation Apply(ReactionsRecorded e) => this with
    {
        Answers = Answers + e.Reactions.Length,
        Ratings = e.Reactions.SelectMany(reaction => reaction.Ratings).Aggregate(Ratings, (totals, rating) =>
        {
            var total = totals.GetValueOrDefault(rating.Question) ?? new(0, 0);
            return totals.SetItem(rating.Question, new(total.Sum + rating.Score, total.Count + 1));
        }),
    };
    public RunEvaluation Apply(TestResultsRecorded e) => this with { Results = Results.AddRange(e.Results) };
    public RunEvaluation Apply(TestAnswered e) => this with { Attempts = Attempts.Add(e) };
    public RunEvaluation Apply(LearningProven e) => this with { Passed = Passed.Union(e.Learners.Select(learner => learner.EmployeeId)) };
}
