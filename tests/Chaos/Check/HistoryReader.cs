using System.Collections.Concurrent;
using System.Text.Json;
using JasperFx.Events;
using Npgsql;
using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Check;

/// <summary>Reads what the services have stored, and lets each say what it publishes.</summary>
static class HistoryReader
{
    /// <summary>What Marten puts in place of facts that were refused after they had drawn their numbers.</summary>
    const string Tombstone = "tombstone";

    static readonly JsonSerializerOptions House = MakeHouse();
    static readonly ConcurrentDictionary<string, Type?> Types = [];

    static readonly Dictionary<string, Func<IEvent, object?>> Translations = new()
    {
        ["Workforce"] = Workforce.Published.Translate,
        ["NeedsAssessment"] = NeedsAssessment.Published.Translate,
        ["Catalogue"] = Catalogue.Published.Translate,
        ["Scheduling"] = Scheduling.Published.Translate,
        ["Budgeting"] = Budgeting.Published.Translate,
        ["Evaluation"] = Evaluation.Published.Translate,
    };

    public static Task<IReadOnlyList<StoredFact>> Facts(Site site, string service, long from = 0, int limit = int.MaxValue) => Rows(site, service, $"""
        select seq_id, id, stream_id, version, tenant_id, type, mt_dotnet_type, correlation_id, causation_id, headers ->> '{Header.Actor}', data
        from mt_events where seq_id >= {from} and type <> '{Tombstone}' order by seq_id limit {limit}
        """, row =>
    {
        var data = Parse(row, 10);
        return new StoredFact(service, row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetString(4), row.GetString(5), Text(row, 7), Text(row, 8), Text(row, 9),
            data, Translate(service, Text(row, 6), data));
    });

    public static Task<IReadOnlyList<StreamHead>> Streams(Site site, string service) => Rows(site, service,
        $"select id, tenant_id, version from mt_streams where id not in (select stream_id from mt_events where type = '{Tombstone}')", row => new StreamHead(service, row.GetGuid(0), row.GetString(1), row.GetInt64(2)));

    public static Task<IReadOnlyList<Mark>> Marks(Site site, string service) => Rows(site, service,
        "select id, tenant_id, (data ->> 'seen')::bigint, (data ->> 'parked')::boolean, array(select jsonb_array_elements_text(data -> 'recent')::bigint) from mt_doc_watermark", row =>
        {
            var id = row.GetString(0).Split('/');
            return new Mark(service, row.GetString(1), id[0], Guid.Parse(id[1]), row.GetInt64(2), row.GetBoolean(3), row.GetFieldValue<long[]>(4));
        });

    public static Task<IReadOnlyList<ParkedLetter>> Parked(Site site, string service) => Rows(site, service,
        "select tenant_id, data ->> 'queue', (data ->> 'stream')::uuid, concat(data ->> 'code', ': ', data ->> 'reason') from mt_doc_parkedmessage",
        row => new ParkedLetter(service, row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetString(3)));

    /// <summary>All documents of a service but those the inbox and the quarantine keep for themselves.</summary>
    public static async Task<IReadOnlyList<Kept>> Documents(Site site, string service)
    {
        var tables = await Rows(site, service, """
            select table_name::text from information_schema.columns
            where table_schema = 'public' and column_name = 'tenant_id' and table_name like 'mt_doc_%'
                and table_name not in ('mt_doc_watermark', 'mt_doc_parkedmessage', 'mt_doc_quarantinedbody', 'mt_doc_seenevent')
            """, row => row.GetString(0));
        List<Kept> documents = [];
        foreach (var table in tables)
            documents.AddRange(await Rows(site, service, $"select id::text, tenant_id, data from {table}", row => new Kept(service, table["mt_doc_".Length..], row.GetString(1), row.GetString(0), Parse(row, 2))));
        return documents;
    }

    static async Task<IReadOnlyList<T>> Rows<T>(Site site, string service, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = site.Store(service).CreateCommand(sql);
        command.CommandTimeout = 300;
        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    static Message? Translate(string service, string dotnetType, JsonElement data)
    {
        if (Types.GetOrAdd(dotnetType, name => Type.GetType(name, throwOnError: false)) is not { } type || data.Deserialize(type, House) is not { } fact) return null;
        var wrapped = (IEvent?)Activator.CreateInstance(typeof(Event<>).MakeGenericType(type), fact) ?? throw new InvalidOperationException($"No event of {type}.");
        return Translations[service](wrapped) is { } contract
            ? new($"{contract.GetType().Namespace}:{contract.GetType().Name}", JsonSerializer.SerializeToElement(contract, contract.GetType(), House))
            : null;
    }

    static JsonElement Parse(NpgsqlDataReader row, int column) => JsonElement.Parse(row.GetString(column));

    static string Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    static JsonSerializerOptions MakeHouse()
    {
        var options = new JsonSerializerOptions();
        options.UseHouseStyle();
        return options;
    }
}
