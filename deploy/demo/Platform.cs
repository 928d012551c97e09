using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Training.Foundation;

namespace Training.Demo;

/// <summary>A service said no, for a reason that asking again doesn't change.</summary>
public sealed class Refused(string request, HttpStatusCode status, string code, string detail) : Exception($"{request}: {(int)status} {code}: {detail}")
{
    public HttpStatusCode Status { get; } = status;
    public string Code { get; } = code;
}

/// <summary>
/// The services' HTTP doors. Every command of the demo may be repeated, so whatever goes wrong on the way is tried again until the service
/// is back.
/// </summary>
public sealed class Platform : IDisposable
{
    public const int Parallelism = 5;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), LongestPause = TimeSpan.FromSeconds(2), TokenLife = TimeSpan.FromMinutes(5);
    static readonly JsonSerializerOptions Json = MakeJson();

    readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Minted)> minted = [];
    readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2 * Parallelism }) { Timeout = Patience };
    readonly IReadOnlyDictionary<string, Uri> services;
    readonly TokenSource tokens;
    readonly TimeProvider clock;
    readonly string tenant;

    public Platform(IReadOnlyDictionary<string, Uri> services, TokenSource tokens, string tenant, TimeProvider clock) =>
        (this.services, this.tokens, this.clock, this.tenant) = (services, tokens, clock, tenant);

    public Task<JsonElement> Get(string service, string path, CancellationToken ct) => Send(HttpMethod.Get, service, path, null, Role.GroupTrainingManager, ct);

    public Task<JsonElement> Put(string service, string path, object? body, string role, CancellationToken ct) => Send(HttpMethod.Put, service, path, body, role, ct);

    public Task<JsonElement> Post(string service, string path, object? body, string role, CancellationToken ct) => Send(HttpMethod.Post, service, path, body, role, ct);

    /// <summary>All items of a list, however many pages it has.</summary>
    public async Task<IReadOnlyList<JsonElement>> List(string service, string path, CancellationToken ct)
    {
        const int page = 5_000;
        List<JsonElement> items = [];
        while (true)
        {
            var answer = await Get(service, $"{path}{(path.Contains('?') ? '&' : '?')}skip={items.Count}&take={page}", ct);
            var before = items.Count;
            items.AddRange(answer.GetProperty("items").EnumerateArray());
            if (items.Count == before || items.Count >= answer.GetProperty("total").GetInt64()) return items;
        }
    }

    /// <summary>Waits until an outcome is there; says what was missing when it does not come.</summary>
    public static async Task Until(string what, Func<Task<bool>> reached, CancellationToken ct, double seconds = 0.25)
    {
        for (var watch = Stopwatch.StartNew(); !await reached();)
        {
            if (watch.Elapsed > 1.5 * Patience) throw new TimeoutException($"Waited {watch.Elapsed.TotalSeconds:0} s in vain until {what}.");
            await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
        }
    }

    public static Task Each<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> work, CancellationToken ct, int parallelism = Parallelism)
    {
        var action = Activity.Current;
        return Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = ct }, (item, token) =>
        {
            Activity.Current = action;
            return work(item, token);
        });
    }

    public void Dispose() => http.Dispose();

    async Task<JsonElement> Send(HttpMethod method, string service, string path, object? body, string role, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            Exception failure;
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(services[service], path));
                if (role != "") request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOf(role, ct));
                if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
                using var response = await http.SendAsync(request, ct);
                if (response.IsSuccessStatusCode) return await Read(response, ct);
                failure = await Problem($"{method} {service} {path}", response, ct);
                if (!MayPass(response.StatusCode)) throw failure;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || exception is TaskCanceledException && !ct.IsCancellationRequested)
            {
                failure = exception;
            }
            if (watch.Elapsed > Patience) throw new TimeoutException($"{method} {service} {path} failed for {watch.Elapsed.TotalSeconds:0} s.", failure);
            await Task.Delay(pause, ct);
        }
    }

    static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    static async Task<JsonElement> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsByteArrayAsync(ct);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    static async Task<Refused> Problem(string request, HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            var problem = JsonElement.Parse(text);
            return new(request, response.StatusCode, problem.GetProperty("code").GetString() ?? "", problem.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new(request, response.StatusCode, "", text);
        }
    }

    async Task<string> TokenOf(string role, CancellationToken ct)
    {
        if (minted.TryGetValue(role, out var kept) && clock.GetUtcNow() - kept.Minted < TokenLife) return kept.Token;
        var token = await tokens(tenant, role, ct);
        minted[role] = (token, clock.GetUtcNow());
        return token;
    }

    static JsonSerializerOptions MakeJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        json.UseHouseStyle();
        return json;
    }
}
