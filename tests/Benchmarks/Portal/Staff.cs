using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Training.Testing;

namespace Training.Benchmarks.Portal;

/// <summary>The people of the running platform, filled up by Workforce's own import until there are as many as wanted.</summary>
static class Staff
{
    /// <summary>Estates and positions to filter by.</summary>
    public static async Task<(int Employees, IReadOnlyList<string> Estates, IReadOnlyList<string> Positions)> FillUp(Uri identity, Uri workforce, string secret, int wanted, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "demo"), new("client_secret", secret), new("role", "hr-integrator")]);
        using var token = await http.PostAsync(new Uri(identity, "connect/token"), form, ct);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await token.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("access_token").GetString());
        Task<JsonElement> Ask(string path) => http.GetFromJsonAsync<JsonElement>(new Uri(workforce, path), ct);

        var estates = (await Ask("estates?take=1000")).GetProperty("items").EnumerateArray().ToList();
        var people = await Ask("employees?state=Employed&take=1000");
        var positions = people.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("positionCode").GetString() ?? "").Distinct().Order().ToList();
        var present = people.GetProperty("total").GetInt32();
        var file = new StringBuilder("employeeNo,personId,employmentId,legalEntity,orgUnitId,positionCode,hireDate\n");
        for (var number = present; number < wanted; number++)
            file.AppendLine(CultureInfo.InvariantCulture, $"B{number:00000},B-{number},BE-{number},YL-HZ,{estates[number % estates.Count].GetProperty("code").GetString()},{positions[number % positions.Count]},2026-01-01");
        if (present < wanted)
        {
            using var csv = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
            using var answer = await http.PostAsync(new Uri(workforce, "imports/employees"), csv, ct);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The import was refused: {await answer.Content.ReadAsStringAsync(ct)}");
            // The other services hear of them; that is not what is measured.
            while (await Servers.MessagesWaiting("%2F") > 0) await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
        return (Math.Max(present, wanted), [.. estates.Select(one => one.GetProperty("id").GetString() ?? "")], positions);
    }
}
