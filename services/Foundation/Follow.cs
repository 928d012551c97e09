using System.Text.Json;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Training.Foundation;

/// <summary>A stored fact with what led to it. <c>CausationId</c> is the id of the fact elsewhere that caused it, empty when a person did.</summary>
public sealed record FollowedEvent(
    Guid Id, Guid Stream, long Version, string Type, DateTimeOffset At, string CorrelationId, string CausationId, string Actor, JsonElement Data);

/// <summary>Lets operators follow one business action through this service; the portal asks every service and puts the answers together.</summary>
static class Follow
{
    const int Most = 5_000;

    internal static void MapFollow(this IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/events").WithTags("Operations").For(new Capability("follow-events", Where.WholeGroup, Role.Ops, Role.GroupTrainingManager));
        events.MapGet("", List);
        events.MapGet("{id:guid}", One);
    }

    /// <summary>Asked as a query, because loading an event by its id looks beyond the tenant.</summary>
    static async Task<Ok<FollowedEvent>> One(Guid id, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(View(await query.Events.QueryAllRawEvents().FirstOrDefaultAsync(stored => stored.Id == id, ct) ?? throw new Missing("Event", id)));

    /// <summary>All facts of one business action, or of one stream; oldest first.</summary>
    static async Task<Ok<Page<FollowedEvent>>> List(string? correlationId, Guid? stream, IQuerySession query, CancellationToken ct)
    {
        if (correlationId is null && stream is null) throw new RuleBroken("nothing-asked", "Name a correlation id or a stream.");
        IQueryable<IEvent> events = query.Events.QueryAllRawEvents();
        if (correlationId is not null) events = events.Where(stored => stored.CorrelationId == correlationId);
        if (stream is { } id) events = events.Where(stored => stored.StreamId == id);
        var found = await events.OrderBy(stored => stored.Sequence).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(new Page<FollowedEvent>([.. found.Select(View)], found.Count));
    }

    static FollowedEvent View(IEvent stored) => new(
        stored.Id, stored.StreamId, stored.Version, stored.EventType.Name, stored.Timestamp, stored.CorrelationId ?? "", stored.CausationId ?? "",
        stored.GetHeader(Header.Actor)?.ToString() ?? "", JsonSerializer.SerializeToElement(stored.Data, stored.EventType, Options));

    static readonly JsonSerializerOptions Options = House();

    static JsonSerializerOptions House()
    {
        var options = new JsonSerializerOptions();
        options.UseHouseStyle();
        return options;
    }
}
