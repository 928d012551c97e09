using System.Diagnostics;
using System.Globalization;

namespace Training.Benchmarks.Messaging;

/// <summary>A RabbitMQ that may be killed, beside the PostgreSQL of the others.</summary>
sealed class OwnBroker : IAsyncDisposable
{
    static readonly string[] Names = ["TRAINING_RABBITMQ", "TRAINING_RABBITMQ_MANAGEMENT"];

    readonly BenchServers servers;
    readonly string folder;
    readonly string[] others = [.. Names.Select(name => Environment.GetEnvironmentVariable(name) ?? "")];

    OwnBroker(BenchServers servers) => (this.servers, folder) = (servers, Path.Combine(servers.Folder, "broker"));

    public static async Task<OwnBroker> Start(BenchServers servers)
    {
        var broker = new OwnBroker(servers);
        foreach (var name in Names) Environment.SetEnvironmentVariable(name, null);
        await BenchServers.Run("start", broker.folder);
        BenchServers.Use(broker.folder);
        return broker;
    }

    /// <summary>Its virtual hosts are this broker's as long as it runs.</summary>
    public Task<Place> NewPlace(string purpose) => servers.NewPlace(purpose);

    public async Task Kill()
    {
        using var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "rabbitmq", "pid")), CultureInfo.InvariantCulture));
        process.Kill();
        await Rig.Until(() => Task.FromResult(!Directory.Exists($"/proc/{process.Id}") || File.ReadAllText($"/proc/{process.Id}/stat").Contains(") Z ", StringComparison.Ordinal)), 10);
    }

    /// <summary>Answers when the first connection was taken.</summary>
    public async Task<long> Restart(Place place)
    {
        var starting = BenchServers.Run("start", folder, [.. Names.Select(name => (name, ""))]);
        long up = 0;
        await Rig.Until(async () =>
        {
            try
            {
                await using var bus = await RawBus.Connect(place.Bus);
                up = Clock.Now;
                return true;
            }
            catch (RabbitMQ.Client.Exceptions.BrokerUnreachableException) { return false; }
        }, 60);
        await starting;
        return up;
    }

    public async ValueTask DisposeAsync()
    {
        await BenchServers.Run("stop", folder);
        foreach (var (name, value) in Names.Zip(others)) Environment.SetEnvironmentVariable(name, value);
    }
}
