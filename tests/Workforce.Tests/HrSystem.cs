using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Training.Workforce.Tests;

/// <summary>An HR system as an integrator would connect it: AMQP and JSON, nothing of ours.</summary>
public sealed class HrSystem(IConnection connection, IChannel channel) : IAsyncDisposable
{
    public const string Source = "/hr/test/YL";
    const string Queue = "workforce-hr-inbound";

    int sequence;

    public static async Task<HrSystem> Connect(string address)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
    }

    /// <summary>Sends a message, with the next sequence or the given one; the same id may be sent again.</summary>
    public async Task Send(string type, object data, string? id = null, string traceParent = "", string tenant = "YL", long? at = null)
    {
        var cloud = new Dictionary<string, object>
        {
            ["specversion"] = "1.0", ["id"] = id ?? Guid.NewGuid().ToString(), ["source"] = $"/hr/test/{tenant}", ["type"] = $"cn.trainingplatform.{type}",
            ["time"] = "2027-01-04T01:30:00Z", ["sequence"] = (at ?? Interlocked.Increment(ref sequence)).ToString("D12", CultureInfo.InvariantCulture), ["data"] = data,
        };
        if (traceParent != "") cloud["traceparent"] = traceParent;
        await SendRaw(JsonSerializer.Serialize(cloud), $"{type}.{tenant}");
    }

    public async Task SendRaw(string body, string routingKey) => await channel.BasicPublishAsync(
        "hr.inbound", routingKey, mandatory: true, new BasicProperties { ContentType = "application/cloudevents+json", Persistent = true }, Encoding.UTF8.GetBytes(body));

    public Task OpenEstate(string unit, int households = 100, object[]? posts = null, long? at = null) => Send("hr.orgunit.changed.v1", new
    {
        tenantId = "YL", orgUnitId = unit, op = "created", code = unit, name = "西溪别院", region = "HZ", legalEntity = "YL-HZ", kind = "V", households,
        timeZone = "Asia/Shanghai", posts = posts ?? [],
    }, at: at);

    public Task Hire(string person, string unit, string position = "SEC", string? id = null, string traceParent = "") =>
        Send("hr.employee.hired.v1", Hiring(person, unit, position), id, traceParent);

    public static object Hiring(string person, string unit, string position = "SEC") => new
    {
        tenantId = "YL", personId = person, employmentId = $"C-{person}", employeeNo = $"E-{person}", orgUnitId = unit, positionCode = position, hireDate = "2027-01-04",
    };

    public Task Roster(string roster, string unit, int revision, params string[] people) => Send("hr.roster.published.v1", new
    {
        rosterId = roster, orgUnitId = unit, revision, periodFrom = "2027-01-04", periodTo = "2027-01-10",
        shifts = new[] { new { postCode = "SEC", startsAt = "2027-01-04T08:00:00+08:00", endsAt = "2027-01-04T16:00:00+08:00", employmentIds = people.Select(person => $"C-{person}") } },
    });

    public Task DeleteQueue() => channel.QueueDeleteAsync(Queue);

    /// <summary>The broker closes the channel of whoever asks in vain.</summary>
    public async Task<bool> QueueExists()
    {
        await using var asking = await connection.CreateChannelAsync();
        try { return await asking.QueueDeclarePassiveAsync(Queue) is { ConsumerCount: > 0 }; }
        catch (OperationInterruptedException) { return false; }
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
