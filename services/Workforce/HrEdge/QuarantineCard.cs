using System.Text;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>A message that waits for somebody, or did.</summary>
public record QuarantineCard(
    Guid Id, string Source, string EventId, string Type, string Code, string Reason, IReadOnlyList<string> WaitsFor, DateTimeOffset ReceivedAt,
    QuarantineState State, string ClosedBy, string ClosedBecause)
{
    public static QuarantineCard Of(QuarantinedMessage entry) => new(
        entry.Id, entry.Source, entry.EventId, entry.Type, entry.Code, entry.Reason, entry.WaitsFor, entry.ReceivedAt, entry.State, entry.ClosedBy, entry.ClosedBecause);
}

/// <summary>The entry with the body as it came, read as UTF-8.</summary>
public record QuarantineSheet(QuarantineCard Message, string Body);

static class GetQuarantined
{
    internal static async Task<Ok<QuarantineSheet>> Handle(Guid id, IQuerySession query, CancellationToken ct)
    {
        var entry = await query.LoadAsync<QuarantinedMessage>(id, ct) ?? throw new Missing("Quarantined message", id);
        var kept = await query.LoadAsync<QuarantinedBody>(id, ct);
        return TypedResults.Ok(new QuarantineSheet(QuarantineCard.Of(entry), Encoding.UTF8.GetString(kept?.Body ?? [])));
    }
}

static class ListQuarantined
{
    internal static async Task<Ok<Page<QuarantineCard>>> Handle(QuarantineState? state, int? skip, int? take, IQuerySession query, CancellationToken ct)
    {
        IQueryable<QuarantinedMessage> entries = query.Query<QuarantinedMessage>();
        if (state is { } wanted) entries = entries.Where(entry => entry.State == wanted);
        return TypedResults.Ok(await entries.OrderByDescending(entry => entry.ReceivedAt).ThenBy(entry => entry.Id).Page(QuarantineCard.Of, skip, take, ct));
    }
}
