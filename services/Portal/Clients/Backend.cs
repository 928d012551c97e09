using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Training.Foundation;

namespace Training.Portal.Clients;

/// <summary>What a service answered; a service that doesn't answer is a state of the page, not an error.</summary>
public sealed record Answer<T>(T? Value, bool Reachable) where T : class;

/// <summary>
/// Reads the services' APIs for the group's training manager; there is no sign-in yet. An answer serves all readers for a moment: a page
/// asks twice while it becomes interactive, and many may look at the same page.
/// </summary>
public sealed class Backend(HttpClient http, LocalTokens tokens, IMemoryCache recent, IConfiguration configuration, ILogger<Backend> log)
{
    static readonly JsonSerializerOptions Json = Options();
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    public Task<Answer<T>> Get<T>(string service, string path) where T : class => recent.GetOrCreate((service, path, typeof(T)), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = Moment;
        return Ask<T>(service, path);
    }) ?? Ask<T>(service, path);

    async Task<Answer<T>> Ask<T>(string service, string path) where T : class
    {
        if (configuration[$"Services:{service}"] is not { } address) return new(null, false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer",
            tokens.For(configuration["Tenant"] ?? "YL", "portal", Role.GroupTrainingManager));
        try
        {
            using var response = await http.SendAsync(request);
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return new(null, true);
            response.EnsureSuccessStatusCode();
            return new(await response.Content.ReadFromJsonAsync<T>(Json), true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException or JsonException)
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
