using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Training.Foundation;
using Training.Portal.SignIn;

namespace Training.Portal.Clients;

/// <summary>What a service answered; a service that doesn't answer is a state of the page, not an error.</summary>
public sealed record Answer<T>(T? Value, bool Reachable) where T : class;

/// <summary>
/// Reads the services' APIs with the token of whoever looks. An answer serves the same person for a moment: a page asks twice while it becomes interactive.
/// </summary>
public sealed class Backend(HttpClient http, Visitor visitor, IMemoryCache recent, IConfiguration configuration, ILogger<Backend> log)
{
    static readonly JsonSerializerOptions Json = Options();
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    public async Task<Answer<T>> Get<T>(string service, string path) where T : class
    {
        // What one person may see, another may not.
        var session = await visitor.Session();
        return await (recent.GetOrCreate((session, service, path, typeof(T)), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Moment;
            return Ask<T>(service, path);
        }) ?? Ask<T>(service, path));
    }

    async Task<Answer<T>> Ask<T>(string service, string path) where T : class
    {
        if (configuration[$"Services:{service}"] is not { } address) return new(null, false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), path));
        try
        {
            if (await visitor.AccessToken() is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await http.SendAsync(request);
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return new(null, true);
            response.EnsureSuccessStatusCode();
            return new(await response.Content.ReadFromJsonAsync<T>(Json), true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or JsonException or SignedOut)
        {
            log.LogWarning(exception, "{Service} did not answer {Path}", service, path);
            return new(null, false);
        }
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
