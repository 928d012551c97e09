using Marten;
using MassTransit;
using Training.NeedsAssessment.Standards;
using V1 = Training.Contracts.NeedsAssessment.V1;

namespace Training.NeedsAssessment.Profiles;

/// <summary>
/// Measures all holders anew when a standard changes. The service hears its own contract: the outbox never loses it, the inbox takes it
/// once, and a crash half-way rolls all of it back to be done again. The profiles remember the editions they stand on, so whoever was
/// measured meanwhile is left alone.
/// </summary>
sealed class StandardConsumer(IDocumentSession session, TimeProvider clock) : IConsumer<V1.CompetencyStandardPublished>
{
    public async Task Consume(ConsumeContext<V1.CompetencyStandardPublished> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var holders = session.Query<CompetencyProfile>().Where(profile => profile.Active);
        holders = message.AppliesTo == "role"
            ? holders.Where(profile => profile.Roles.Contains(message.Code))
            : holders.Where(profile => profile.PositionCode == message.Code);
        await session.MeasureAgain(await holders.Select(profile => profile.Id).ToListAsync(ct), clock.GetUtcNow(), ct);
    }
}

static class MeasureAgainExtension
{
    /// <summary>Brings these profiles to the current standards. Doesn't commit.</summary>
    internal static async Task MeasureAgain(this IDocumentSession session, IEnumerable<Guid> profiles, DateTimeOffset at, CancellationToken ct)
    {
        var standards = await StandardBook.Load(session, ct);
        await session.AmendMany<CompetencyProfile>(
            profiles, profile => MeasureGaps.Decide(profile, standards.For(profile.PositionCode, profile.Roles), at), ct);
    }
}
