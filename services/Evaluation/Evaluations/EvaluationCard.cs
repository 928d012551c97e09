using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Evaluation.Evaluations;

/// <summary>What a course run was worth on Kirkpatrick's levels 1 and 2 (F7). Completed: present for at least 80 % of the planned minutes.</summary>
public record EvaluationCard(
    Guid RunId, Guid CourseId, string CourseCode, DateTimeOffset EndedAt, int Attendees, int Completed, string CalledOffBecause, ReactionScore Reactions, TestScore Tests)
{
    public static EvaluationCard Of(RunEvaluation run) => new(
        run.RunId.Value, run.CourseId.Value, run.CourseCode, run.OpenedAt, run.Attendees.Count, run.Attendees.Values.Count(attendee => attendee.Completed),
        run.CalledOffBecause, ReactionScore.Of(run), TestScore.Of(run.Results));
}

/// <summary>
/// Level 1: mean ratings 1–5 by question. Published with at least 5 answers and 20 % response only (F23); otherwise
/// <c>SuppressedBecause</c> says why, there are no questions and the mean is 0. A question with fewer answers is left out, of the mean too.
/// </summary>
public record ReactionScore(int N, decimal Response, string SuppressedBecause, ImmutableSortedDictionary<string, decimal> Questions, decimal OverallMean)
{
    const int FewestAnswers = 5;
    const decimal LeastResponse = 0.2m;

    public static ReactionScore Of(RunEvaluation run)
    {
        var response = run.Attendees.Count == 0 ? 0 : decimal.Divide(run.Answers, run.Attendees.Count);
        var shown = run.Ratings.Where(question => question.Value.Count >= FewestAnswers).ToList();
        var suppressed =
            run.Answers < FewestAnswers ? $"fewer than {FewestAnswers} answers"
            : response < LeastResponse ? $"less than {LeastResponse:P0} response"
            : shown.Count == 0 ? $"fewer than {FewestAnswers} answers to each question"
            : "";
        if (suppressed != "") return new(run.Answers, Round(response), suppressed, ImmutableSortedDictionary<string, decimal>.Empty, 0);

        return new(
            run.Answers, Round(response), "",
            shown.ToImmutableSortedDictionary(question => question.Key, question => Mean(question.Value), StringComparer.Ordinal),
            Mean(new(shown.Sum(question => question.Value.Sum), shown.Sum(question => question.Value.Count))));
    }

    static decimal Mean(RatingTotal total) => Round(decimal.Divide(total.Sum, total.Count));
    static decimal Round(decimal value) => decimal.Round(value, 4);
}

/// <summary>
/// Level 2: scores 0–100 of everyone's first test after the course, so that retakes don't flatter it; passed counts retakes too.
/// <c>NormalisedGain</c> is the mean of (post − pre) / (100 − pre) (F8, Hake 1998) over the <c>GainN</c> people for whom it is defined:
/// not those who scored 100 before, or were not tested before. Without tests all numbers are 0.
/// </summary>
public record TestScore(int N, int Passed, decimal MeanPre, decimal MeanPost, decimal NormalisedGain, int GainN)
{
    public static TestScore Of(IReadOnlyCollection<TestResult> results)
    {
        TestResult[] first = [.. results.GroupBy(result => result.EmployeeId).Select(attempts => attempts.OrderBy(result => result.TakenAt).First())];
        decimal[] gains = [.. first.Where(result => result.Pre < 100).Select(result => (result.Post - result.Pre) / (100 - result.Pre)).OfType<decimal>()];
        return new(
            first.Length, results.Where(result => result.Passed).DistinctBy(result => result.EmployeeId).Count(),
            Mean(first.Select(result => result.Pre).OfType<decimal>()), Mean(first.Select(result => result.Post)), Mean(gains), gains.Length);
    }

    static decimal Mean(IEnumerable<decimal> values) => decimal.Round(values.DefaultIfEmpty().Average(), 4);
}

static class GetEvaluation
{
    internal static async Task<Ok<EvaluationCard>> Handle(Guid runId, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(EvaluationCard.Of(await query.LoadAsync<RunEvaluation>(RunEvaluation.IdOf(new(runId)), ct) ?? throw new Missing("Evaluation of run", runId)));
}

static class ListEvaluations
{
    internal static async Task<Ok<Page<EvaluationCard>>> Handle(string? courseCode, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        var runs = query.Query<RunEvaluation>().Where(run => run.CalledOffBecause == "");
        if (courseCode is not null) runs = runs.Where(run => run.CourseCode == courseCode);
        return TypedResults.Ok(await runs.OrderBy(run => run.OpenedAt).ThenBy(run => run.Id).Page(EvaluationCard.Of, skip, take, ct));
    }
}
