using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>A test paper, without <c>Pre</c> where nobody was tested before the course; <c>On</c> is the business day where the learner works.</summary>
public record TestPaper(EmployeeId EmployeeId, decimal? Pre, decimal Post, DateTimeOffset TakenAt, DateOnly On);
public record RecordTests(ImmutableArray<TestPaper> Papers, DateTimeOffset At, DateTimeOffset Latest);

public static class RecordTestsHandler
{
    public const decimal PassMark = 80;
    /// <summary>The test may be part of the last session, so it may be over before that is.</summary>
    static readonly TimeSpan BeforeTheEnd = TimeSpan.FromDays(1);

    public static IEvaluationFact[] Decide(RunEvaluation run, RecordTests command)
    {
        Check(run, command);
        TestPaper[] papers = [.. command.Papers.Where(paper => !run.Results.Contains(ResultOf(paper))).DistinctBy(paper => (paper.EmployeeId, paper.TakenAt))];
        if (papers is []) return [];
        CheckTimes(run, papers, command);

        var recorded = new TestResultsRecorded([.. papers.Select(ResultOf)], command.At);
        TestPaper[] passed =
        [
            .. papers.Where(paper => paper.Post >= PassMark && !run.Passed.Contains(paper.EmployeeId))
                .GroupBy(paper => paper.EmployeeId).Select(attempts => attempts.OrderBy(paper => paper.TakenAt).First()),
        ];
        return passed is [] ? [recorded] :
        [
            recorded,
            new LearningProven(run.RunId, run.CourseId, run.Steps, [.. passed.Select(paper => new Learner(paper.EmployeeId, paper.Post) { ValidTo = LastDay(run, paper) })], passed.Max(paper => paper.TakenAt)),
            new CertificatesIssued([.. passed.Select(paper => Certificate(run, paper))], command.At),
        ];
    }

    static void CheckTimes(RunEvaluation run, TestPaper[] papers, RecordTests command)
    {
        if (papers.FirstOrDefault(paper => paper.TakenAt > command.Latest) is { } future)
            throw new RuleBroken("in-the-future", $"{future.TakenAt:yyyy-MM-dd HH:mm} is still to come.");
        // A run may have ended by the clock of whoever held it and not yet by ours.
        var earliest = (run.OpenedAt < command.At ? run.OpenedAt : command.At) - BeforeTheEnd;
        if (papers.Where(paper => paper.TakenAt < earliest).ToList() is { Count: > 0 } early)
            throw new RuleBroken("before-the-run", $"A test belongs to the last day of the run or comes after it; earlier: {early.Select(paper => paper.EmployeeId).InWords()}.");
    }

    static void Check(RunEvaluation run, RecordTests command)
    {
        if (command.Papers.Where(paper => !run.Attendees.ContainsKey(paper.EmployeeId)).ToList() is { Count: > 0 } strangers)
            throw new RuleBroken("not-an-attendee", $"Only people who attended are tested; not there: {strangers.Select(paper => paper.EmployeeId).InWords()}.");
        if (command.Papers.Where(paper => !run.Attendees[paper.EmployeeId].Completed).ToList() is { Count: > 0 } early)
            throw new RuleBroken("not-completed",
                $"A test needs {OpenEvaluationHandler.CompletedFrom:P0} of the planned time; less: {early.Select(paper => paper.EmployeeId).InWords()}.");
        if (command.Papers.Any(paper => paper.Pre is < 0 or > 100 || paper.Post is < 0 or > 100))
            throw new RuleBroken("score-out-of-range", "Scores go from 0 to 100.");

        var papers = run.Results.Concat(command.Papers.Select(ResultOf)).Distinct();
        if (papers.GroupBy(paper => (paper.EmployeeId, paper.TakenAt)).Where(same => same.Count() > 1).ToList() is { Count: > 0 } torn)
            throw new RuleBroken("result-fixed",
                $"A recorded result stays; a retake has a time of its own. Differs: {torn.Select(same => same.Key.EmployeeId).InWords()}.");
    }

    static TestResult ResultOf(TestPaper paper) => new(paper.EmployeeId, paper.Pre, paper.Post, paper.TakenAt, paper.Post >= PassMark);

    static IssuedCertificate Certificate(RunEvaluation run, TestPaper paper) => new(
        paper.EmployeeId, run.CourseId, run.CourseCode, run.RunId, paper.On, LastDay(run, paper));

    static DateOnly LastDay(RunEvaluation run, TestPaper paper) => run.ValidityMonths == 0 ? DateOnly.MaxValue : paper.On.AddMonths(run.ValidityMonths).AddDays(-1);

    public record Body
    {
        public required ImmutableArray<Entry> Results { get; init; }
    }

    public record Entry
    {
        public required Guid EmployeeId { get; init; }
        public required decimal Pre { get; init; }
        public required decimal Post { get; init; }
        public required DateTimeOffset TakenAt { get; init; }
    }

    internal static async Task<NoContent> Handle(Guid runId, Body body, Caller caller, IDocumentSession session, TimeProvider clock, Tolerance tolerance, CancellationToken ct)
    {
        var (stream, run) = await session.Locked(runId, ct);
        var estates = await session.Estates(run.Attendees.Values.Select(attendee => attendee.EstateId), ct);
        caller.MustReach(run, body.Results.Select(entry => new EmployeeId(entry.EmployeeId)), estates);

        var now = clock.GetUtcNow();
        stream.AppendMany(Decide(run, new([.. body.Results.Select(Paper)], now, tolerance.LatestAt(now))).Cast<object>());
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();

        TestPaper Paper(Entry entry) => new(new(entry.EmployeeId), entry.Pre, entry.Post, entry.TakenAt.ToUniversalTime(), DayOf(entry));
        DateOnly DayOf(Entry entry) => run.Attendees.TryGetValue(new(entry.EmployeeId), out var attendee) ? estates[attendee.EstateId].DayOf(entry.TakenAt) : default;
    }
}
