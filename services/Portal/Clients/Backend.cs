using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Training.Foundation;
using Training.Portal.SignIn;

namespace Training.Portal.Clients;

/// <summary>How a service answered.</summary>
public enum Reply { Given, Refused, Silent }

/// <summary>That a service refuses to show something or doesn't answer is a state of the page, not an error.</summary>
public record Answer(Reply Reply)
{
    public bool Given => Reply == Reply.Given;
}

/// <summary>What a service answered; nothing where there is no such thing.</summary>
public sealed record Answer<T>(T? Value, Reply Reply = Reply.Given) : Answer(Reply) where T : class;

/// <summary>What became of a command. A refusal has the stable code of the rule and the service's words.</summary>
public sealed record Outcome(bool Done, string Code, string Text)
{
    public static readonly Outcome Ok = new(true, "", "");
    public static readonly Outcome Unreachable = new(false, "unreachable", "");
}

/// <summary>Answers of a moment ago, until somebody changes something.</summary>
public sealed class Recent(IMemoryCache cache)
{
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);
    readonly ConcurrentDictionary<string, int> changes = new();

    internal Task<T> Get<T>(string visitor, string service, string path, Func<Task<T>> ask) where T : class =>
        cache.GetOrCreate((visitor, service, path, typeof(T), changes.GetValueOrDefault(service)), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Moment;
            return ask();
        }) ?? ask();

    internal void Changed(string service) => changes.AddOrUpdate(service, 1, (_, count) => count + 1);
}

/// <summary>
/// Asks the services on behalf of the visitor. An answer serves him for a moment: a page asks twice while it becomes interactive.
/// </summary>
public sealed class Backend(HttpClient http, SignIn.Visitor visitor, Recent recent, IConfiguration configuration, ILogger<Backend> log)
{
    /// <summary>For a command that works through a whole plan or region: stopped halfway, it leaves the rest undone.</summary>
    public static readonly TimeSpan WholePlan = TimeSpan.FromMinutes(15);

    static readonly JsonSerializerOptions Json = Options();
    readonly TimeSpan patience = configuration.GetValue("Patience", TimeSpan.FromSeconds(10));

    public async Task<Answer<T>> Get<T>(string service, string path) where T : class =>
        await recent.Get(await visitor.Session(), service, path, () => Ask<T>(service, path));

    public Task<Outcome> Post(string service, string path, object? body = null, TimeSpan? within = null) => Send(HttpMethod.Post, service, path, body, within);
    public Task<Outcome> Put(string service, string path, object? body = null) => Send(HttpMethod.Put, service, path, body);
    public Task<Outcome> Delete(string service, string path) => Send(HttpMethod.Delete, service, path, null);

    public async Task<(Outcome Outcome, T? Value)> Post<T>(string service, string path, object body, TimeSpan? within = null) where T : class
    {
        T? value = null;
        return (await Send(HttpMethod.Post, service, path, body, within, async content => value = await content.ReadFromJsonAsync<T>(Json)), value);
    }

    async Task<Answer<T>> Ask<T>(string service, string path) where T : class
    {
        if (Address(service, path) is not { } address) return new(null, Reply.Silent);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await Sign(request);
            using var response = await http.SendAsync(request, limit.Token);
            if (response.StatusCode == HttpStatusCode.Forbidden) return new(null, Reply.Refused);
            if (response.StatusCode == HttpStatusCode.NotFound) return new(null);
            response.EnsureSuccessStatusCode();
            return new(await response.Content.ReadFromJsonAsync<T>(Json));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException or SignedOut)
        {
            log.LogWarning(exception, "{Service} did not answer {Path}", service, Told(request, path));
            return new(null, Reply.Silent);
        }
    }

    async Task<Outcome> Send(HttpMethod method, string service, string path, object? body, TimeSpan? within = null, Func<HttpContent, Task>? read = null)
    {
        if (Address(service, path) is not { } address) return Outcome.Unreachable;
        using var request = new HttpRequestMessage(method, address);
        using var limit = new CancellationTokenSource(within ?? patience);
        try
        {
            await Sign(request);
            if (body is string text) request.Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
            else if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
            using var response = await http.SendAsync(request, limit.Token);
            recent.Changed(service);
            if (!response.IsSuccessStatusCode) return await Refusal(response);
            if (read is not null) await read(response.Content);
            return Outcome.Ok;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException or SignedOut)
        {
            log.LogWarning(exception, "{Service} did not answer {Method} {Path}", service, method, Told(request, path));
            return Outcome.Unreachable;
        }
    }

    Uri? Address(string service, string path) => configuration[$"Services:{service}"] is { } address ? new Uri(new Uri(address), path) : null;

    async Task Sign(HttpRequestMessage request)
    {
        if (await visitor.AccessToken() is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>What anybody may ask has a secret in its path: the link of a survey, the number of a certificate.</summary>
    static string Told(HttpRequestMessage request, string path) => request.Headers.Authorization is null ? "a public path" : path;

    sealed record Problem(string? Code, string? Detail, string? Title);

    static async Task<Outcome> Refusal(HttpResponseMessage response)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<Problem>(Json);
            return new(false, problem?.Code ?? "unexpected", problem?.Detail ?? problem?.Title ?? "");
        }
        catch (JsonException) { return new(false, "unexpected", response.ReasonPhrase ?? ""); }
    }

    static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.UseHouseStyle();
        return options;
    }
}

/// <summary>A piece of a list.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Items, long Total);
