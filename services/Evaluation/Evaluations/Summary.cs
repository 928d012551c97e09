using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Certificates;
using Training.Evaluation.Findings;
using Training.Evaluation.Knowledge;

namespace Training.Evaluation.Evaluations;

/// <summary>The last part of the loop in numbers, over all time. <c>Utilisation</c> is F20; passed and tested are learners by run;
/// <c>LevelsRaised</c> is how many levels people rose by tests, two for who rose from 2 to 4.</summary>
public record Summary(
    int Evaluations, int Reactions, int Tested, int Passed, int Certificates,
    int Findings, int Relevant, int Actioned, int Trained, int Verified, decimal Utilisation, int LevelsRaised);

static class GetSummary
{
    internal static async Task<Ok<Summary>> Handle(IQuerySession query, CancellationToken ct)
    {
        var runs = query.Query<RunEvaluation>().Where(run => run.CalledOffBecause == "");
        var funnel = Funnel.Of(await query.Steps(DateOnly.MinValue, DateOnly.MaxValue, ct));
        var raised = query.Query<RaisedLevel>();
        return TypedResults.Ok(new Summary(
            await runs.CountAsync(ct), await runs.SumAsync(run => run.Answers, ct), await runs.SumAsync(run => run.TestedCount, ct),
            await runs.SumAsync(run => run.PassedCount, ct), await query.Query<Certificate>().CountAsync(ct),
            funnel.Found, funnel.TrainingRelevant, funnel.Actioned, funnel.Trained, funnel.Verified, funnel.Rate,
            await raised.SumAsync(level => level.ToLevel, ct) - await raised.SumAsync(level => level.FromLevel, ct)));
    }
}
