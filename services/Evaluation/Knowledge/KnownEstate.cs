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
    /// <summary>Refuses callers whose scope does not cover the estate.</summary>
    internal static async Task MustReach(this Caller caller, IQuerySession query, EstateId estate, CancellationToken ct) =>
        caller.MustReach(estate.Value, (await query.Estates([estate], ct))[estate].Region);

    /// <summary>The estates that the caller's scope covers, as words for a query.</summary>
    internal static async Task<string[]> EstatesWithin(this IQuerySession query, Caller caller, CancellationToken ct) =>
        [.. (await query.Query<KnownEstate>().ToListAsync(ct)).Where(estate => caller.Reaches(estate.Id, estate.Region)).Select(estate => estate.Id.ToString())];

    /// <summary>Loads estates by id in one query; each of them must be known.</summary>
    internal static async Task<IReadOnlyDictionary<EstateId, KnownEstate>> Estates(this IQuerySession query, IEnumerable<EstateId> ids, CancellationToken ct)
    {
        Guid[] wanted = [.. ids.Distinct().Select(id => id.Value)];
        var known = (await query.LoadManyAsync<KnownEstate>(ct, wanted)).ToDictionary(estate => new EstateId(estate.Id));
        return wanted.FirstOrDefault(id => !known.ContainsKey(new(id))) is var missing && missing != Guid.Empty ? throw new Missing("Estate", missing) : known;
    }
}
