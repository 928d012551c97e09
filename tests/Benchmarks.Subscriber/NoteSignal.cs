using Marten;
using MassTransit;

namespace Training.Subscriber;

public sealed class SignalNotedConsumer(IDocumentSession session) : IConsumer<SignalNoted>
{
    public Task Consume(ConsumeContext<SignalNoted> context)
    {
        var id = context.MessageId ?? throw new InvalidOperationException("A message without an id.");
        session.Insert(new SignalEffect { Id = id, SentAt = context.Message.Body.SentAt });
        return Task.CompletedTask;
    }
}
