using System.Globalization;
using Npgsql;
using Training.Testing;

namespace Training.Benchmarks.Messaging;

/// <summary>A database and a virtual host for one side of one round.</summary>
sealed record Place(string Name, string Store, string Bus) : IAsyncDisposable
{
    public async Task<string> Ask(string sql)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }

    public async Task<long> Count(string table) => long.Parse(await Ask($"select count(*) from {table}"), CultureInfo.InvariantCulture);

    public async Task Execute(string sql)
    {
        await using var connection = await Open();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Servers.DropVirtualHost(Name);
        await Servers.DropDatabase(Name);
    }

    async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Store) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
