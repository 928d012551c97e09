using System.Diagnostics;

namespace Training.Portal.Clients;

/// <summary>Asks services how they are; a service that is slow to say so counts as not ready.</summary>
sealed class Health(IHttpClientFactory clients, IConfiguration configuration)
{
    public static readonly string[] Services = ["Workforce", "NeedsAssessment", "Catalogue", "Scheduling", "Budgeting", "Evaluation"];
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<(bool Live, bool Ready, int Milliseconds)> Of(string service)
    {
        var watch = Stopwatch.StartNew();
        var (live, ready) = (Answers(service, "/live"), Answers(service, "/ready"));
        return (await live, await ready, (int)watch.ElapsedMilliseconds);
    }

    async Task<bool> Answers(string service, string path)
    {
        if (configuration[$"Services:{service}"] is not { } address) return false;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var response = await clients.CreateClient(nameof(Backend)).GetAsync(new Uri(new Uri(address), path), patience.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException) { return false; }
    }
}
