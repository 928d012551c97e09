namespace Training.Benchmarks.Messaging;

/// <summary>Append: a new stream with one event in one transaction, 16 workers.</summary>
static class B1Append
{
    const double Target = 0.80;

    public static async Task<Outcome> Run(Rig rig)
    {
        var measured = await rig.Interleave(
            new("raw", _ => Raw(rig, asText: false)),
            new("raw as text", _ => Raw(rig, asText: true)),
            new("platform", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b1-platform");
                await using var platform = await Platform.Build(Platform.Sender, place, _ => null);
                return await Counted(place, await rig.Closed(Rig.Workers, _ => platform.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now))));
            }),
            new("marten", _ => Marten(rig, "b1-marten")));
        return measured.Outcome("B1", $">={Target:0.00}_of_raw", measured.Rates("platform", "raw"), (ratio, _) => ratio.Median >= Target,
            ("raw_as_text_of_raw", measured.Rates("raw as text", "raw").Median), ("times_marten", measured.Rates("platform", "marten").Median));
    }

    static async Task<Reading> Raw(Rig rig, bool asText)
    {
        await using var place = await rig.Servers.NewPlace("b1-raw");
        await using (await Platform.Build(Platform.Sender, place, _ => null)) { /* makes the tables */ }
        await using var raw = new RawStore(place, asText);
        return await Counted(place, await rig.Closed(Rig.Workers, _ => raw.Append(Guid.CreateVersion7(), Signals.Make(Clock.Now))));
    }

    /// <summary>The same with Marten's defaults.</summary>
    public static async Task<Reading> Marten(Rig rig, string name)
    {
        await using var place = await rig.Servers.NewPlace(name);
        await using var store = await PlainMarten.Store(place);
        return await Counted(place, await rig.Closed(Rig.Workers, async _ =>
        {
            await using var session = store.LightweightSession();
            session.Events.StartStream(Guid.CreateVersion7(), Signals.Make(Clock.Now));
            await session.SaveChangesAsync();
        }));
    }

    /// <summary>The check: as many streams as events, at least as many as were counted, and none twice.</summary>
    public static async Task<Reading> Counted(Place place, Reading reading)
    {
        var (streams, events) = (await place.Count("mt_streams"), await place.Count("mt_events"));
        return streams == events && events >= reading.Events ? reading : reading with { Wrong = $"{reading.Events} counted, {streams} streams and {events} events stored" };
    }
}
