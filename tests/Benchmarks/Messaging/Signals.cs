using System.Text.Json;
using Training.Foundation;
using Training.Subscriber;

namespace Training.Benchmarks.Messaging;

/// <summary>The one fact of all benchmarks.</summary>
sealed record SignalRecorded(Signal Body) : IFact;

/// <summary>How many signals a stream holds: the state a decision asks for, and the snapshot of B2.</summary>
sealed record SignalStream(Guid Id, int Count)
{
    public static SignalStream Create(JasperFx.Events.IEvent<SignalRecorded> recorded) => new(recorded.StreamId, 1);

    public SignalStream Apply(SignalRecorded recorded) => this with { Count = Count + (recorded.Body.Household > 0 ? 1 : 0) };
}

/// <summary>Payloads of 422 bytes of JSON, the same in every run.</summary>
static class Signals
{
    public const int Bytes = 422, Estates = 200;

    public static readonly JsonSerializerOptions House = Create();
    static readonly string Words = Filler();

    public static SignalRecorded Make(long dueAt, int number = 0) => new(Body(dueAt, number));

    public static Signal Body(long dueAt, int number = 0) =>
        new(Clock.Text(dueAt), $"estate-{number % Estates:D4}", 1_000 + (number % 1_000), "app", Words);

    public static byte[] Json(SignalRecorded fact) => JsonSerializer.SerializeToUtf8Bytes(fact, House);

    static string Filler()
    {
        var random = new Random(20_270_104);
        var bare = Json(new(new(Clock.Text(0), "estate-0000", 1_000, "app", ""))).Length;
        return string.Concat(Enumerable.Range(0, Bytes - bare).Select(at => at % 7 == 6 ? ' ' : (char)('a' + random.Next(26))));
    }

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        options.UseHouseStyle();
        return options;
    }
}
