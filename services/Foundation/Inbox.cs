using JasperFx.Metadata;
using Marten;

using MassTransit;

namespace Training.Foundation;

/// <summary>How far one consumer has followed one stream of another service.</summary>
public sealed class Watermark : IVersioned
{
    public string Id { get; set; } = "";
    public long Seen { get; set; }
    public Guid Version { get; set; }
}

/// <summary>
/// Runs a consumer at most once per fact, for ever: the watermark commits in the consumer's own transaction, and a version already seen is
/// skipped. Consumers therefore only append and store; the one commit is here.
/// </summary>
sealed class Inbox<T>(IDocumentSession session) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var stream = context.Headers.Get<string>(Header.Stream) ?? throw new RuleBroken("no-stream", "The message names no stream.");
        var version = context.Headers.Get<long>(Header.Version) ?? throw new RuleBroken("no-version", "The message carries no stream version.");
        var id = $"{context.ReceiveContext.InputAddress.AbsolutePath}/{stream}";

        var watermark = await session.LoadAsync<Watermark>(id, context.CancellationToken);
        if (watermark?.Seen >= version) return;

        if (watermark is null) session.Insert(new Watermark { Id = id, Seen = version });
        else
        {
            watermark.Seen = version;
            session.Update(watermark);
        }
        await next.Send(context);
        await session.SaveChangesAsync(context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
