using JasperFx.Events;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>How the sending service tells others.</summary>
static class Published
{
    /// <summary>MassTransit's exchange of the contract.</summary>
    public const string Exchange = "Training.Subscriber:SignalNoted";

    public static object? Translate(IEvent stored) => stored.Data is SignalRecorded recorded ? new SignalNoted { Body = recorded.Body } : null;

    /// <summary>A message as the platform really sends it, to make more of.</summary>
    public static async Task<Mould> Mould(Rig rig)
    {
        await using var place = await rig.Servers.NewPlace("mould");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink", Exchange);
        await using var platform = await Platform.Build(Platform.Sender, place, Translate);
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
