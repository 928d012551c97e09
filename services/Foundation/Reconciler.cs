using JasperFx.Events;
using Marten;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Training.Foundation;

/// <summary>What a publisher must have published by now, read from its event log and not from what its outbox did. Technical; no consumer's business.</summary>
public sealed record Digest
{
    public required string Tenant { get; init; }
    public required IReadOnlyList<DigestEntry> Entries { get; init; }
}

/// <summary>One published fact.</summary>
public sealed record DigestEntry(string Contract, Guid Stream, long Version);

/// <summary>A message that was published and not handled by a queue of this service, as far as it knows.</summary>
/// <param name="Id">Queue, stream and version.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Queue">The queue that should have had it.</param>
/// <param name="Stream">The publisher's stream.</param>
/// <param name="Version">The version in the stream.</param>
/// <param name="Contract">What it says.</param>
/// <param name="FoundAt">When it was first missed.</param>
/// <param name="Accepted">Why somebody decided to live with it; empty while nobody did.</param>
/// <param name="Overtaken">It came behind a newer message of its stream, too late to be applied, and does not heal.</param>
public sealed record Hole(string Id, string Tenant, string Queue, Guid Stream, long Version, string Contract, DateTimeOffset FoundAt, string Accepted = "", bool Overtaken = false)
{
    public static string IdOf(string queue, Guid stream, long version) => $"{queue}/{stream}/{version}";
}

