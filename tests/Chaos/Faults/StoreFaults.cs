using Npgsql;

namespace Training.Chaos.Faults;

static class StoreFaults
{
    public const string Progress = "select coalesce((select last_seq_id from mt_event_progression where name like 'outbox:%'), 0)";

    /// <summary>Holds what a command needs at its end, after it has drawn its sequence numbers: they are committed late, behind newer ones.</summary>
    public static async Task<string> SlowTransaction(Scene scene)
    {
        await using var connection = await scene.Site.Store(scene.Planned.Target).OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("select id from mt_doc_budgetline order by random() limit 3 for update", connection, transaction)) await command.ExecuteNonQueryAsync();
        await scene.Last();
        await transaction.RollbackAsync();
        return "";
    }

    /// <summary>Draws sequence numbers that are never used, and keeps the transaction open for a while.</summary>
    public static async Task<string> RolledBackTransaction(Scene scene)
    {
        await using var connection = await scene.Site.Store(scene.Planned.Target).OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"select nextval('mt_events_sequence') from generate_series(1, {scene.Random.Next(1, 8)})", connection, transaction)) await command.ExecuteNonQueryAsync();
        await scene.Last();
        await transaction.RollbackAsync();
        return "";
    }

    /// <summary>A fact of a type nobody knows: the outbox must not pass it. It is taken out again, and the outbox goes on.</summary>
    public static async Task<string> PoisonEvent(Scene scene)
    {
        var (service, stream, id) = (scene.Planned.Target, Id(scene.Random), Id(scene.Random));
        await Execute(scene.Site.Store(service), $$"""
            insert into mt_streams (id, version, tenant_id) values ('{{stream}}', 1, 'YA');
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type)
            values (nextval('mt_events_sequence'), '{{id}}', '{{stream}}', 1, '{}', 'nobody_knows_this', now(), 'YA', 'Training.Nobody.KnowsThis, Training.Nobody');
            """);
        try
        {
            var poison = await scene.Site.Ask<long>(service, "select seq_id from mt_events where id = $1", id);
            await scene.Last();
            await Eventually.True(async () => await scene.Site.Ask<long>(service, "select coalesce(max(seq_id), 0) from mt_events") > poison, "facts are appended behind the poison", TimeSpan.FromSeconds(20));
            if (await scene.Site.Ask<long>(service, Progress) >= poison) throw new PromiseBroken($"The outbox of {service} passed a fact it can't read.");
        }
        finally
        {
            await Execute(scene.Site.Store(service), $"delete from mt_events where id = '{id}'; delete from mt_streams where id = '{stream}';");
        }
        return "";
    }

    /// <summary>The outbox forgets how far it was: everything goes out again.</summary>
    public static async Task<string> Rewound(Scene scene)
    {
        const long AtMost = 4_000;
        var members = scene.Site.Of(scene.Planned.Target).ToList();
        foreach (var member in members) await scene.Site.Kill(member);
        var was = await scene.Site.Ask<long>(scene.Planned.Target, Progress);
        await Execute(scene.Site.Store(scene.Planned.Target), was <= AtMost
            ? "delete from mt_event_progression where name like 'outbox:%'"
            : $"update mt_event_progression set last_seq_id = {was - AtMost} where name like 'outbox:%'");
        foreach (var member in members) scene.Site.Start(member);
        return $"by {Math.Min(was, AtMost)} facts";
    }

    public static async Task<string> DiskFull(Scene scene)
    {
        if (scene.Site.Servers.SmallSpace == "") return "skipped: only root can mount a file system of limited size";
        await scene.Site.Servers.Limit(64 * 1024);
        try { await scene.Last(); }
        finally { await scene.Site.Servers.Widen(); }
        return "";
    }

    static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    static async Task Execute(NpgsqlDataSource store, string sql)
    {
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
