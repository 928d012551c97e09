using System.Globalization;
using System.Text;
using System.Text.Json;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;

namespace Training.Benchmarks.Messaging;

/// <summary>What all signals of one estate say together.</summary>
sealed class EstateSignals
{
    public string Id { get; set; } = "";
    public int Signals { get; set; }
    public long Households { get; set; }
}

/// <summary>Many streams, one view.</summary>
sealed partial class EstateSignalsProjection : MultiStreamProjection<EstateSignals, string>
{
    public EstateSignalsProjection() => Identity<SignalRecorded>(recorded => recorded.Body.Estate);

    public static void Apply(SignalRecorded recorded, EstateSignals view)
    {
        view.Signals++;
        view.Households += recorded.Body.Household;
    }
}

/// <summary>Rebuild: 300,000 events into one multi-stream projection. The limit reads and deserializes all rows and copies the result in.</summary>
static class B14Rebuild
{
    const double PerSecond = 15_000;
    const int EventsPerStream = 10;

    public static async Task<Outcome> Run(Rig rig)
    {
        var count = rig.Extent.Quick ? 20_000 : 300_000;
        var measured = await Rig.Repeat(1,
            new("raw", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b14-raw");
                await using var platform = await Platform.Build(Platform.Sender, place, _ => null, Project);
                await Fill(place, count, Platform.Tenant);
                return await Timed(rig, place, count, () => ReadAndCopy(place));
            }),
            new("platform", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b14-platform");
                await using var platform = await Platform.Build(Platform.Sender, place, _ => null, Project);
                await Fill(place, count, Platform.Tenant);
                return await Timed(rig, place, count, () => Rebuild(platform.Store));
            }),
            new("marten", async _ =>
            {
                await using var place = await rig.Servers.NewPlace("b14-marten");
                await using var store = await PlainMarten.Store(place, options =>
                {
                    // The stored rows are the same on all sides, so this one reads camelCase, too.
                    options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
                    Project(options);
                });
                await Fill(place, count, "*DEFAULT*");
                return await Timed(rig, place, count, () => Rebuild(store));
            }));
        return measured.Outcome("B14", $">={PerSecond:0}_events/s", measured.Rates("platform", "raw"), (_, ours) => ours.PerSecond >= PerSecond,
            ("times_marten", measured.Rates("platform", "marten").Median));
    }

    static void Project(StoreOptions store) => store.Projections.Add<EstateSignalsProjection>(ProjectionLifecycle.Async);

    static async Task Rebuild(IDocumentStore store)
    {
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<EstateSignalsProjection>(TimeSpan.FromMinutes(10), CancellationToken.None);
    }

    static async Task<Reading> Timed(Rig rig, Place place, int count, Func<Task> rebuild)
    {
        var (start, before) = (Clock.Now, rig.Cpu.Now());
        await rebuild();
        var (end, used) = (Clock.Now, rig.Cpu.Now() - before);
        var counted = await place.Ask("select coalesce(sum((data ->> 'signals')::int), 0) || ' signals, ' || coalesce(sum((data ->> 'households')::bigint), 0) || ' households' from mt_doc_estatesignals");
        var expected = await place.Ask("select count(*) || ' signals, ' || sum((data -> 'body' ->> 'household')::bigint) || ' households' from mt_events");
        return Reading.OfRate(count, end - start, used, counted == expected ? "" : $"{counted} of {expected}");
    }

    static async Task ReadAndCopy(Place place)
    {
        await using var connection = new NpgsqlConnection(place.Store);
        await connection.OpenAsync();
        var views = new Dictionary<string, EstateSignals>();
        await using (var select = new NpgsqlCommand("select data from mt_events order by seq_id", connection))
        await using (var reader = await select.ExecuteReaderAsync())
            while (await reader.ReadAsync())
            {
                var recorded = JsonSerializer.Deserialize<SignalRecorded>(reader.GetFieldValue<byte[]>(0), Signals.House) ?? throw new InvalidOperationException("An empty event.");
                if (!views.TryGetValue(recorded.Body.Estate, out var view)) views.Add(recorded.Body.Estate, view = new() { Id = recorded.Body.Estate });
                EstateSignalsProjection.Apply(recorded, view);
            }
        await using var copy = await connection.BeginBinaryImportAsync("copy mt_doc_estatesignals (tenant_id, id, data) from stdin (format binary)");
        foreach (var view in views.Values)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(Platform.Tenant, NpgsqlDbType.Varchar);
            await copy.WriteAsync(view.Id, NpgsqlDbType.Varchar);
            await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(view, Signals.House), NpgsqlDbType.Jsonb);
        }
        await copy.CompleteAsync();
    }

    /// <summary>Inside the server, because loading is not what is measured.</summary>
    static async Task Fill(Place place, int count, string tenant)
    {
        var (head, tail) = Split(Encoding.UTF8.GetString(Signals.Json(Signals.Make(0))));
        await place.Execute(string.Create(CultureInfo.InvariantCulture, $$"""
            insert into mt_streams (id, version, tenant_id) select md5('stream' || n)::uuid, {{EventsPerStream}}, '{{tenant}}' from generate_series(0, {{(count / EventsPerStream) - 1}}) n;
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type)
            select n + 1, md5('event' || n)::uuid, md5('stream' || n / {{EventsPerStream}})::uuid, n % {{EventsPerStream}} + 1,
                ('{{head}}' || lpad((n % {{Signals.Estates}})::text, 4, '0') || '{{tail}}')::jsonb,
                'signal_recorded', now(), '{{tenant}}', 'Training.Benchmarks.Messaging.SignalRecorded, Training.Benchmarks'
            from generate_series(0, {{count - 1}}) n;
            select setval('mt_events_sequence', {{count}});
            analyze mt_streams;
            analyze mt_events;
            """));
    }

    static (string Head, string Tail) Split(string json)
    {
        const string estate = "estate-";
        var at = json.IndexOf(estate, StringComparison.Ordinal) + estate.Length;
        return (json[..at], json[(at + 4)..]);
    }
}
