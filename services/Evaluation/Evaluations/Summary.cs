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
    /// <summary>As <see cref="Funnel.Of"/> counts, without reading every finding ever made.</summary>
    const string OfAllTime = """
        with step as (
            select (data ->> 'relevant')::boolean relevant, (data ->> 'actioned')::boolean actioned, (data ->> 'trained')::boolean trained, data ->> 'state' = 'Verified' verified
            from mt_doc_finding where tenant_id = ?
            union all
            select past ->> 'cause' = 'Skill' and past ->> 'competencyCode' <> '', (past ->> 'trained')::boolean, (past ->> 'trained')::boolean, (past ->> 'verified')::boolean
            from mt_doc_importedfindings, jsonb_array_elements(data -> 'findings') past where tenant_id = ?)
        select jsonb_build_object(
            'found', count(*), 'trainingRelevant', count(*) filter (where relevant), 'actioned', count(*) filter (where relevant and (actioned or trained)),
            'trained', count(*) filter (where relevant and trained), 'verified', count(*) filter (where relevant and trained and verified))
        from step
        """;

    internal static async Task<Ok<Summary>> Handle(IQuerySession query, CancellationToken ct)
    {
        var runs = query.Query<RunEvaluation>().Where(run => run.CalledOffBecause == "");
        var funnel = (await query.AdvancedSql.QueryAsync<Funnel>(OfAllTime, ct, query.TenantId, query.TenantId)).Single();
        var raised = query.Query<RaisedLevel>();
        return TypedResults.Ok(new Summary(
            await runs.CountAsync(ct), await runs.SumAsync(run => run.Answers, ct), await runs.SumAsync(run => run.TestedCount, ct),
            await runs.SumAsync(run => run.PassedCount, ct), await query.Query<Certificate>().CountAsync(ct),
            funnel.Found, funnel.TrainingRelevant, funnel.Actioned, funnel.Trained, funnel.Verified, funnel.Rate,
            await raised.SumAsync(level => level.ToLevel, ct) - await raised.SumAsync(level => level.FromLevel, ct)));
    }
}
