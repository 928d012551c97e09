using JasperFx.Metadata;
using Marten;
using MassTransit;

namespace Training.Foundation;

/// <summary>How far one queue has followed one stream of another service.</summary>
public sealed class Watermark : IVersioned
{
    public string Id { get; set; } = "";
    public long Seen { get; set; }

    /// <summary>A message of the stream is parked, and all later ones are to wait behind it.</summary>
    public bool Parked { get; set; }
    public Guid Version { get; set; }

    public static string IdOf(ConsumeContext context) => $"{ParkedMessage.QueueOf(context)}/{context.Headers.Get<string>(Header.Stream)}";
}

/// <summary>
/// Runs a consumer at most once per fact, for ever: the watermark commits in the consumer's own transaction, and a version already seen is
/// skipped. Consumers therefore only append and store; the one commit is here.
/// </summary>
sealed class Inbox<T>(IDocumentSession session) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var ct = context.CancellationToken;
        if (context.Headers.Get<string>(Header.Stream) is null) throw new RuleBroken("no-stream", "The message names no stream.");
        var version = context.Headers.Get<long>(Header.Version) ?? throw new RuleBroken("no-version", "The message carries no stream version.");

        var known = await session.LoadAsync<Watermark>(Watermark.IdOf(context), ct);
        // Said to the bus at once: a message that reaches no consumer would count as skipped, and land in a queue of its own.
        if (known?.Parked == true || known?.Seen >= version) await context.NotifyConsumed(TimeSpan.Zero, "inbox");
        if (known?.Seen >= version) return;

        var watermark = known ?? new Watermark { Id = Watermark.IdOf(context) };
        if (watermark.Parked) await Unpark(watermark, context);
        watermark.Seen = version;
        if (known is null) session.Insert(watermark);
        else session.Update(watermark);

        await next.Send(context);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Lets a message through that was parked and is sent again; the last one opens the stream.</summary>
    async Task Unpark(Watermark watermark, ConsumeContext<T> context)
    {
        if (!context.ReceiveContext.TransportHeaders.TryGetHeader(Header.Redrive, out _)) throw new BehindParked();
        var (id, queue, stream) = (ParkedMessage.IdOf(context), ParkedMessage.QueueOf(context), Guid.Parse(context.Headers.Get<string>(Header.Stream) ?? ""));
        session.Delete<ParkedMessage>(id);
        watermark.Parked = await session.Query<ParkedMessage>()
            .AnyAsync(message => message.Queue == queue && message.Stream == stream && message.Id != id, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
