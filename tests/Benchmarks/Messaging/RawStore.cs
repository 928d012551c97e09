using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Training.Benchmarks.Messaging;

/// <summary>
/// The physical limit of the store: the rows the platform writes, into the platform's own tables, with Npgsql alone, prepared, in as few trips as can be.
/// <c>asText</c>: as a store must that can't prepare (ADR 0035) and commits by itself: planned anew each time, and a trip for the commit.
/// </summary>
sealed class RawStore(Place place, bool asText = false) : IAsyncDisposable
{
    public const string InsertStream = "insert into mt_streams (id, type, version, timestamp, tenant_id) values ($1, 'signal_stream', $2, now(), 'YL')",
        InsertEvent = """
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers)
            values (nextval('mt_events_sequence'), $1, $2, $3, $4, 'signal_recorded', now(), 'YL', 'Training.Benchmarks.Messaging.SignalRecorded, Training.Benchmarks', $5, '', $6)
            """;
    const string Headers = """{"tp-actor":"benchmark","traceparent":"00-00000000000000000000000000000000-0000000000000000-01"}""";

    readonly NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(place.Store) { MaxAutoPrepare = asText ? 0 : 20, AutoPrepareMinUsages = 2 }.ConnectionString);

    /// <summary>A stream row and an event row, one transaction; prepared, one trip.</summary>
    public async Task Append(Guid stream, SignalRecorded fact)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = asText ? await connection.BeginTransactionAsync() : null;
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Command(InsertStream, stream, 1L), Event(stream, 1, fact) },
        };
        await batch.ExecuteNonQueryAsync();
        if (transaction is not null) await transaction.CommitAsync();
    }

    /// <summary>The snapshot read and locked; then event, stream and snapshot written; then the commit.</summary>
    public async Task Decide(Guid stream, SignalRecorded fact)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        long version;
        await using (var select = new NpgsqlCommand("""
            select snapshot.data, stream.version from mt_doc_signalstream snapshot join mt_streams stream on stream.id = snapshot.id and stream.tenant_id = snapshot.tenant_id
            where snapshot.id = $1 and snapshot.tenant_id = 'YL' for update of snapshot
            """, connection, transaction) { Parameters = { Value(stream) } })
        await using (var reader = await select.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync()) throw new InvalidOperationException("No snapshot.");
            version = reader.GetInt64(1) + 1;
        }
        var snapshot = Encoding.UTF8.GetBytes($$"""{"id":"{{stream}}","count":{{version}}}""");
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Event(stream, version, fact),
                Command("update mt_streams set version = $2, timestamp = now() where id = $1 and tenant_id = 'YL'", stream, version),
                Command("update mt_doc_signalstream set data = $2, mt_version = $3 where id = $1 and tenant_id = 'YL'", stream, snapshot, (int)version),
            },
        };
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>What a subscriber writes for each message: a watermark and an effect, one trip, one transaction.</summary>
    public async Task Take(IReadOnlyList<(Guid Message, Guid Stream, string SentAt)> messages)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (message, stream, sentAt) in messages)
        {
            var id = $"subscriber-signal-noted/{stream}";
            batch.BatchCommands.Add(Command("insert into mt_doc_watermark (tenant_id, id, data, mt_version) values ('YL', $1, $2, $3)",
                id, Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","seen":1,"parked":false}"""), Guid.NewGuid()));
            batch.BatchCommands.Add(Command("insert into mt_doc_signaleffect (tenant_id, id, data, mt_version) values ('YL', $1, $2, $3)",
                message, Encoding.UTF8.GetBytes($$"""{"id":"{{message}}","sentAt":"{{sentAt}}"}"""), Guid.NewGuid()));
        }
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    static NpgsqlBatchCommand Event(Guid stream, long version, SignalRecorded fact) =>
        Command(InsertEvent, Guid.CreateVersion7(), stream, version, Signals.Json(fact), Guid.NewGuid().ToString("N"), Encoding.UTF8.GetBytes(Headers));

    static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(Value(value));
        return command;
    }

    static NpgsqlParameter Value(object value) =>
        value is byte[] json ? new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb } : new() { Value = value };
}
