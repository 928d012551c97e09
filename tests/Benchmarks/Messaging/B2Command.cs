using JasperFx.Events.Projections;
using Training.Foundation;

namespace Training.Benchmarks.Messaging;

/// <summary>Command: a stream of ten events with its inline snapshot is fetched for writing, a decision taken, one event appended; 16 workers on streams of their own.</summary>
static class B2Command
{
    const double Target = 0.6, MostP99 = 3;
    const int StreamsPerWorker = 20, EventsBefore = 10;

    public static async Task<Outcome> Run(Rig rig)
    {
        var measured = await rig.Interleave(
            new("raw", _ => Raw(rig, asText: false)),
            new("raw as text", _ => Raw(rig, asText: true)),
            new("platform", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b2-platform");
                await using var platform = await Build(place);
                var streams = await Prepare(platform);
                return await Checked(place, await rig.Closed(Rig.Workers, worker =>
                    platform.Command(session => session.Change<SignalStream>(streams.Next(worker), Decide, CancellationToken.None))));
            }),
            new("marten", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b2-marten");
                await using var store = await PlainMarten.Store(place);
                var streams = new Streams();
                foreach (var stream in streams.All)
                {
                    await using var session = store.LightweightSession();
                    session.Events.StartStream(stream, Enumerable.Range(0, EventsBefore).Select(number => (object)Signals.Make(0, number)));
                    await session.SaveChangesAsync();
                }
                return await Checked(place, await rig.Closed(Rig.Workers, async worker =>
                {
                    await using var session = store.LightweightSession();
                    var stream = streams.Next(worker);
                    var state = await session.Events.AggregateStreamAsync<SignalStream>(stream) ?? throw new Missing("stream", stream);
                    session.Events.Append(stream, [.. Decide(state).Cast<object>()]);
                    await session.SaveChangesAsync();
                }));
            }));
        var slowest = measured["platform"].P99 / measured["raw"].P99;
        return measured.Outcome("B2", $">={Target:0.0}_of_raw", measured.Rates("platform", "raw"), (ratio, _) => ratio.Median >= Target,
            ("p99_times_raw", slowest), ("p99_target_at_most", MostP99), ("raw_as_text_of_raw", measured.Rates("raw as text", "raw").Median), ("times_marten", measured.Rates("platform", "marten").Median));
    }

    static async Task<Reading> Raw(Rig rig, bool asText)
    {
        await using var place = await rig.Servers.NewPlace("b2-raw");
        await using var platform = await Build(place);
        var streams = await Prepare(platform);
        await using var raw = new RawStore(place, asText);
        return await Checked(place, await rig.Closed(Rig.Workers, worker => raw.Decide(streams.Next(worker), Signals.Make(Clock.Now))));
    }

    static IFact[] Decide(SignalStream state) => [Signals.Make(Clock.Now, state.Count)];

    static Task<Platform> Build(Place place) =>
        Platform.Build(Platform.Sender, place, _ => null, store => store.Projections.Snapshot<SignalStream>(SnapshotLifecycle.Inline));

    static async Task<Streams> Prepare(Platform platform)
    {
        var streams = new Streams();
        foreach (var stream in streams.All)
            await platform.Command(session =>
            {
                session.Events.StartStream<SignalStream>(stream, Enumerable.Range(0, EventsBefore).Select(number => (object)Signals.Make(0, number)));
                return session.SaveChangesAsync();
            });
        return streams;
    }

    /// <summary>The check: every stream's versions are contiguous and end at the version the stream row says.</summary>
    static async Task<Reading> Checked(Place place, Reading reading)
    {
        var broken = await place.Ask("""
            select count(*) from mt_streams stream
            where version <> (select count(*) from mt_events where stream_id = stream.id) or version <> (select max(version) from mt_events where stream_id = stream.id)
            """);
        var events = await place.Count("mt_events");
        var least = reading.Events + (Rig.Workers * StreamsPerWorker * EventsBefore);
        return broken == "0" && events >= least ? reading : reading with { Wrong = $"{broken} broken streams, {events} events where at least {least} belong" };
    }

    /// <summary>Each worker goes round its own streams.</summary>
    sealed class Streams
    {
        readonly Guid[][] streams = [.. Enumerable.Range(0, Rig.Workers).Select(_ => Enumerable.Range(0, StreamsPerWorker).Select(_ => Guid.CreateVersion7()).ToArray())];
        readonly int[] next = new int[Rig.Workers];

        public IEnumerable<Guid> All => streams.SelectMany(each => each);

        public Guid Next(int worker) => streams[worker][next[worker]++ % StreamsPerWorker];
    }
}
