using System.Reflection;
using System.Text.Json;
using Marten;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>What this program is when it started itself a second time: the other service.</summary>
static class Roles
{
    public const string Ready = "ready", Subscriber = "subscriber", WolverineSubscriber = "wolverine-subscriber", IdleService = "idle-service", IdleMarten = "idle-marten";

    public static async Task<int> Play(string role, string[] arguments)
    {
        var place = new Place(arguments[0], arguments[1], arguments[2]);
        var effects = new Effects();
        IAsyncDisposable service = role switch
        {
            Subscriber => await StartSubscriber(place, effects),
            WolverineSubscriber => await WolverineService.Start(place, listens: true, effects),
            IdleService => Real("Training.Scheduling", place),
            IdleMarten => (IAsyncDisposable)await PlainMarten.Host(place, _ => { }),
            _ => throw new ArgumentException($"There is no role {role}."),
        };
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is { } asked and not "stop")
            Console.WriteLine(asked == "count" ? JsonSerializer.Serialize(effects.Count) : JsonSerializer.Serialize(effects.All));
        await service.DisposeAsync();
        return 0;
    }

    /// <summary>The table of the subscriber's effects.</summary>
    public static void Effects(StoreOptions store) => store.Schema.For<SignalEffect>();

    static async Task<Platform> StartSubscriber(Place place, Effects effects)
    {
        var platform = await Platform.Build(Platform.Subscriber, place, _ => null, store =>
        {
            store.Listeners.Add(effects);
            Effects(store);
        });
        await platform.Start();
        return platform;
    }

    /// <summary>A service as it is, by the entry point of its program; it ends with this process.</summary>
    static Running Real(string service, Place place)
    {
        var main = Assembly.Load(service).EntryPoint ?? throw new InvalidOperationException($"{service} has no entry point.");
        string[] settings =
        [
            $"--applicationName={service}", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:store={place.Store}", $"--ConnectionStrings:bus={place.Bus}",
            $"--Auth:PublicKeyFile={Platform.PublicKey()}", "--Logging:LogLevel:Default=None",
        ];
        return new(Task.Run(() => main.Invoke(null, [settings])));
    }

    sealed record Running(Task Program) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
