using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Training.Evaluation.Findings;

/// <summary>
/// Findings by how far they came, each step within the one before: found → training-relevant → actioned → trained → verified.
/// <c>Rate</c> is F20: relevant findings with a completed and verified training action / relevant findings; 0 without any.
/// </summary>
public record Funnel(int Found, int TrainingRelevant, int Actioned, int Trained, int Verified)
{
    public decimal Rate => Denominator == 0 ? 0 : decimal.Round(decimal.Divide(Numerator, Denominator), 4);
    public int Numerator => Verified;
    public int Denominator => TrainingRelevant;

    public static Funnel Of(IReadOnlyCollection<FindingStep> steps)
    {
        var relevant = steps.Where(step => step.Relevant).ToList();
        var trained = relevant.Where(step => step.Trained).ToList();
        return new(steps.Count, relevant.Count, relevant.Count(step => step.Actioned || step.Trained), trained.Count, trained.Count(step => step.Verified));
    }
}

/// <summary>How far one finding came.</summary>
public record FindingStep(EstateId EstateId, bool Relevant, bool Actioned, bool Trained, bool Verified)
{
    public static FindingStep Of(Finding finding) => new(finding.EstateId, finding.Relevant, finding.Actioned, finding.Trained, finding.State == FindingState.Verified);

    public static IEnumerable<FindingStep> Of(ImportedFindings history) => history.Findings.Select(past =>
        new FindingStep(history.EstateId, Finding.IsRelevant(past.Cause, past.CompetencyCode), past.Trained, past.Trained, past.Verified));
}

/// <summary>The funnel of the findings made in a window of days, both inclusive; imported quarters count when they lie in it entirely.</summary>
public record Utilisation(
    DateOnly From, DateOnly To, int Found, int TrainingRelevant, int Actioned, int Trained, int Verified, decimal Rate, int Numerator, int Denominator,
    ImmutableSortedDictionary<Guid, Funnel> Estates)
{
    public static Utilisation Of(DateOnly from, DateOnly to, IReadOnlyCollection<FindingStep> steps)
    {
        var all = Funnel.Of(steps);
        return new(
            from, to, all.Found, all.TrainingRelevant, all.Actioned, all.Trained, all.Verified, all.Rate, all.Numerator, all.Denominator,
            steps.GroupBy(step => step.EstateId.Value).ToImmutableSortedDictionary(estate => estate.Key, estate => Funnel.Of([.. estate])));
    }
}

static class GetUtilisation
{
    internal static async Task<Ok<Utilisation>> Handle(DateOnly from, DateOnly to, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(Utilisation.Of(from, to, await query.Steps(from, to, ct)));

    internal static async Task<IReadOnlyCollection<FindingStep>> Steps(this IQuerySession query, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var findings = await query.Query<Finding>().Where(finding => finding.FoundOn >= from && finding.FoundOn <= to).ToListAsync(ct);
        var history = await query.Query<ImportedFindings>().Where(imported => imported.From >= from && imported.To <= to).ToListAsync(ct);
        return [.. findings.Select(FindingStep.Of), .. history.SelectMany(FindingStep.Of)];
    }
}
