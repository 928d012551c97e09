using Marten;
using MassTransit;
using Training.Contracts.NeedsAssessment.V1;

namespace Training.Catalogue.Reviews;

/// <summary>The newest standard of a position or role: the level it asks for, by competency.</summary>
public record KnownStandard(string Id, bool OfPosition, string Code, int Version, IReadOnlyDictionary<string, int> Levels)
{
    public static KnownStandard Of(CompetencyStandardPublished message) => new(
        $"{message.AppliesTo}/{message.Code}", message.AppliesTo == "position", message.Code, message.Version,
        message.Requirements.ToDictionary(requirement => requirement.CompetencyCode, requirement => requirement.Level));
}

/// <summary>Keeps the newest version of every standard.</summary>
sealed class StandardConsumer(IDocumentSession session) : IConsumer<CompetencyStandardPublished>
{
    public async Task Consume(ConsumeContext<CompetencyStandardPublished> context)
    {
        var standard = KnownStandard.Of(context.Message);
        var known = await session.LoadAsync<KnownStandard>(standard.Id, context.CancellationToken);
        if (known is null || known.Version < standard.Version) session.Store(standard);
    }
}
