using Marten;
using MassTransit;
using Training.Contracts.Workforce.V1;
using Training.Foundation;

namespace Training.Evaluation.Knowledge;

/// <summary>An estate as Workforce announced it.</summary>
public record KnownEstate(Guid Id, string Code, string Region, string TimeZone)
{
    /// <summary>The local business day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
}

sealed class EstateOpenedConsumer(IDocumentSession session) : IConsumer<EstateOpened>
{
    public Task Consume(ConsumeContext<EstateOpened> context)
    {
        var message = context.Message;
        session.Store(new KnownEstate(message.EstateId, message.Code, message.Region, message.TimeZone));
        return Task.CompletedTask;
    }
}

static class KnownEstates
{
    /// <summary>Loads estates by id in one query; each of them must be known.</summary>
    internal static async Task<IReadOnlyDictionary<EstateId, KnownEstate>> Estates(this IQuerySession query, IEnumerable<EstateId> ids, CancellationToken ct)
    {
        Guid[] wanted = [.. ids.Distinct().Select(id => id.Value)];
        var known = (await query.LoadManyAsync<KnownEstate>(ct, wanted)).ToDictionary(estate => new EstateId(estate.Id));
        return wanted.FirstOrDefault(id => !known.ContainsKey(new(id))) is var missing && missing != Guid.Empty ? throw new Missing("Estate", missing) : known;
    }
}
