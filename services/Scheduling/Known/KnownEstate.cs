using System.Collections.Immutable;
using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;

namespace Training.Scheduling.Known;

/// <summary>The least heads on duty at a post between two local times; equal times mean around the clock, and a licence means that only its holders count.</summary>
public record PostRule(string Post, TimeOnly From, TimeOnly To, int Heads, string Licence)
{
    public bool AppliesAt(TimeOnly local) => From == To || (From < To ? local >= From && local < To : local >= From || local < To);
}

/// <summary>What Scheduling knows of an estate.</summary>
public record KnownEstate(Guid Id, string Code, string Region, string LegalEntity, string TimeZone, ImmutableArray<PostRule> Posts);

sealed class KnownEstateConsumer(IDocumentSession session) : IConsumer<EstateOpened>, IConsumer<MinimumManningSet>
{
    public async Task Consume(ConsumeContext<EstateOpened> context)
    {
        var message = context.Message;
        var known = await session.LoadAsync<KnownEstate>(message.EstateId, context.CancellationToken);
        session.Store(new KnownEstate(message.EstateId, message.Code, message.Region, message.LegalEntity, message.TimeZone, known?.Posts ?? []));
    }

    public Task Consume(ConsumeContext<MinimumManningSet> context) => session.Revise<KnownEstate>(context.Message.EstateId,
        estate => estate with { Posts = [.. context.Message.Posts.Select(post => new PostRule(post.PostCode, post.From, post.To, post.Heads, post.LicenceType))] }, context.CancellationToken);
}
