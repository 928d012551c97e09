using JasperFx.Metadata;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.Foundation;

namespace Training.Workforce.HrEdge;

/// <summary>What came from one HR system; the id is its CloudEvent source. Messages that name no source count for <c>unknown</c>.</summary>
public sealed class HrSource : IVersioned
{
    public string Id { get; set; } = "";
    public DateTimeOffset LastEventAt { get; set; }
    public DateTimeOffset LastReceivedAt { get; set; }
    public long Accepted { get; set; }
    public long Duplicates { get; set; }
    public long Quarantined { get; set; }
    public Guid Version { get; set; }
}

/// <summary>An HR message that has taken effect. Kept for ever, so that its next arrival has none.</summary>
public record SeenEvent(Guid Id, DateTimeOffset At);

/// <summary>One HR system: when it last sent, by its clock and by ours, and what became of it.</summary>
public record SourceCard(string Source, DateTimeOffset LastEventAt, DateTimeOffset LastReceivedAt, long Accepted, long Duplicates, long Quarantined)
{
    public static SourceCard Of(HrSource source) =>
        new(source.Id, source.LastEventAt, source.LastReceivedAt, source.Accepted, source.Duplicates, source.Quarantined);
}

static class ListSources
{
    internal static async Task<Ok<Page<SourceCard>>> Handle(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<HrSource>().OrderBy(source => source.Id).Page(SourceCard.Of, skip, take, ct));
}
