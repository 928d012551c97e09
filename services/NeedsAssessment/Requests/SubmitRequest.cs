using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;
using Training.NeedsAssessment.Plans;
using Training.NeedsAssessment.Profiles;

namespace Training.NeedsAssessment.Requests;

public record SubmitRequest(
    RequestId RequestId, EmployeeId EmployeeId, EstateId EstateId, string PositionCode, string Subject, ImmutableArray<string> CompetencyCodes, string Why, RequestOrigin Origin, DateTimeOffset At);

public static class SubmitRequestHandler
{
    /// <summary>Training answers gaps, so who reached the level has nothing to ask for.</summary>
    public static IRequestFact[] Decide(TrainingRequest? request, SubmitRequest command)
    {
        if (request is { State: not (RequestState.Rejected or RequestState.Ended) }) return [];
        if (command.Why.Trim() == "") throw new RuleBroken("no-reason", "Say why the training is asked for.");
        Length.AtMost(Length.OfText, command.Why);
        if (command.CompetencyCodes.IsEmpty) throw new RuleBroken("no-gap", $"{command.Subject} closes no gap: what the position asks for is reached, or not asked for.");
        return request is null
            ? [new RequestSubmitted(command.RequestId, command.EmployeeId, command.EstateId, command.PositionCode, command.Subject, command.CompetencyCodes, command.Why, command.Origin, command.At)]
            : [new RequestRepeated(command.EstateId, command.PositionCode, command.CompetencyCodes, command.Why, command.Origin, command.At)];
    }

    /// <summary>Gaps of the person that a competency names or a course lifts.</summary>
    public static ImmutableArray<string> Closes(CompetencyProfile profile, string subject, KnownCourse? course) =>
        [.. (course is null ? [subject] : course.Steps.Select(step => step.CompetencyCode)).Distinct().Where(profile.Gaps.ContainsKey).Order(StringComparer.Ordinal)];

    public record Body(string Why);

    internal static async Task<NoContent> Handle(
        Guid employeeId, string subject, Body body, Caller caller, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var profile = await session.ProfileWithin(caller, origin, employeeId, ct);
        var course = await session.Query<KnownCourse>().FirstOrDefaultAsync(known => known.Code == subject && known.Live, ct);
        var id = TrainingRequest.IdOf(origin.Tenant, employeeId, subject);
        var command = new SubmitRequest(new(id), new(employeeId), new(profile.EstateId), profile.PositionCode, subject, Closes(profile, subject, course), body.Why,
            caller.IsSelf(employeeId) ? RequestOrigin.Employee : RequestOrigin.Manager, clock.GetUtcNow());
        await session.Begin<TrainingRequest>(id, request => Decide(request, command), ct);
        return TypedResults.NoContent();
    }
}
