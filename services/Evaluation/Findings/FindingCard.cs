using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Evaluation.Checklists;
using Training.Evaluation.Knowledge;
using Training.Foundation;

namespace Training.Evaluation.Findings;

/// <summary>A finding and how far it has come. <c>Relevant</c>: training answers it, because skill is the cause and a competency is linked.</summary>
public record FindingCard(
    Guid Id, Guid EstateId, string ItemCode, Severity Severity, Cause Cause, string CompetencyCode, DateOnly FoundOn, DateOnly DueOn,
    FindingState State, bool Relevant, bool Trained, IReadOnlyList<Guid> NeedIds)
{
    public static FindingCard Of(Finding finding) => new(
        finding.Id, finding.EstateId.Value, finding.ItemCode, finding.Severity, finding.Cause, finding.CompetencyCode, finding.FoundOn, finding.DueOn,
        finding.State, finding.Relevant, finding.Trained, [.. finding.Needs.Select(need => need.Value)]);
}

/// <summary>A finding with the number of people of its estate who proved the competency since it was acted upon.</summary>
public record FindingDetail(FindingCard Finding, int ProvenPeople);

static class GetFinding
{
    internal static async Task<Ok<FindingDetail>> Handle(Guid findingId, Caller caller, IQuerySession query, CancellationToken ct)
    {
        var finding = await query.LoadAsync<Finding>(findingId, ct) ?? throw new Missing("Finding", findingId);
        await caller.MustReach(query, finding.EstateId, ct);
        var raised = !finding.Actioned ? [] : await query.Query<RaisedLevel>()
            .Where(level => level.CompetencyCode == finding.CompetencyCode && level.EstateId == finding.EstateId && level.At >= finding.ActionedAt).ToListAsync(ct);
        return TypedResults.Ok(new FindingDetail(FindingCard.Of(finding), raised.Where(level => finding.IsAnsweredBy(level.At)).DistinctBy(level => level.EmployeeId).Count()));
    }
}

static class ListFindings
{
    internal static async Task<Ok<Page<FindingCard>>> Handle(Guid? estateId, FindingState? state, int? skip, int? take, Caller caller, IQuerySession query, CancellationToken ct)
    {
        IQueryable<Finding> findings = query.Query<Finding>();
        if (estateId is { } value)
        {
            var estate = new EstateId(value);
            findings = findings.Where(finding => finding.EstateId == estate);
        }
        if (!caller.ReachesAll)
        {
            var estates = await query.EstatesWithin(caller, ct);
            findings = findings.Where(finding => finding.MatchesSql("d.data ->> 'estateId' = any(?)", new object[] { estates }));
        }
        if (state is { } wanted) findings = findings.Where(finding => finding.State == wanted);
        return TypedResults.Ok(await findings.OrderBy(finding => finding.DueOn).ThenBy(finding => finding.Id).Page(FindingCard.Of, skip, take, ct));
    }
}
