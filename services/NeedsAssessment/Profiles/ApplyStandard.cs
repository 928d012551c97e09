using Marten;
using MassTransit;
using Training.Foundation;
using Training.NeedsAssessment.Standards;
using V1 = Training.Contracts.NeedsAssessment.V1;

namespace Training.NeedsAssessment.Profiles;

/// <summary>
/// Measures all holders anew when a standard changes. The service hears its own contract: the outbox never loses it, and the inbox takes it
/// once. Holders may be thousands, so some at a time are committed: whoever is rated meanwhile holds up only those beside him. The profiles
/// remember the editions they stand on, so after a crash half-way whoever was measured is left alone, also when the next edition is there by then.
/// </summary>
sealed class StandardConsumer(IDocumentSession session, IServiceScopeFactory scopes, Origin origin, TimeProvider clock) : IConsumer<V1.CompetencyStandardPublished>
{
    const int AtOnce = 100, Tries = 5;

    public async Task Consume(ConsumeContext<V1.CompetencyStandardPublished> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var holders = session.Query<CompetencyProfile>().Where(profile => profile.Active);
        var edition = new StandardVersion(message.AppliesTo == "role" ? StandardKind.Role : StandardKind.Position, message.Code, message.Version);
        holders = edition.Kind == StandardKind.Role
            ? holders.Where(profile => profile.Roles.Contains(message.Code))
            : holders.Where(profile => profile.PositionCode == message.Code);
        foreach (var some in (await holders.Select(profile => profile.Id).ToListAsync(ct)).Order().Chunk(AtOnce)) await Measure(edition, some, ct);
    }

    async Task Measure(StandardVersion edition, Guid[] profiles, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Origin>().Is(origin.Tenant, origin.CorrelationId, origin.CausationId, origin.Actor);
            var own = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            try
            {
                await own.MeasureAgain(profiles, clock.GetUtcNow(), ct, profile => !profile.StandsOn(edition));
                await own.SaveChangesAsync(ct);
                return;
            }
            catch (Exception exception) when (tries < Tries && WriteConflict.Is(exception)) { /* one of them was rated in between */ }
        }
    }
}

static class MeasureAgainExtension
{
    /// <summary>Brings these profiles to the current standards. Doesn't commit.</summary>
    internal static async Task MeasureAgain(this IDocumentSession session, IEnumerable<Guid> profiles, DateTimeOffset at, CancellationToken ct, Func<CompetencyProfile, bool>? needed = null)
    {
        var standards = await StandardBook.Load(session, ct);
        await session.AmendMany<CompetencyProfile>(
            profiles, profile => needed?.Invoke(profile) == false ? [] : MeasureGaps.Decide(profile, standards.For(profile.PositionCode, profile.Roles), at), ct);
    }
}
