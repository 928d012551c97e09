using System.Collections.Immutable;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.NeedsAssessment.Standards;

public record PublishStandard(StandardKind Kind, string Code, ImmutableArray<RequiredLevel> Requirements, DateTimeOffset At);

public static class PublishStandardHandler
{
    public static IStandardFact[] Decide(CompetencyStandard? standard, PublishStandard command)
    {
        if (command.Requirements.FirstOrDefault(one => one.Level is < 1 or > 5) is { } odd)
            throw new RuleBroken("level-out-of-range", $"{odd.CompetencyCode}: a required level lies between 1 and 5; leave out what is not required.");
        if (command.Requirements.FirstOrDefault(one => one.Criticality is not (1m or 1.5m or 2m)) is { } uncritical)
            throw new RuleBroken("criticality-unknown", $"{uncritical.CompetencyCode}: criticality is 1, 1.5 or 2.");
        if (command.Requirements.FirstOrDefault(one => one.Weight <= 0) is { } weightless)
            throw new RuleBroken("weight-not-positive", $"{weightless.CompetencyCode}: the weight must be above zero.");
        if (command.Requirements.CountBy(one => one.CompetencyCode).FirstOrDefault(pair => pair.Value > 1) is { Key: { } twice })
            throw new RuleBroken("competency-twice", $"{twice} is required twice.");

        Length.AtMost(Length.OfCode, [command.Code, .. command.Requirements.Select(one => one.CompetencyCode)]);

        ImmutableArray<RequiredLevel> requirements = [.. command.Requirements.OrderBy(one => one.CompetencyCode, StringComparer.Ordinal)];
        return standard is not null && standard.Requirements.SequenceEqual(requirements)
            ? []
            : [new CompetencyStandardPublished(command.Kind, command.Code, (standard?.Edition ?? 0) + 1, requirements, command.At)];
    }

    public record Body(ImmutableArray<RequiredLevel> Requirements);

    internal static async Task<NoContent> Handle(
        string kind, string code, Body body, Origin origin, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var command = new PublishStandard(Enum.Parse<StandardKind>(kind, ignoreCase: true), code, body.Requirements, clock.GetUtcNow());
        await session.Begin<CompetencyStandard>(CompetencyStandard.IdOf(origin.Tenant, command.Kind, code), standard => Decide(standard, command), ct);
        return TypedResults.NoContent();
    }
}
