using Marten;
using MassTransit;
using Training.Foundation;

namespace Training.Subscriber;

public sealed class SignalNotedConsumer(IDocumentSession session) : IConsumer<SignalNoted>
{
    public Task Consume(ConsumeContext<SignalNoted> context)
    {
        session.Insert(TakeSignal.Effect(context, context.Message.Body));
        return Task.CompletedTask;
    }
}

[InBatches]
public sealed class SignalListedConsumer(IDocumentSession session) : IConsumer<SignalListed>
{
    public Task Consume(ConsumeContext<SignalListed> context)
    {
        session.Insert(TakeSignal.Effect(context, context.Message.Body));
        return Task.CompletedTask;
    }
}

static class TakeSignal
{
    public static SignalEffect Effect(MessageContext context, Signal body) =>
        new() { Id = context.MessageId ?? throw new InvalidOperationException("A message without an id."), SentAt = body.SentAt };
}
