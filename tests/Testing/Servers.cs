using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Training.Testing;

/// <summary>The real PostgreSQL and RabbitMQ that tests run on; <c>tests/run</c> starts them and names them in the environment.</summary>
public static class Servers
{
    static string Setting(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set. Use tests/run, or: deploy/servers start .run/dev && set -a && . .run/dev/servers.env");

    /// <summary>Creates an empty database and answers its connection string.</summary>
    public static async Task<string> NewDatabase(string name)
    {
        var server = new NpgsqlConnectionStringBuilder(Setting("TRAINING_POSTGRES"));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    public static async Task DropDatabase(string name)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Setting("TRAINING_POSTGRES")) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database if exists \"{name}\" with (force)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    /// <summary>Creates an empty virtual host and answers its AMQP address.</summary>
    public static async Task<string> NewVirtualHost(string name)
    {
        using var management = Management();
        (await management.PutAsync($"api/vhosts/{name}", null)).EnsureSuccessStatusCode();
        using var all = new StringContent("""{"configure":".*","write":".*","read":".*"}""", Encoding.UTF8, "application/json");
        (await management.PutAsync($"api/permissions/{name}/{new Uri(Setting("TRAINING_RABBITMQ")).UserInfo.Split(':')[0]}", all)).EnsureSuccessStatusCode();
        return new Uri(new Uri(Setting("TRAINING_RABBITMQ")), name).ToString();
    }

    public static async Task DropVirtualHost(string name)
    {
        using var management = Management();
        (await management.DeleteAsync($"api/vhosts/{name}")).EnsureSuccessStatusCode();
    }

    /// <summary>How many messages wait or are at work in the queues of a virtual host whose names contain <paramref name="like"/>.</summary>
    public static async Task<long> MessagesWaiting(string virtualHost, string like = "")
    {
        using var management = Management();
        var queues = JsonElement.Parse(await management.GetByteArrayAsync($"api/queues/{virtualHost}"));
        return queues.EnumerateArray().Where(queue => queue.GetProperty("name").GetString()?.Contains(like, StringComparison.Ordinal) == true)
            .Sum(queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0);
    }

    static HttpClient Management()
    {
        var address = new Uri(Setting("TRAINING_RABBITMQ_MANAGEMENT"));
        return new()
        {
            BaseAddress = new Uri($"{address.Scheme}://{address.Authority}/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))) },
        };
    }
}
