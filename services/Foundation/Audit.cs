using JasperFx.Events;
using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Training.Foundation;

/// <summary>Who did what: a fact without its content. <c>Actor</c> is the token's subject, or the service that reacted to a message.</summary>
public sealed record AuditEntry(
    Guid Id, long Sequence, DateTimeOffset At, string Actor, string Fact, Guid Stream, long Version, string CorrelationId, string CausationId)
{
    internal static AuditEntry Of(IEvent fact) => new(
        fact.Id, fact.Sequence, fact.Timestamp, fact.Headers?.GetValueOrDefault(Header.Actor)?.ToString() ?? "", fact.Data.GetType().Name, fact.StreamId, fact.Version,
        fact.CorrelationId ?? "", fact.CausationId ?? "");
}

static class Audit
{
    const int Most = 1_000;

    internal static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/audit", List).WithTags("Operations")
        .For(new Capability("audit", Where.WholeGroup, Role.GroupTrainingManager, Role.Ops));

    /// <summary>Newest first; from inclusive, to exclusive.</summary>
    static async Task<Ok<Page<AuditEntry>>> List(
        string? actor, DateTimeOffset? from, DateTimeOffset? to, Guid? stream, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<IEvent> facts = query.Events.QueryAllRawEvents();
        if (actor is not null) facts = facts.Where(fact => fact.MatchesSql($"d.headers ->> '{Header.Actor}' = ?", actor));
        if (from is { } first) facts = facts.Where(fact => fact.Timestamp >= first.ToUniversalTime());
        if (to is { } end) facts = facts.Where(fact => fact.Timestamp < end.ToUniversalTime());
        if (stream is { } id) facts = facts.Where(fact => fact.StreamId == id);
        // Marten counts documents along with a page, but not facts.
        var total = await facts.CountAsync(ct);
        var page = await facts.OrderByDescending(fact => fact.Sequence).Skip(skip ?? 0).Take(Math.Min(take ?? 100, Most)).ToListAsync(ct);
        return TypedResults.Ok(new Page<AuditEntry>([.. page.Select(AuditEntry.Of)], total));
    }
}
