using System.Net.Http.Json;
using System.Text.Json;

namespace Training.Demo;

/// <summary>A token to act in a role of a group.</summary>
public delegate Task<string> TokenSource(string tenant, string role, CancellationToken ct);

/// <summary>Asks Identity, as an integrator's program would: OAuth client credentials, one role at a time.</summary>
sealed class ClientCredentials(Uri authority, string clientId, string secret) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = authority };

    public async Task<string> Token(string tenant, string role, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret), new("role", role),
        ]);
        using var answer = await http.PostAsync("connect/token", form, ct);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return answer.IsSuccessStatusCode
            ? json.Text("access_token")
            : throw new Refused("POST Identity connect/token", answer.StatusCode, json.Text("error"), json.TryGetProperty("error_description", out var why) ? why.GetString() ?? "" : "");
    }

    public void Dispose() => http.Dispose();
}
