using JasperFx.Events;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>How the sending service tells others.</summary>
static class Published
{
    /// <summary>MassTransit's exchanges of the two contracts, and the queues of their consumers.</summary>
    public const string Exchange = "Training.Subscriber:SignalNoted", ListExchange = "Training.Subscriber:SignalListed",
        Queue = "subscriber-signal-noted", ListQueue = "subscriber-signal-listed";

    public static object? Translate(IEvent stored) => stored.Data is SignalRecorded recorded ? new SignalNoted { Body = recorded.Body } : null;

    /// <summary>To the subscriber that handles batches.</summary>
    public static object? TranslateForBatches(IEvent stored) => stored.Data is SignalRecorded recorded ? new SignalListed { Body = recorded.Body } : null;

    /// <summary>A message as the platform really sends it, to make more of.</summary>
    public static Task<Mould> Mould(Rig rig) => Mould(rig, Exchange, Translate);

    public static Task<Mould> MouldForBatches(Rig rig) => Mould(rig, ListExchange, TranslateForBatches);

    static async Task<Mould> Mould(Rig rig, string exchange, Func<IEvent, object?> translate)
    {
        await using var place = await rig.Servers.NewPlace("mould");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink", exchange);
        await using var platform = await Platform.Build(Platform.Sender, place, translate);
        await platform.Start();
        await platform.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        return new(await bus.Take(queue));
    }

    /// <summary>A message as Wolverine really sends it.</summary>
    public static async Task<Mould> WolverineMould(Rig rig)
    {
        await using var place = await rig.Servers.NewPlace("mould");
        await using var wolverine = await WolverineService.Start(place, listens: false);
        await using var bus = await RawBus.Connect(place.Bus);
        await wolverine.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
        return new(await bus.Take(WolverineService.Queue));
    }
}
