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
        await Administer($"create database \"{name}\"");
        return new NpgsqlConnectionStringBuilder(Setting("TRAINING_POSTGRES")) { Database = name }.ConnectionString;
    }

    public static Task DropDatabase(string name) => Administer($"drop database if exists \"{name}\" with (force)");

    /// <summary>Lets nobody in and throws out who is in, as if the server had gone.</summary>
    public static Task CloseDatabase(string name) => Administer(
        $"alter database \"{name}\" with allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");

    public static Task OpenDatabase(string name) => Administer($"alter database \"{name}\" with allow_connections true");

    static async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Setting("TRAINING_POSTGRES")) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
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

    /// <summary>Takes a contract's exchange off a receiving exchange, so that its messages find no queue.</summary>
    public static async Task Unbind(string host, string contract, string receiver)
    {
        using var management = Management();
        (await management.DeleteAsync($"api/bindings/{host}/e/{Uri.EscapeDataString(contract)}/e/{receiver}/~")).EnsureSuccessStatusCode();
    }

    public static async Task Bind(string host, string contract, string receiver)
    {
        using var management = Management();
        using var plain = new StringContent("{}", Encoding.UTF8, "application/json");
        (await management.PostAsync($"api/bindings/{host}/e/{Uri.EscapeDataString(contract)}/e/{receiver}", plain)).EnsureSuccessStatusCode();
    }

    /// <summary>Takes the first message off a queue, as text; null when there is none.</summary>
    public static async Task<string?> Take(string host, string queue)
    {
        using var management = Management();
        using var one = new StringContent("""{"count":1,"ackmode":"ack_requeue_false","encoding":"auto"}""", Encoding.UTF8, "application/json");
        var answer = await management.PostAsync($"api/queues/{host}/{queue}/get", one);
        return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() is { Length: > 2 } text ? text : null;
    }

    /// <summary>How many messages wait or are at work in the queues of a virtual host whose names contain <paramref name="like"/>.</summary>
    public static async Task<long> MessagesWaiting(string host, string like = "")
    {
        using var management = Management();
        var queues = JsonElement.Parse(await management.GetByteArrayAsync($"api/queues/{host}"));
        return queues.EnumerateArray().Where(queue => queue.GetProperty("name").GetString()?.Contains(like, StringComparison.Ordinal) == true)
            .Sum(queue => queue.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0);
    }

    /// <summary>Cuts every connection to a virtual host, as a broken network would.</summary>
    public static async Task CutConnections(string host)
    {
        using var management = Management();
        var connections = JsonElement.Parse(await management.GetByteArrayAsync($"api/vhosts/{host}/connections"));
        foreach (var connection in connections.EnumerateArray()) await management.DeleteAsync($"api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString() ?? "")}");
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
