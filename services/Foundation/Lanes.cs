using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Training.Foundation;

/// <summary>
/// First filter of a queue. The client hands deliveries to many workers, which may overtake each other. Delivery tags count up from one on
/// each channel, so here the deliveries get back into the order in which the broker sent them; then streams go side by side, and the
/// messages of one stream one after the other.
/// </summary>
sealed class Lanes : IFilter<ReceiveContext>
{
    readonly ConditionalWeakTable<IChannel, Turns> channels = [];

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var (tag, channel) = (context.GetPayload<RabbitMqBasicConsumeContext>().DeliveryTag, context.GetPayload<ChannelContext>().Channel);
        var turns = channels.GetValue(channel, Turns.Of);
        try
        {
            var turn = await turns.Take(tag, context.TransportHeaders.Get<string>(Header.Stream) ?? "", context.CancellationToken);
            // What goes on longer does so by itself: its message is delivered again, and the inbox lets it take effect once.
            await next.Send(context).WaitAsync(context.GetPayload<EndingChannel>().Gone);
            turn.End();
        }
        catch
        {
            // What came after it must not be handled before it: on a new channel the broker delivers all of them again, in order.
            turns.Close();
            _ = Task.Run(() => channel.AbortAsync());
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lanes");
}

/// <summary>The deliveries of one channel: each gets its turn after all with a lower tag got theirs, and after the one before it in its stream has ended.</summary>
sealed class Turns
{
    /// <summary>Workers take deliveries in order, so a lower tag can only be late by a moment; one that never comes was dropped with its channel.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly Dictionary<ulong, Turn> early = [];
    readonly Dictionary<string, Turn> last = [];
    readonly HashSet<Turn> open = [];
    ulong next = 1;
    bool closed;

    public async Task<Turn> Take(ulong tag, string stream, CancellationToken ct)
    {
        var turn = new Turn(this, stream);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            open.Add(turn);
            early[tag] = turn;
            for (; early.Remove(next, out var due); next++)
            {
                due.Follow(last.GetValueOrDefault(due.Stream));
                last[due.Stream] = due;
            }
        }
        await turn.InOrder.WaitAsync(Patience, ct);
        await turn.Before.WaitAsync(ct);
        return turn;
    }

    /// <summary>What the broker sent before a channel ended and no worker has taken never comes, so nobody need wait for it.</summary>
    public static Turns Of(IChannel channel)
    {
        var turns = new Turns();
        channel.ChannelShutdownAsync += (_, _) =>
        {
            turns.Close();
            return Task.CompletedTask;
        };
        return turns;
    }

    /// <summary>Nobody who still waits gets a turn.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (var turn in open) turn.Cancel();
        }
    }

    void Ended(Turn turn)
    {
        lock (gate)
        {
            open.Remove(turn);
            if (last.GetValueOrDefault(turn.Stream) == turn) last.Remove(turn.Stream);
        }
    }

    internal sealed class Turn(Turns turns, string stream)
    {
        readonly TaskCompletionSource inOrder = new(TaskCreationOptions.RunContinuationsAsynchronously), ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Stream => stream;
        public Task InOrder => inOrder.Task;
        public Task Before { get; private set; } = Task.CompletedTask;

        public void Follow(Turn? before)
        {
            if (before is not null) Before = before.ended.Task;
            inOrder.TrySetResult();
        }

        public void End()
        {
            ended.TrySetResult();
            turns.Ended(this);
        }

        public void Cancel()
        {
            inOrder.TrySetCanceled();
            ended.TrySetCanceled();
        }
    }
}
