using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Profiles;
using Training.NeedsAssessment.Requests;
using Training.NeedsAssessment.Surveys;

namespace Training.NeedsAssessment.Needs;

public record RefreshNeed(NeedId NeedId, NeedCandidate Candidate, DateTimeOffset At);
public record CloseNeed(DateTimeOffset At);

public static class RefreshNeedsHandler
{
    /// <summary>A refresh never takes back what a person decided: rejected and handed-over needs stay so. A rejected one that has grown is marked.</summary>
    public static INeedFact[] Decide(TrainingNeed? need, RefreshNeed command)
    {
        var (subject, figures) = command.Candidate;
        if (need is null) return [new NeedIdentified(command.NeedId, subject, figures, command.At)];
        if (need.State == NeedState.Rejected) return figures.GrewSince(need.Figures) ? [new NeedReassessed(figures, command.At)] : [];
        if (need.State == NeedState.HandedOver) return [];

        List<INeedFact> facts = [];
        if (need.State == NeedState.Closed) facts.Add(new NeedReopened(command.At));
        if (!need.Figures.SameAs(figures)) facts.Add(new NeedReassessed(figures, command.At));
        if (need.State is NeedState.Approved or NeedState.Planned && figures.FindingIds.Except(need.AnsweredFindings).ToArray() is { Length: > 0 } more)
            facts.Add(new NeedExtended(command.NeedId, subject, [.. need.AnsweredFindings, .. more], command.At));
        return [.. facts];
    }

    public static INeedFact[] Decide(TrainingNeed need, CloseNeed command) => need.InPipeline ? [new NeedClosed(command.At)] : [];

    public record Answer(int Candidates, int Changed, int Closed);

    internal static async Task<Ok<Answer>> Handle(Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var people = await session.CurrentPeople(at, ct);
        var findings = await session.Query<KnownFinding>().Where(finding => finding.Cause == "skill" && finding.CompetencyCode != "" && !finding.Verified).ToListAsync(ct);
        var gaps = (from person in people from competency in person.Gaps.Keys select (person.EmployeeId.Value, competency)).ToHashSet();
        var approved = await session.Query<TrainingRequest>().Where(request => request.State == RequestState.Approved).ToListAsync(ct);
        var ended = approved.Where(request => !request.CompetencyCodes.Any(competency => gaps.Contains((request.EmployeeId, competency)))).Select(request => request.Id);
        var requests = (from request in approved
                        from competency in request.CompetencyCodes
                        select (request.EmployeeId, competency, request.Id)).ToLookup(one => (one.EmployeeId, one.competency), one => one.Id);
        var candidates = RankNeeds.Of(people, await KnownEstates.Load(session, ct), findings, await ConcentrateHere.Load(session, ct), requests)
            .ToDictionary(candidate => TrainingNeed.IdOf(origin.Tenant, candidate.Subject));

        // Which needs change is decided on what was read; deciding again on the streams themselves is what counts.
        var needs = (await session.Query<TrainingNeed>().ToListAsync(ct)).ToDictionary(need => need.Id);
        Guid[] changing = [.. candidates.Where(pair => Decide(needs.GetValueOrDefault(pair.Key), new RefreshNeed(new(pair.Key), pair.Value, at)).Length > 0).Select(pair => pair.Key)];
        Guid[] closing = [.. needs.Values.Where(need => need.InPipeline && !candidates.ContainsKey(need.Id)).Select(need => need.Id)];

        await session.StartMany<TrainingNeed>(changing, (id, need) => Decide(need, new RefreshNeed(new(id), candidates[id], at)), ct);
        await session.AmendMany<TrainingNeed>(closing, need => Decide(need, new CloseNeed(at)), ct);
        await session.AmendMany<TrainingRequest>(ended, request => EndRequestHandler.Decide(request, new EndRequest(at)), ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Answer(candidates.Count, changing.Length, closing.Length));
    }
}
