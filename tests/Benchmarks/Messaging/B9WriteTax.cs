using System.Threading.Channels;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Write tax of the outbox: B1 while the daemon publishes everything, against B1 with nothing running. "raw published" is what publishing costs at least: each
/// sent by the client alone, from memory, nothing read back. The peer, which writes a row for each message, against plain Marten.
/// </summary>
static class B9WriteTax
{
    const double Target = 0.85;

    public static async Task<Outcome> Run(Rig rig)
    {
        var message = (await Published.Mould(rig)).Cast(1).Single();
        var measured = await rig.Interleave(
            new("alone", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b9-alone");
                await using var platform = await Platform.Build(Platform.Sender, place, _ => null);
                return await B1Append.Counted(place, await rig.Closed(Rig.Workers, _ => platform.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now))));
            }),
            new("platform", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b9-platform");
                await using var bus = await RawBus.Connect(place.Bus);
                var queue = await bus.Queue("sink", Published.Exchange);
                await using var platform = await Platform.Build(Platform.Sender, place, Published.Translate);
                await platform.Start();
                var reading = await rig.Closed(Rig.Workers, _ => platform.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now)));
                return await AllIn(bus, queue, place, await B1Append.Counted(place, reading));
            }),
            new("raw published", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b9-raw");
                await using var bus = await RawBus.Connect(place.Bus);
                var queue = await bus.Queue("sink");
                await using var platform = await Platform.Build(Platform.Sender, place, _ => null);
                var committed = Channel.CreateUnbounded<RawMessage>();
                var publishing = bus.PublishAll(queue, committed.Reader);
                var reading = await rig.Closed(Rig.Workers, async _ =>
                {
                    await platform.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now));
                    committed.Writer.TryWrite(message);
                });
                committed.Writer.Complete();
                await publishing;
                return await AllIn(bus, queue, place, await B1Append.Counted(place, reading));
            }),
            new("marten alone", _ => B1Append.Marten(rig, "b9-marten")),
            new("wolverine", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b9-wolverine");
                await using var wolverine = await WolverineService.Start(place, listens: false);
                await using var bus = await RawBus.Connect(place.Bus);
                var reading = await rig.Closed(Rig.Workers, _ => wolverine.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now)));
                return await AllIn(bus, WolverineService.Queue, place, await B1Append.Counted(place, reading));
            }));
        return measured.Outcome("B9", $">={Target:0.00}_of_alone", measured.Rates("platform", "alone"), (ratio, _) => ratio.Median >= Target,
            ("raw_published_of_alone", measured.Rates("raw published", "alone").Median), ("wolverine_of_marten_alone", measured.Rates("wolverine", "marten alone").Median));
    }

    /// <summary>The check: in the end every event is in the queue.</summary>
    static async Task<Reading> AllIn(RawBus bus, string queue, Place place, Reading reading)
    {
        var events = await place.Count("mt_events");
        return await Rig.Until(async () => await bus.Waiting(queue) == events, 60) ? reading : reading with { Wrong = $"{await bus.Waiting(queue)} messages of {events} events" };
    }
}
