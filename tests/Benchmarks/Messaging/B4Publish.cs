using System.Text;
using MassTransit;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Publish: committed events are published with confirms, in order per stream. Timed from the first message in the queue to the last, so that
/// no start of a program counts. Wolverine reads no log: its outbox publishes as 16 workers commit.
/// </summary>
static class B4Publish
{
    const double Target = 0.10, TimesWolverine = 3;
    const int PerSecond = 1_500, EventsPerStream = 10;

    public static async Task<Outcome> Run(Rig rig)
    {
        var mould = await Published.Mould(rig);
        var count = rig.Extent.Messages(PerSecond) / EventsPerStream * EventsPerStream;
        var measured = await rig.Interleave(
            new("raw", _ => Raw(rig, mould, count)),
            new("platform", _ => OfPlatform(rig, count)),
            new("masstransit", _ => OfMassTransit(rig, count)),
            new("wolverine", _ => OfWolverine(rig, count)));
        var wolverine = measured.Rates("platform", "wolverine");
        return measured.Outcome("B4", $">={Target:0.00}_of_raw,>={TimesWolverine:0}x_wolverine", measured.Rates("platform", "raw"),
            (ratio, _) => ratio.Median >= Target && wolverine.Median >= TimesWolverine, ("times_wolverine", wolverine.Median));
    }

    static async Task<Reading> Raw(Rig rig, Mould mould, int count)
    {
        await using var place = await rig.Servers.NewPlace("b4-raw");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink");
        RawMessage[] messages = [.. mould.Cast(count)];
        return await Timed(rig, bus, queue, count, () => bus.PublishAll(queue, messages));
    }

    static async Task<Reading> OfPlatform(Rig rig, int count)
    {
        await using var place = await rig.Servers.NewPlace("b4-platform");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink", Published.Exchange);
        await using var platform = await Platform.Build(Platform.Sender, place, Published.Translate);
        await Parallel.ForEachAsync(Enumerable.Range(0, count / EventsPerStream), new ParallelOptions { MaxDegreeOfParallelism = Rig.Workers }, async (_, _) =>
            await platform.Command(session =>
            {
                session.Events.StartStream(Guid.CreateVersion7(), Enumerable.Range(0, EventsPerStream).Select(number => (object)Signals.Make(0, number)));
                return session.SaveChangesAsync();
            }));
        var reading = await Timed(rig, bus, queue, count, platform.Start);
        return reading.Wrong != "" ? reading : reading with { Wrong = OutOfOrder(await bus.Drain(queue)) };
    }

    static async Task<Reading> OfMassTransit(Rig rig, int count)
    {
        await using var place = await rig.Servers.NewPlace("b4-masstransit");
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink", Published.Exchange);
        var control = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(place.Bus)));
        await control.StartAsync();
        var reading = await Timed(rig, bus, queue, count, async () =>
        {
            foreach (var window in Enumerable.Range(0, count).Chunk(100))
                await Task.WhenAll(window.Select(number => control.Publish(new SignalNoted { Body = Signals.Body(0, number) })));
        });
        await control.StopAsync();
        return reading;
    }

    static async Task<Reading> OfWolverine(Rig rig, int count)
    {
        await using var place = await rig.Servers.NewPlace("b4-wolverine");
        await using var wolverine = await WolverineService.Start(place, listens: false);
        await using var bus = await RawBus.Connect(place.Bus);
        return await Timed(rig, bus, WolverineService.Queue, count, () =>
            Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Rig.Workers }, async (number, _) =>
                await wolverine.Append(Guid.CreateVersion7(), Signals.Make(0, number))));
    }

    /// <summary>From the first message seen in the queue to all of them.</summary>
    static async Task<Reading> Timed(Rig rig, RawBus bus, string queue, int count, Func<Task> publish)
    {
        var publishing = publish();
        await Rig.Until(async () => await bus.Waiting(queue) > 0, 60);
        var (start, first, before) = (Clock.Now, await bus.Waiting(queue), rig.Cpu.Now());
        var complete = await Rig.Until(async () => await bus.Waiting(queue) >= count, 120);
        var (end, used) = (Clock.Now, rig.Cpu.Now() - before);
        await publishing;
        var waiting = await bus.Waiting(queue);
        return Reading.OfRate(count - first, end - start, used, complete && waiting == count ? "" : $"{waiting} messages of {count}");
    }

    static string OutOfOrder(List<RawMessage> messages)
    {
        var seen = new Dictionary<string, long>();
        foreach (var body in messages.Select(message => Encoding.UTF8.GetString(message.Body.Span)))
        {
            var (stream, version) = (Mould.StreamOf(body), Mould.VersionOf(body));
            if (version != seen.GetValueOrDefault(stream) + 1) return $"version {version} of a stream came after {seen.GetValueOrDefault(stream)}";
            seen[stream] = version;
        }
        return messages.Select(Mould.IdOf).Distinct().Count() == messages.Count ? "" : "a message came twice";
    }
}
