using System.Text;
using System.Threading.Channels;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// Consumer: queued messages take effect, each with its place in the inbox in the same transaction. Timed over the second half; the first warms up, for a fresh process compiles its methods for many seconds.
/// "platform" is a consumer of single messages, "platform batch" one of batches.
/// </summary>
static class B8Consumer
{
    const double BatchTarget = 2;
    const int PerSecond = 2_000, LeastSeconds = 30;

    public static async Task<Outcome> Run(Rig rig)
    {
        var (mould, listed, foreign) = (await Published.Mould(rig), await Published.MouldForBatches(rig), await Published.WolverineMould(rig));
        var count = Math.Max(rig.Extent.Messages(PerSecond), rig.Extent.Quick ? 0 : PerSecond * LeastSeconds);
        var measured = await rig.Interleave(
            new("raw", _ => Raw(rig, mould, count)),
            new("raw batch", _ => RawBatch(rig, mould, count)),
            new("platform", _ => Service(rig, Roles.Subscriber, Published.Queue, mould, count)),
            new("platform batch", _ => Service(rig, Roles.Subscriber, Published.ListQueue, listed, count)),
            new("wolverine", _ => Service(rig, Roles.WolverineSubscriber, WolverineService.Queue, foreign, count)));
        return measured.Outcome("B8", $"batch>={BatchTarget:0}x_single", measured.Rates("platform batch", "platform"), (ratio, _) => ratio.Median >= BatchTarget,
            ("batch_of_raw_batch", measured.Rates("platform batch", "raw batch").Median), ("batch_times_wolverine", measured.Rates("platform batch", "wolverine").Median), ("single_of_raw", measured.Rates("platform", "raw").Median), ("times_wolverine", measured.Rates("platform", "wolverine").Median));
    }

    /// <summary>The limit: 16 messages side by side, the two rows of each in one trip and one transaction, acknowledged afterwards.</summary>
    public static async Task<Reading> Raw(Rig rig, Mould mould, int count)
    {
        await using var place = await rig.Servers.NewPlace("b8-raw");
        await using (await Platform.Build(Platform.Subscriber, place, _ => null, Roles.Effects)) { /* makes the tables */ }
        await using var store = new RawStore(place);
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink");
        await bus.PublishAll(queue, mould.Cast(count));
        var times = Channel.CreateUnbounded<long>();
        var before = rig.Cpu.Now();
        await using var consuming = await bus.Consume(queue, Rig.Workers, async message =>
        {
            await store.Take([Row(message)]);
            times.Writer.TryWrite(Clock.Now);
        });
        return await Timed(rig, place, times.Reader, count, before);
    }

    /// <summary>The limit of batches: 100 messages, their 200 rows in one trip and one transaction.</summary>
    static async Task<Reading> RawBatch(Rig rig, Mould mould, int count)
    {
        await using var place = await rig.Servers.NewPlace("b8-raw-batch");
        await using (await Platform.Build(Platform.Subscriber, place, _ => null, Roles.Effects)) { /* makes the tables */ }
        await using var store = new RawStore(place);
        await using var bus = await RawBus.Connect(place.Bus);
        var queue = await bus.Queue("sink");
        await bus.PublishAll(queue, mould.Cast(count));
        var times = Channel.CreateUnbounded<long>();
        var before = rig.Cpu.Now();
        await using var consuming = await bus.ConsumeBatches(queue, 100, async messages =>
        {
            await store.Take([.. messages.Select(Row)]);
            foreach (var _ in messages) times.Writer.TryWrite(Clock.Now);
        });
        return await Timed(rig, place, times.Reader, count, before);
    }

    public static (Guid Message, Guid Stream, string SentAt) Row(RawMessage message) =>
        (Mould.IdOf(message), Guid.Parse(Mould.StreamOf(Encoding.UTF8.GetString(message.Body.Span))), Clock.Text(0));

    static async Task<Reading> Timed(Rig rig, Place place, ChannelReader<long> times, int count, Cpu before)
    {
        List<long> committed = [];
        while (committed.Count < count) committed.Add(await times.ReadAsync());
        return await AfterWarmUp(committed, rig.Cpu.Now() - before, place, count);
    }

    static async Task<Reading> AfterWarmUp(List<long> committed, Cpu used, Place place, int count)
    {
        committed.Sort();
        var effects = await place.Count("mt_doc_signaleffect");
        if (effects != count || committed.Count != count) return new(double.NaN, [], count, used, $"{effects} effects of {count} messages");
        var warm = count / 2;
        return Reading.OfRate(count - warm, committed[^1] - committed[warm - 1], used) with { Events = count };
    }

    static async Task<Reading> Service(Rig rig, string role, string queue, Mould mould, int count)
    {
        await using var place = await rig.Servers.NewPlace("b8-service");
        // Once, so that queue and tables are the service's own; the messages are sent while it is away.
        await using (await Child.Start(rig.Cpu, role, place)) { /* ends at once */ }
        await using var bus = await RawBus.Connect(place.Bus);
        await bus.PublishAll(queue, mould.Cast(count));
        await using var service = await Child.Start(rig.Cpu, role, place);
        await Rig.Until(async () => await service.Count() > 0, 30);
        var before = rig.Cpu.Now();
        await Rig.Until(async () => await service.Count() >= count, 120);
        var used = rig.Cpu.Now() - before;
        return await AfterWarmUp([.. (await service.Effects()).Select(effect => effect.CommittedAt)], used, place, count);
    }
}
