using System.Collections.Concurrent;
using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Training.Testing;

/// <summary>A span as it was sent over OTLP. Ids in hex; an empty parent means a root; noted is all that its events say.</summary>
public sealed record TraceSpan(string Service, string Source, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Noted, IReadOnlyList<(string Trace, string Id)> Links);

/// <summary>Receives OTLP over HTTP (protobuf), as a collector does.</summary>
public sealed class SpanCollector : IAsyncDisposable
{
    readonly ConcurrentQueue<TraceSpan> spans = [];
    readonly WebApplication app;

    SpanCollector()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            foreach (var span in Otlp.Read(body.ToArray())) spans.Enqueue(span);
            return Results.Bytes([], "application/x-protobuf");
        });
        app.MapPost("/v1/{other}", () => Results.Bytes([], "application/x-protobuf"));
    }

    /// <summary>Settings that make a service send its spans here, soon.</summary>
    public (string Key, string Value)[] Settings =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100")];

    public IReadOnlyList<TraceSpan> Spans => [.. spans];

    public static async Task<SpanCollector> Start()
    {
        var collector = new SpanCollector();
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Just enough of opentelemetry/proto/trace/v1: the numbers are the fields of that schema.</summary>
static class Otlp
{
    public static IEnumerable<TraceSpan> Read(byte[] request) =>
        from resourceSpans in Fields(request).Where(field => field.Number == 1)
        let service = Tags(Fields(resourceSpans.Bytes).Where(field => field.Number == 1).SelectMany(resource => Fields(resource.Bytes)), 1).GetValueOrDefault("service.name", "")
        from scopeSpans in Fields(resourceSpans.Bytes).Where(field => field.Number == 2)
        let source = Fields(scopeSpans.Bytes).Where(field => field.Number == 1).SelectMany(scope => Fields(scope.Bytes)).Where(field => field.Number == 1).Select(Text).FirstOrDefault("")
        from span in Fields(scopeSpans.Bytes).Where(field => field.Number == 2)
        select One(service, source, [.. Fields(span.Bytes)]);

    static TraceSpan One(string service, string source, List<Field> fields) => new(
        service, source, Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), fields.Where(field => field.Number == 5).Select(Text).FirstOrDefault(""), Tags(fields, 9),
        [.. fields.Where(field => field.Number == 11).SelectMany(happened => Tags(Fields(happened.Bytes), 3).Values)],
        [.. fields.Where(field => field.Number == 13).Select(link => Fields(link.Bytes).ToList()).Select(link => (Hex(link, 1), Hex(link, 2)))]);

    static Dictionary<string, string> Tags(IEnumerable<Field> fields, int number)
    {
        var tags = new Dictionary<string, string>();
        foreach (var pair in fields.Where(field => field.Number == number).Select(field => Fields(field.Bytes).ToList()))
            tags[Text(pair.First(field => field.Number == 1))] = string.Join(",", pair.Where(field => field.Number == 2).SelectMany(value => Fields(value.Bytes)).Select(Value));
        return tags;
    }

    /// <summary>A string, an array of values, or a number.</summary>
    static string Value(Field value) => value.Number switch
    {
        1 => Text(value),
        5 => string.Join(",", Fields(value.Bytes).SelectMany(item => Fields(item.Bytes)).Select(Value)),
        _ => value.Whole.ToString(CultureInfo.InvariantCulture),
    };

    static string Hex(List<Field> fields, int number) => Convert.ToHexStringLower(fields.FirstOrDefault(field => field.Number == number).Bytes ?? []);

    static string Text(Field field) => System.Text.Encoding.UTF8.GetString(field.Bytes);

    readonly record struct Field(int Number, byte[] Bytes, ulong Whole);

    static IEnumerable<Field> Fields(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            yield return WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.LengthDelimited => new(number, input.ReadBytes().ToByteArray(), 0),
                WireFormat.WireType.Fixed64 => new(number, [], input.ReadFixed64()),
                WireFormat.WireType.Fixed32 => new(number, [], input.ReadFixed32()),
                _ => new(number, [], input.ReadUInt64()),
            };
        }
    }
}
