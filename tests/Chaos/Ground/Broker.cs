using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Training.Foundation;

namespace Training.Chaos.Ground;

/// <summary>A queue of a service that hears of a contract.</summary>
sealed record Subscription(string Contract, string Service, string Queue);

/// <summary>A queue as the broker counts it, some seconds late; <c>Messages</c> are those ready and those at work, <c>Handled</c> those acknowledged since the broker's start.</summary>
sealed record QueueState(string Name, long Messages, long Ready, long Consumers, long Handled)
{
    /// <summary>Where messages lie that nobody could handle, and nobody takes any.</summary>
    public bool IsOfTheDead => Name.EndsWith("_error", StringComparison.Ordinal) || Name.EndsWith("_skipped", StringComparison.Ordinal);

    public override string ToString() => $"{Name}: {Ready} ready, {Messages - Ready} at work, {Consumers} consumers";
}

/// <summary>A message as the outbox of a service would send it.</summary>
sealed record Letter(Guid Id, string Contract, string Tenant, Guid Stream, long Version, string Correlation, JsonElement Body);

/// <summary>The broker seen from outside: its management, and a publisher of copies.</summary>
sealed class Broker(int port) : IDisposable
{
    readonly HttpClient management = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port + 1}/"),
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8)) },
    };

    public string Address { get; } = $"amqp://guest:guest@127.0.0.1:{port}/";

    sealed record Binding(string Source, string Destination, string Destination_type);

    /// <summary>Who hears of what, as declared by the services themselves.</summary>
    public async Task<IReadOnlyList<Subscription>> Subscriptions(IEnumerable<string> services)
    {
        var names = services.ToDictionary(service => service.ToLowerInvariant());
        var bindings = await management.GetFromJsonAsync<Binding[]>("api/bindings/%2F", JsonSerializerOptions.Web) ?? [];
        return
        [
            .. from binding in bindings
               where binding.Source.StartsWith("Training.Contracts.", StringComparison.Ordinal) && binding.Destination_type == "exchange"
               let service = names.GetValueOrDefault(binding.Destination.Split('-')[0])
               where service is not null
               orderby binding.Source, binding.Destination
               select new Subscription(binding.Source, service, binding.Destination),
        ];
    }

    public Task Unbind(Subscription from) => Send(HttpMethod.Delete, $"{Path(from)}/~");

    public Task Bind(Subscription to) => Send(HttpMethod.Post, Path(to));

    /// <summary>Closes connections whose clients are services, so that what they had not acknowledged is queued again.</summary>
    public async Task<int> CloseConnections()
    {
        // The broker's own account of them is some seconds late.
        JsonElement[] connections = [];
        await Eventually.True(async () => (connections = await management.GetFromJsonAsync<JsonElement[]>("api/connections", JsonSerializerOptions.Web) ?? []).Length > 0, "the broker lists its connections", TimeSpan.FromSeconds(20));
        foreach (var connection in connections)
            await Send(HttpMethod.Delete, $"api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString() ?? "")}");
        return connections.Length;
    }

    /// <summary>Messages of a queue that the broker has not counted yet, as after its start.</summary>
    const long Unknown = -1;

    public async Task<IReadOnlyList<QueueState>> Queues() =>
    [
        .. (await management.GetFromJsonAsync<JsonElement[]>("api/queues/%2F", JsonSerializerOptions.Web) ?? []).Select(queue => new QueueState(
            queue.GetProperty("name").GetString() ?? "", Count(queue, "messages"), Count(queue, "messages_ready"), Count(queue, "consumers"),
            queue.TryGetProperty("message_stats", out var stats) ? Count(stats, "ack") : Unknown)),
    ];

    static long Count(JsonElement queue, string what) => queue.TryGetProperty(what, out var count) ? count.GetInt64() : Unknown;

    /// <summary>Publishes letters in this order, confirmed and mandatory; <paramref name="more"/> are members their readers don't know.</summary>
    public async Task Publish(IEnumerable<Letter> letters, object? more = null)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Address), ClientProvidedName = "chaos" }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        foreach (var letter in letters)
            try
            {
                await channel.BasicPublishAsync(letter.Contract, "", mandatory: true,
                    new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true, MessageId = letter.Id.ToString() }, Envelope(letter, more));
            }
            // Its binding is gone at the moment.
            catch (PublishException returned) when (returned.IsReturn) { }
    }

    public void Dispose() => management.Dispose();

    static byte[] Envelope(Letter letter, object? more)
    {
        var body = letter.Body.Deserialize<Dictionary<string, object?>>() ?? [];
        if (more is not null) body["addedLater"] = more;
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            messageId = letter.Id,
            messageType = new[] { $"urn:message:{letter.Contract}" },
            message = body,
            headers = new Dictionary<string, object>
            {
                [Header.Tenant] = letter.Tenant, [Header.Stream] = letter.Stream.ToString(), [Header.Version] = letter.Version, [Header.CorrelationId] = letter.Correlation,
            },
        });
    }

    static string Path(Subscription subscription) => $"api/bindings/%2F/e/{Uri.EscapeDataString(subscription.Contract)}/e/{subscription.Queue}";

    async Task Send(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await management.SendAsync(request);
        // What is not there any more need not be taken away.
        if (response.StatusCode != System.Net.HttpStatusCode.NotFound) response.EnsureSuccessStatusCode();
    }
}
