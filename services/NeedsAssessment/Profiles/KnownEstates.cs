using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.NeedsAssessment.Profiles;

/// <summary>An estate as Workforce told of it.</summary>
public record KnownEstate(Guid Id, string Code, string Region, int Households);

/// <summary>All estates of a group; a few dozen.</summary>
public sealed class KnownEstates(IEnumerable<KnownEstate> estates)
{
    readonly Dictionary<Guid, KnownEstate> estates = estates.ToDictionary(estate => estate.Id);

    /// <summary>Empty while Workforce has not told of the estate.</summary>
    public string RegionOf(Guid estate) => estates.GetValueOrDefault(estate)?.Region ?? "";

    /// <summary>Those that the caller's scope covers.</summary>
    internal Guid[] Within(Caller caller) => [.. estates.Values.Where(estate => caller.Reaches(estate.Id, estate.Region)).Select(estate => estate.Id)];

    internal static async Task<KnownEstates> Load(IQuerySession query, CancellationToken ct) => new(await query.Query<KnownEstate>().ToListAsync(ct));
}

sealed class EstateConsumer(IDocumentSession session) : IConsumer<EstateOpened>
{
    public Task Consume(ConsumeContext<EstateOpened> context)
    {
        var message = context.Message;
        session.Store(new KnownEstate(message.EstateId, message.Code, message.Region, message.Households));
        return Task.CompletedTask;
    }
}
