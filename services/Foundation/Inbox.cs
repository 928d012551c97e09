using JasperFx.Metadata;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Training.Foundation;

/// <summary>How far one queue has followed one stream of another service.</summary>
public sealed class Watermark : IVersioned
{
    /// <summary>How many of the latest versions are remembered one by one.</summary>
    public const int Remembered = 32;

    public string Id { get; set; } = "";
    public long Seen { get; set; }

    /// <summary>A message of the stream is parked, and all later ones are to wait behind it.</summary>
    public bool Parked { get; set; }

    /// <summary>The latest versions that were handled, ascending: tells a version that was passed over from one that was handled.</summary>
    public long[] Recent { get; set; } = [];
    public Guid Version { get; set; }

    /// <summary>Whether this version was handled or came too late, as far as is remembered; what is older than all that can be remembered counts as handled.</summary>
    public bool Has(long version) => version <= Seen && (Recent.Contains(version) || (Recent.Length == Remembered && version < Recent[0]));

    internal void Add(long version)
    {
        Seen = Math.Max(Seen, version);
        Recent = [.. Recent.Append(version).Order().TakeLast(Remembered)];
    }

    public static string IdOf(ConsumeContext context) => IdOf(ParkedMessage.QueueOf(context), context.Headers.Get<string>(Header.Stream) ?? "");
    public static string IdOf(string queue, string stream) => $"{queue}/{stream}";
}

/// <summary>The session of the batch that the message in hand belongs to. Scoped.</summary>
sealed class BatchSession
{
    public IDocumentSession? Session { get; set; }
}

/// <summary>
/// Runs a consumer at most once per fact, for ever: the watermark commits in the consumer's own transaction, and a version already seen is
/// skipped. Consumers therefore only append and store; the one commit is here.
/// </summary>
sealed class Inbox<T>(IServiceProvider scope, Queues queues, Origin origin, BatchSession batch) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (context.Headers.Get<string>(Header.Stream) is null) throw new RuleBroken("no-stream", "The message names no stream.");
        var version = context.Headers.Get<long>(Header.Version) ?? throw new RuleBroken("no-version", "The message carries no stream version.");
        var queue = queues.Of(context);
        var first = context.TryGetPayload<Tries>(out var tries) && tries.Failed == 0;

        if (first && queue.Batches is { } batches && !IsRedriven(context))
        {
            await batches.Join(new(origin.Tenant, Watermark.IdOf(context), async (session, known) =>
            {
                batch.Session = session;
                if (await Handle(session, known, version, context, next)) Stamp(session);
            }));
            return;
        }

        // Who failed runs alone in its queue: what two streams share is then written by one of them at a time.
        using var place = await queue.Room.Enter(alone: !first, context.CancellationToken);
        var own = scope.GetRequiredService<IDocumentSession>();
        if (await Handle(own, await own.LoadAsync<Watermark>(Watermark.IdOf(context), context.CancellationToken), version, context, next))
            await own.SaveChangesAsync(context.CancellationToken);
    }

    /// <summary>Leaves what is to be stored in the session; answers false when there is nothing.</summary>
    async Task<bool> Handle(IDocumentSession session, Watermark? known, long version, ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        // Said to the bus at once: a message that reaches no consumer would count as skipped, and land in a queue of its own.
        if (known?.Parked == true || known?.Seen >= version) await context.NotifyConsumed(TimeSpan.Zero, "inbox");
        var watermark = known ?? new Watermark { Id = Watermark.IdOf(context) };
        var handled = watermark.Has(version);
        if (handled) return false;
        var overtaken = watermark.Seen >= version;

        if (watermark.Parked && (!overtaken || IsRedriven(context))) await Unpark(session, watermark, version, context);
        watermark.Add(version);
        if (known is null) session.Insert(watermark);
        else session.Update(watermark);
        if (!overtaken) await next.Send(context);
        else await Reconciler.Overtaken(session, version, context, scope.GetRequiredService<TimeProvider>());
        return true;
    }

    /// <summary>Lets a message through that was parked and is sent again, unless an older one is still parked; the last one opens the stream.</summary>
    static async Task Unpark(IDocumentSession session, Watermark watermark, long version, ConsumeContext<T> context)
    {
        if (!IsRedriven(context)) throw new BehindParked();
        var (id, queue, stream) = (ParkedMessage.IdOf(context), ParkedMessage.QueueOf(context), Guid.Parse(context.Headers.Get<string>(Header.Stream) ?? ""));
        var oldest = await session.Query<ParkedMessage>().Where(message => message.Queue == queue && message.Stream == stream && message.Id != id).OrderBy(message => message.Version).FirstOrDefaultAsync(context.CancellationToken);
        if (oldest?.Version < version) throw new BehindParked();
        session.Delete<ParkedMessage>(id);
        watermark.Parked = oldest is not null;
        // What it was parked behind is gone; it may have come too late to be sent again with the others.
        if (oldest is { Code: ParkedMessage.Behind }) session.Store(oldest with { Code = ParkedMessage.WaitsForAnother });
    }

    /// <summary>The session is shared by many messages, so each fact carries the origin of its own.</summary>
    void Stamp(IDocumentSession session)
    {
        foreach (var fact in session.PendingChanges.Streams().SelectMany(stream => stream.Events).Where(fact => fact.GetHeader(Header.Actor) is null)) origin.Stamp(fact);
    }

    static bool IsRedriven(ConsumeContext context) => context.ReceiveContext.TransportHeaders.TryGetHeader(Header.Redrive, out _);

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
