using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Chaos.Ground;
using Training.Foundation;

namespace Training.Chaos.Load;

/// <summary>
/// The people of one group at the HTTP doors. A command is repeated with its id until it is acknowledged or refused; every tenth acknowledged
/// one is sent again all the same.
/// </summary>
sealed class Client(Site site, ClientLog log, string tenant, Random random) : IDisposable
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1), TokenLife = TimeSpan.FromMinutes(5);

    readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly LocalTokens tokens = new(site.PrivateKey, TimeProvider.System);
    readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Minted)> minted = [];

    public string Tenant => tenant;

    public async Task<Order> Send(Order order, HttpMethod method, string path, object? body, string role, CancellationToken ct)
    {
        log.Note(order);
        await Settle(order, method, path, body, role, ct);
        if (order.Reply == Reply.Acknowledged && Draw(10) == 0)
        {
            order.Repeated = true;
            order.Reply = Reply.Open;
            await Settle(order, method, path, body, role, ct);
            if (order.Reply == Reply.Refused) (order.Reply, order.OtherAnswer) = (Reply.Acknowledged, order.Code);
        }
        return order;
    }

    /// <summary>Asks until somebody answers; null for what does not exist.</summary>
    public async Task<JsonElement?> Get(string service, string path, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var request = Request(HttpMethod.Get, service, path, Role.GroupTrainingManager, attempt);
                using var response = await http.SendAsync(request, ct);
                if (response.IsSuccessStatusCode) return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(ct));
                if (response.StatusCode == HttpStatusCode.NotFound) return null;
            }
            catch (Exception exception) when (Lost(exception, ct)) { /* asked again below */ }
            await Task.Delay(200, ct);
        }
    }

    public void Dispose() => http.Dispose();

    async Task Settle(Order order, HttpMethod method, string path, object? body, string role, CancellationToken ct)
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            order.Attempts++;
            try
            {
                using var request = Request(method, order.Service, path, role, order.Attempts);
                request.Headers.Add(Header.CorrelationId, order.Id.ToString());
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
                using var response = await http.SendAsync(request, ct);
                if (response.IsSuccessStatusCode) { order.Reply = Reply.Acknowledged; return; }
                if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
                {
                    (order.Reply, order.Code) = (Reply.Refused, await CodeOf(response, ct));
                    return;
                }
            }
            catch (Exception exception) when (Lost(exception, ct)) { /* nobody knows whether it was heard */ }
            order.Unknown++;
            await Task.Delay(pause, ct);
        }
    }

    HttpRequestMessage Request(HttpMethod method, string service, string path, string role, int attempt)
    {
        var replicas = site.Of(service).ToList();
        // Whoever is not answered goes to the other replica.
        var address = replicas[(attempt + Environment.CurrentManagedThreadId) % replicas.Count].Process.Address;
        return new(method, new Uri(address, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token(role)) } };
    }

    static bool Lost(Exception exception, CancellationToken ct) =>
        exception is HttpRequestException or IOException or JsonException || exception is OperationCanceledException && !ct.IsCancellationRequested;

    static async Task<string> CodeOf(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try { return JsonElement.Parse(text).GetProperty("code").GetString() ?? ""; }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException) { return $"{(int)response.StatusCode}"; }
    }

    string Token(string role) => minted.AddOrUpdate(role, Mint, (_, old) => DateTimeOffset.UtcNow - old.Minted > TokenLife ? Mint(role) : old).Token;

    (string, DateTimeOffset) Mint(string role) => (tokens.For(tenant, $"chaos-{role}", role), DateTimeOffset.UtcNow);

    int Draw(int below)
    {
        lock (random) return random.Next(below);
    }
}