/// <summary>Finds what is missing between publishers and this service: tells others what they should have, and looks whether it has what others told.</summary>
sealed class Reconciler(
    IDocumentStore store, IBus bus, Queues queues, Func<IEvent, object?> translate, Troubles troubles, WatchSettings settings, TimeProvider clock)
{
    const int Page = 2_000, FirstLookBack = 10_000;

    long? told;

    public async Task Look(CancellationToken ct)
    {
        await Tell(ct);
        await Recheck(ct);
    }

    /// <summary>Tells what the outbox must have published since the last time; facts it has not reached yet are its own trouble.</summary>
    async Task Tell(CancellationToken ct)
    {
        var sent = (await store.Storage.Database.AllProjectionProgress(token: ct)).Where(shard => shard.ShardName.StartsWith($"{Outbox.ShardName}:", StringComparison.Ordinal))
            .Select(shard => shard.Sequence).DefaultIfEmpty().Max();
        for (told ??= Math.Max(0, sent - FirstLookBack); told < sent;)
        {
            var (from, until) = (told.Value, clock.GetUtcNow() - settings.Grace);
            await using var query = store.QuerySession();
            var page = await query.Events.QueryAllRawEvents().Where(stored => stored.AnyTenant() && stored.Sequence > from && stored.Sequence <= sent && stored.Timestamp <= until)
                .OrderBy(stored => stored.Sequence).Take(Page).ToListAsync(ct);
            if (page.Count == 0) return;

            foreach (var tenant in page.Select(stored => (stored, message: translate(stored))).Where(pair => pair.message is not null).GroupBy(pair => pair.stored.TenantId))
                await Outbox.Limited(limit => bus.Publish(new Digest
                {
                    Tenant = tenant.Key,
                    Entries = [.. tenant.Select(pair => new DigestEntry(MessageUrn.ForTypeString(pair.message!.GetType()), pair.stored.StreamId, pair.stored.Version))],
                }, limit), ct);
            told = page[^1].Sequence;
        }
    }

    /// <summary>Notes what of a digest was not handled here. It may only be late, so it counts from the next look on.</summary>
    public async Task Compare(Digest digest, CancellationToken ct)
    {
        var due = digest.Entries.SelectMany(entry => queues.Of(entry.Contract).Select(queue =>
            new Hole(Hole.IdOf(queue.Name, entry.Stream, entry.Version), digest.Tenant, queue.Name, entry.Stream, entry.Version, entry.Contract, clock.GetUtcNow()))).ToList();
        await using var session = store.LightweightSession(digest.Tenant);
        var missing = await Missing(session, due, ct);
        var known = (await session.LoadManyAsync<Hole>(ct, [.. missing.Select(hole => hole.Id)])).Select(hole => hole.Id).ToHashSet();
        session.Store(missing.Where(hole => !known.Contains(hole.Id)));
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Notes a message that came too late to be applied.</summary>
    public static async Task Overtaken(IDocumentSession session, long version, ConsumeContext context, TimeProvider clock)
    {
        var (queue, stream) = (ParkedMessage.QueueOf(context), Guid.Parse(context.Headers.Get<string>(Header.Stream) ?? ""));
        var id = Hole.IdOf(queue, stream, version);
        var hole = await session.LoadAsync<Hole>(id, context.CancellationToken) ?? new(id, session.TenantId, queue, stream, version, context.SupportedMessageTypes.FirstOrDefault() ?? "", clock.GetUtcNow());
        session.Store(hole with { Overtaken = true });
    }

    /// <summary>Forgets holes that healed and reports the others.</summary>
    async Task Recheck(CancellationToken ct)
    {
        await using var query = store.QuerySession();
        List<Hole> open = [];
        foreach (var tenant in (await query.Query<Hole>().Where(hole => hole.AnyTenant()).ToListAsync(ct)).GroupBy(hole => hole.Tenant))
        {
            await using var session = store.LightweightSession(tenant.Key);
            var missing = await Missing(session, [.. tenant], ct);
            foreach (var healed in tenant.Except(missing)) session.Delete(healed);
            await session.SaveChangesAsync(ct);
            open.AddRange(missing.Where(hole => hole.Accepted == ""));
        }
        open = [.. open.Where(hole => hole.FoundAt <= clock.GetUtcNow() - settings.Interval).OrderBy(hole => hole.FoundAt)];
        troubles.Report("missing", open.Count, $"{open.Count} messages are missing, among them {string.Join(", ", open.Take(3).Select(hole => hole.Id))}; see /missing-messages.");
    }

    /// <summary>Those neither handled nor parked, and those that came too late.</summary>
    static async Task<List<Hole>> Missing(IQuerySession session, List<Hole> due, CancellationToken ct)
    {
        if (due.Count == 0) return [];
        var watermarks = (await session.LoadManyAsync<Watermark>(ct, [.. due.Select(Mark).Distinct()])).ToDictionary(watermark => watermark.Id);
        var missing = due.Where(hole => hole.Overtaken || watermarks.GetValueOrDefault(Mark(hole))?.Has(hole.Version) != true).ToList();

        Guid[] streams = [.. missing.Where(hole => watermarks.GetValueOrDefault(Mark(hole))?.Parked == true).Select(hole => hole.Stream).Distinct()];
        if (streams.Length == 0) return missing;
        var parked = (await session.Query<ParkedMessage>().Where(message => message.Stream.IsOneOf(streams)).ToListAsync(ct))
            .Select(message => Hole.IdOf(message.Queue, message.Stream, message.Version)).ToHashSet();
        return [.. missing.Where(hole => !parked.Contains(hole.Id))];

        static string Mark(Hole hole) => Watermark.IdOf(hole.Queue, hole.Stream.ToString());
    }
}

sealed class DigestConsumer(Reconciler reconciler) : IConsumer<Digest>
{
    public Task Consume(ConsumeContext<Digest> context) => reconciler.Compare(context.Message, context.CancellationToken);
}

static class MissingMessages
{
    internal static void MapMissingMessages(this IEndpointRouteBuilder app)
    {
        var missing = app.MapGroup("/missing-messages").WithTags("Operations").For(new Capability("find-missing-messages", Where.WholeGroup, Role.Ops));
        missing.MapGet("", List);
        missing.MapPost("accept", Accept);
    }

    static async Task<Ok<Page<Hole>>> List(int? skip, int? take, IQuerySession query, CancellationToken ct) =>
        TypedResults.Ok(await query.Query<Hole>().OrderBy(hole => hole.FoundAt).Page(hole => hole, skip, take, ct));

    internal sealed record Body(string Queue, Guid Stream, long Version, string Reason);

    /// <summary>Somebody lives with it: it stays in the list, but is no trouble any more.</summary>
    static async Task<NoContent> Accept(Body body, IDocumentSession session, CancellationToken ct)
    {
        var id = Hole.IdOf(body.Queue, body.Stream, body.Version);
        if (string.IsNullOrWhiteSpace(body.Reason)) throw new RuleBroken("no-reason", "Say why the message may be missing.");
        session.Store((await session.LoadAsync<Hole>(id, ct) ?? throw new Missing("Missing message", id)) with { Accepted = body.Reason });
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
